import { Injectable } from '@nestjs/common';
import {
  checkText,
  decodePageToken,
  encodePageToken,
  invalid,
  type ExperimentIid,
  type Page,
  type ProjectId,
} from '../../common';
import { Database } from '../../database';
import { keyKinds, namesOfExperiments, namesOfProject, type KeyKind } from './keys.statements';

/** A name in use. */
export interface Key {
  readonly kind: KeyKind;
  readonly name: string;
}

/** Which names. */
export interface KeyQuery {
  /** All kinds when there is none. */
  readonly kinds: readonly KeyKind[];
  /** The whole project when absent. */
  readonly experiments?: readonly ExperimentIid[];
  /** How the names begin. */
  readonly prefix: string;
  readonly limit: number;
  readonly pageToken?: string;
}

function readPlace(token: string): Key {
  const place = decodePageToken(token);
  const [kind, name] = Array.isArray(place) ? (place as unknown[]) : [];
  const known = keyKinds.find((one) => one === kind);
  if (known !== undefined && typeof name === 'string' && !name.includes('\0')) return { kind: known, name };
  throw invalid('page_token is not one of a list of keys; ask for the first page again', 'page_token');
}

/** The names under which something was logged, for completing what people type. */
@Injectable()
export class KeyCatalogue {
  constructor(private readonly database: Database) {}

  /** Kind by kind (metrics, params, tags, datasets), each by name. Deleted candidates count as long as they are kept. */
  async page(project: ProjectId, query: KeyQuery): Promise<Page<Key>> {
    checkText(query.prefix, 'q');
    const place = query.pageToken === undefined ? undefined : readPlace(query.pageToken);
    const kinds = keyKinds.filter((kind) => query.kinds.length === 0 || query.kinds.includes(kind));
    const found: Key[] = [];
    for (const kind of kinds.slice(place === undefined ? 0 : kinds.indexOf(place.kind))) {
      const after = kind === place?.kind ? place.name : '';
      const names = await this.names(project, kind, query, after, query.limit + 1 - found.length);
      found.push(...names.map((name) => ({ kind, name })));
      if (found.length > query.limit) break;
    }
    const items = found.slice(0, query.limit);
    const last = items.at(-1);
    if (found.length <= query.limit || last === undefined) return { items };
    return { items, nextPageToken: encodePageToken([last.kind, last.name]) };
  }

  private async names(
    project: ProjectId,
    kind: KeyKind,
    { experiments, prefix }: KeyQuery,
    after: string,
    limit: number,
  ): Promise<string[]> {
    const rows =
      experiments === undefined
        ? await this.database.query<{ name: string }>(namesOfProject[kind], [project, after, prefix, limit])
        : await this.database.query<{ name: string }>(namesOfExperiments[kind], [
            ...[project, after, prefix, limit],
            experiments,
          ]);
    return rows.map(({ name }) => name);
  }
}
