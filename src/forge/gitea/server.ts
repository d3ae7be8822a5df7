import type { z } from 'zod';
import type { ForgeProject, ProjectRef } from '../forge';
import { read, refusal, succeeded } from './answers';
import type { GiteaAnswer, GiteaClient } from './gitea.client';
import { Repository } from './gitea.schema';
import { repositoryAddress } from './repository';

const pageSize = 50;

/** Calls with the server's own token. */
export class GiteaServerCalls {
  constructor(
    private readonly client: GiteaClient,
    private readonly token: string,
  ) {}

  /** Any answer but a missing one; see {@link GiteaClient.call}. */
  call(method: string, path: string, body?: unknown): Promise<GiteaAnswer> {
    return this.client.call({ token: this.token }, method, path, body);
  }

  /** @returns undefined for 404; `attempt` ends the sentence "does not let the server …" */
  async find<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    attempt: string,
  ): Promise<z.infer<Schema> | undefined> {
    const answer = await this.call('GET', path);
    if (answer.status === 404) return undefined;
    if (!succeeded(answer)) throw refusal(answer, attempt);
    return read(answer, schema);
  }

  /** The items of a paged list, page after page, `pages` at most; none when there is no such list. */
  async *list<Item>(path: string, schema: z.ZodType<Item[]>, attempt: string, pages: number): AsyncGenerator<Item> {
    for (let page = 1; page <= pages; page += 1) {
      const answer = await this.call('GET', `${path}${path.includes('?') ? '&' : '?'}limit=${pageSize}&page=${page}`);
      if (answer.status === 404 || answer.status === 409) return;
      if (!succeeded(answer)) throw refusal(answer, attempt);
      yield* read(answer, schema);
      if (!answer.more) return;
    }
  }

  /** All that {@link list} gives. */
  async all<Item>(path: string, schema: z.ZodType<Item[]>, attempt: string, pages: number): Promise<Item[]> {
    const items: Item[] = [];
    for await (const item of this.list(path, schema, attempt, pages)) items.push(item);
    return items;
  }

  /** The repository as the server sees it. */
  async repository(project: ProjectRef): Promise<Repository | undefined> {
    const address = 'id' in project ? `/repositories/${project.id}` : repositoryAddress(project.path);
    return address === undefined ? undefined : this.find(address, Repository, 'read the repository');
  }

  /**
   * `/repos/{owner}/{name}` as it is now: the path that we know may be another repository's by now, the id never is.
   * @throws AssayError `not-found`
   */
  async addressOf(project: ForgeProject): Promise<string> {
    const answer = await this.call('GET', `/repositories/${project.id}`);
    if (!succeeded(answer)) throw refusal(answer, `read ${project.path}`);
    const { full_name: path } = read(answer, Repository);
    return `/repos/${path.split('/').map(encodeURIComponent).join('/')}`;
  }
}
