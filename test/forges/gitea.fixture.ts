import { GiteaForge, type CommitStatus, type ForgeProject } from '../../src/forge';
import { freePort } from '../support/children';
import { startGitea, type GiteaServer } from '../support/gitea';
import type { GiteaUser } from '../support/gitea-acts';
import type { ForgeFixture, Person } from './fixture';

/** A real Gitea; the server's token belongs to `assay-bot`, who is made an administrator of each project. */
export interface GiteaFixture extends ForgeFixture {
  readonly gitea: GiteaServer;
  readonly people: Readonly<Record<Person | 'bot', GiteaUser>>;
}

/** What the server's token needs, and no more. */
export const serverScopes = ['write:repository', 'write:issue', 'read:user'];

const roles = { read: 'read', write: 'write', maintain: 'admin' } as const;

/** The repository's address in Gitea's API and its parts; the id finds it after a rename. */
async function at(gitea: GiteaServer, project: ForgeProject): Promise<[string, string]> {
  const { owner, name } = await gitea.call<{ owner: { login: string }; name: string }>(
    'GET',
    `/repositories/${project.id}`,
  );
  return [owner.login, name];
}

async function createPeople(gitea: GiteaServer): Promise<GiteaFixture['people']> {
  return {
    owner: await gitea.createUser('owner'),
    writer: await gitea.createUser('writer'),
    reader: await gitea.createUser('reader'),
    stranger: await gitea.createUser('stranger'),
    bot: await gitea.createUser('assay-bot'),
  };
}

type Acts = Omit<ForgeFixture, 'forge' | 'unreachable' | 'stop'>;

function rightsActs(gitea: GiteaServer, people: GiteaFixture['people'], forge: GiteaForge): Partial<Acts> {
  const names = new Map<string, string>();
  let made = 0;
  return {
    createProject: async (name, visibility) => {
      const { id } = await gitea.createRepo('owner', name, { private: visibility === 'private' });
      await gitea.addCollaborator('owner', name, 'writer', 'write');
      await gitea.addCollaborator('owner', name, 'reader', 'read');
      await gitea.addCollaborator('owner', name, 'assay-bot', 'admin');
      const project = await forge.project({ path: `owner/${name}` });
      if (project?.id !== id) throw new Error(`The server does not see owner/${name}.`);
      return project;
    },
    token: async (person, scopes) => {
      const name = `made-${++made}`;
      const token = await people[person].token(scopes === 'all' ? ['all'] : ['read:repository', 'read:user'], name);
      names.set(token, name);
      return token;
    },
    revoke: (person, token) => people[person].revokeToken(names.get(token) as string),
    addMember: async (project, person, role) =>
      gitea.addCollaborator(...(await at(gitea, project)), person, roles[role]),
    removeMember: async (project, person) => gitea.removeCollaborator(...(await at(gitea, project)), person),
    rename: async (project, name) => gitea.call('PATCH', `/repos/${(await at(gitea, project)).join('/')}`, { name }),
    archive: async (project) =>
      gitea.call('PATCH', `/repos/${(await at(gitea, project)).join('/')}`, { archived: true }),
  };
}

function workActs(gitea: GiteaServer, people: GiteaFixture['people']): Partial<Acts> {
  const repo = async (project: ForgeProject): Promise<string> => `/repos/${(await at(gitea, project)).join('/')}`;
  let pushes = 0;
  return {
    push: async (project, branch) => {
      const [owner, name] = await at(gitea, project);
      const path = `/repos/${owner}/${name}/branches/${encodeURIComponent(branch)}`;
      const exists = await gitea.call('GET', path).then(
        () => true,
        () => false,
      );
      if (!exists) await gitea.createBranch(owner, name, branch);
      return gitea.commitFile(owner, name, { path: `file-${++pushes}`, content: 'x', branch });
    },
    openMergeRequest: async (project, source) => {
      const token = await people.owner.token(['all']);
      const response = await fetch(`${gitea.url}/api/v1${await repo(project)}/pulls`, {
        method: 'POST',
        headers: { authorization: `token ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ head: source, base: 'main', title: `Merge ${source}` }),
      });
      return ((await response.json()) as { number: number }).number;
    },
    closeMergeRequest: async (project, iid) => {
      await gitea.call('PATCH', `${await repo(project)}/pulls/${iid}`, { state: 'closed' });
    },
    mergeMergeRequest: async (project, iid) => merge(gitea, `${await repo(project)}/pulls/${iid}`),
    comments: async (project, iid) =>
      (await gitea.comments(...(await at(gitea, project)), iid)).map(({ body }) => body),
    comment: async (project, iid, person, body) => {
      await gitea.call('POST', `${await repo(project)}/issues/${iid}/comments?sudo=${person}`, { body });
    },
    deleteComment: async (project, _iid, id) => gitea.call('DELETE', `${await repo(project)}/issues/comments/${id}`),
    statuses: async (project, sha) => lastStatuses(await gitea.statuses(...(await at(gitea, project)), sha)),
  };
}

type Statuses = Awaited<ReturnType<GiteaServer['statuses']>>;

/** Gitea keeps all that were ever set; of each context the highest id counts. */
function lastStatuses(all: Statuses): CommitStatus[] {
  const last = new Map<string, CommitStatus>();
  for (const { status, context, description, target_url } of [...all].sort((one, other) => one.id - other.id)) {
    last.set(context, { state: status, context, description, targetUrl: target_url });
  }
  return [...last.values()];
}

/** Ready in some five seconds. */
export async function startGiteaFixture(): Promise<GiteaFixture> {
  const gitea = await startGitea();
  const people = await createPeople(gitea);
  const forge = new GiteaForge({ url: gitea.url, token: await people.bot.token(serverScopes) });
  const unreachable = new GiteaForge({ url: `http://127.0.0.1:${await freePort()}`, token: 'x' });
  const acts = { ...rightsActs(gitea, people, forge), ...workActs(gitea, people) } as Acts;
  return { ...acts, gitea, people, forge, unreachable, stop: () => gitea.stop() };
}

/** Gitea first finds out behind the scenes whether a pull request can be merged, and until then asks to try again later. */
async function merge(gitea: GiteaServer, pull: string): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await gitea.call('POST', `${pull}/merge`, { Do: 'merge', delete_branch_after_merge: true });
      return;
    } catch (error) {
      if (attempt === 50 || !(error as Error).message.toLowerCase().includes('try again later')) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
