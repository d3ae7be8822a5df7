import { Injectable } from '@nestjs/common';
import type { CandidateIid, Page, ProjectId } from '../../common';
import { Database } from '../../database';
import type { CandidateQuery } from '../requests';
import { CandidateSearch } from '../search';
import type { FieldSelection } from './field-selection';
import { selectionStatement } from './selection-statement';

/** The selected fields of a candidate, by their names; those without a value are null. */
export type SelectedRow = Readonly<Record<string, unknown>>;

/** Reads parts of candidates, which keeps long lists small. */
@Injectable()
export class CandidateSelections {
  constructor(
    private readonly database: Database,
    private readonly searches: CandidateSearch,
  ) {}

  /** As `CandidatesService.search`, of which it is the narrow way. */
  async search(project: ProjectId, query: CandidateQuery, fields: FieldSelection): Promise<Page<SelectedRow>> {
    const { iids, nextPageToken } = await this.searches.page(project, query);
    const items = await this.byIids(project, iids, fields);
    return nextPageToken === undefined ? { items } : { items, nextPageToken };
  }

  /** In the given order; unknown ones are left out. */
  async byIids(project: ProjectId, iids: readonly CandidateIid[], fields: FieldSelection): Promise<SelectedRow[]> {
    if (iids.length === 0) return [];
    const { statement, values } = selectionStatement(project, iids, fields);
    const rows = await this.database.query<{ place: CandidateIid }>(statement, values);
    const byPlace = new Map(rows.map(({ place, ...row }) => [place, row]));
    return iids.flatMap((iid) => byPlace.get(iid) ?? []);
  }
}
