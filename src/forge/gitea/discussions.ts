import { AssayError, notFound } from '../../common';
import type { CommitStatus, ForgeProject } from '../forge';
import { read, refusal, succeeded } from './answers';
import type { GiteaAnswer } from './gitea.client';
import { Comment, Comments, User } from './gitea.schema';
import type { GiteaPulls } from './pulls';
import type { GiteaServerCalls } from './server';

/** Gitea answers 500, not 404, to some writes below a thing that is not there; this tells it from being down. */
async function orMissing(
  message: string,
  write: () => Promise<GiteaAnswer>,
  exists: () => Promise<boolean>,
): Promise<GiteaAnswer> {
  try {
    return await write();
  } catch (error) {
    const down = error instanceof AssayError && error.kind === 'unavailable';
    if (!down || (await exists())) throw error;
    throw notFound(message);
  }
}

/** Comments and statuses, written by the user of the server's token. */
export class GiteaDiscussions {
  constructor(
    private readonly server: GiteaServerCalls,
    private readonly pulls: GiteaPulls,
  ) {}

  /** See `Forge.createComment`. */
  async create(project: ForgeProject, mergeRequest: number, body: string): Promise<string> {
    const address = await this.server.addressOf(project);
    const name = `${project.path}#${mergeRequest}`;
    const answer = await orMissing(
      `There is no pull request ${name}.`,
      () => this.server.call('POST', `${address}/issues/${mergeRequest}/comments`, { body }),
      async () => succeeded(await this.server.call('GET', `${address}/issues/${mergeRequest}`)),
    );
    if (!succeeded(answer)) throw refusal(answer, `comment on ${name}`);
    return String(read(answer, Comment).id);
  }

  /** See `Forge.updateComment`. */
  async update(project: ForgeProject, commentId: string, body: string): Promise<boolean> {
    if (!/^[1-9]\d{0,18}$/.test(commentId)) return false;
    const address = await this.server.addressOf(project);
    const answer = await this.server.call('PATCH', `${address}/issues/comments/${commentId}`, { body });
    if (answer.status === 404) return false;
    if (!succeeded(answer)) throw refusal(answer, `edit its comment in ${project.path}`);
    return true;
  }

  /** See `Forge.findComment`; Gitea gives all comments of a pull request at once. */
  async find(project: ForgeProject, mergeRequest: number, marker: string): Promise<string | undefined> {
    const address = await this.server.addressOf(project);
    const attempt = `read the comments on ${project.path}#${mergeRequest}`;
    const comments = await this.server.find(`${address}/issues/${mergeRequest}/comments`, Comments, attempt);
    if (!comments?.some(({ body }) => body.includes(marker))) return undefined;
    const self = await this.server.find('/user', User, 'learn who its own user is');
    const own = comments.find(({ body, user }) => body.includes(marker) && user?.id === self?.id);
    return own === undefined ? undefined : String(own.id);
  }

  /** See `Forge.setStatus`. */
  async setStatus(project: ForgeProject, sha: string, status: CommitStatus): Promise<void> {
    const address = await this.server.addressOf(project);
    const { state, context, description, targetUrl } = status;
    const body = { state, context, description, target_url: targetUrl };
    const answer = await orMissing(
      `There is no commit ${sha} in ${project.path}.`,
      () => this.server.call('POST', `${address}/statuses/${encodeURIComponent(sha)}`, body),
      () => this.pulls.commitExists(address, sha),
    );
    if (!succeeded(answer)) throw refusal(answer, `set the status of a commit in ${project.path}`);
  }
}
