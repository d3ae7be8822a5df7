import { AssayError, asProjectId } from '../../common';
import type { Credential, ForgeProject, ForgeUser, ProjectAccess, ProjectRef } from '../forge';
import { read, refusal, succeeded } from './answers';
import type { GiteaAnswer, GiteaCaller, GiteaClient } from './gitea.client';
import { Repository, User } from './gitea.schema';
import { repositoryAddress, roleOf, toProject } from './repository';
import type { GiteaServerCalls } from './server';

/** What a header can carry; anything else is no token of Gitea's. */
const tokenPattern = /^[\x21-\x7e]{1,4096}$/;

/** Stands for the user whom a token without the scope `read:user` does not tell. */
const unnamedUser: ForgeUser = { id: 'gitea-token', username: 'gitea-token' };

function callerOf({ secret }: Credential): GiteaCaller {
  if (!tokenPattern.test(secret)) throw badToken();
  return { token: secret };
}

function badToken(): AssayError {
  return new AssayError('unauthenticated', 'Gitea does not know this token (any more); make another one there.');
}

/** What the caller got to see; 401 says nothing of an anonymous visitor's token (a Gitea that wants everybody to sign in). */
function visible(caller: GiteaCaller, answer: GiteaAnswer): Repository | undefined {
  if (answer.status === 401 && caller !== 'anonymous') throw badToken();
  return succeeded(answer) ? read(answer, Repository) : undefined;
}

/** Rights, always asked with the caller's own token. */
export class GiteaAccess {
  constructor(
    private readonly client: GiteaClient,
    private readonly server: GiteaServerCalls,
  ) {}

  /** See `Forge.access`. */
  async access(project: ProjectRef, credential: Credential | undefined): Promise<ProjectAccess | undefined> {
    const caller = credential === undefined ? 'anonymous' : callerOf(credential);
    const [repository, user] = await Promise.all([this.seenBy(caller, project), this.userOf(caller)]);
    const role = repository === undefined ? undefined : roleOf(repository);
    if (repository === undefined || role === undefined) return undefined;
    const access = { project: toProject(repository), role };
    return user === undefined ? access : { ...access, user };
  }

  /**
   * See `Forge.scopesAllowWriting`. No endpoint tells a token's scopes, so it asks for a branch without a name: the scopes are
   * checked first (403), then the right to push (403), then that it is not archived (423), and only then the form (422).
   */
  async scopesAllowWriting(project: ForgeProject, credential: Credential): Promise<boolean> {
    const caller = callerOf(credential);
    const { status } = await this.client.call(caller, 'POST', `${await this.server.addressOf(project)}/branches`, {});
    if (status === 401) throw badToken();
    return status === 422;
  }

  private async userOf(caller: GiteaCaller): Promise<ForgeUser | undefined> {
    if (caller === 'anonymous') return undefined;
    const answer = await this.client.call(caller, 'GET', '/user');
    if (answer.status === 401) throw badToken();
    if (answer.status === 403) return unnamedUser;
    if (!succeeded(answer)) throw refusal(answer, 'learn whose token it is');
    const { id, login } = read(answer, User);
    return { id: String(id), username: login };
  }

  private async seenBy(caller: GiteaCaller, project: ProjectRef): Promise<Repository | undefined> {
    if (!('id' in project)) return this.atPath(caller, project.path);
    const path = await this.pathOf(caller, project.id);
    const repository = path === undefined ? undefined : await this.atPath(caller, path);
    return repository?.id === project.id ? repository : undefined;
  }

  /**
   * By id Gitea answers no anonymous visitor, so the server asks for them; and it forgets that a token is limited to public
   * repositories, so the answer gives the path alone, and the rights are asked there.
   */
  private async pathOf(caller: GiteaCaller, id: number): Promise<string | undefined> {
    if (caller === 'anonymous') return (await this.server.repository({ id: asProjectId(id) }))?.full_name;
    return visible(caller, await this.client.call(caller, 'GET', `/repositories/${id}`))?.full_name;
  }

  private async atPath(caller: GiteaCaller, path: string): Promise<Repository | undefined> {
    const address = repositoryAddress(path);
    return address === undefined ? undefined : visible(caller, await this.client.call(caller, 'GET', address));
  }
}
