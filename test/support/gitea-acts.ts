/** What a test does to a Gitea as its administrator, and looks up past the code under test. */
export interface GiteaActs {
  createUser(name: string): Promise<GiteaUser>;
  createRepo(owner: string, name: string, options?: { private?: boolean }): Promise<GiteaRepo>;
  addCollaborator(owner: string, repo: string, user: string, permission: 'read' | 'write' | 'admin'): Promise<void>;
  removeCollaborator(owner: string, repo: string, user: string): Promise<void>;
  createOrg(name: string): Promise<void>;
  /** A team of an organization, with the right to each unit (`repo.code`, `repo.issues`, `repo.pulls` …) in all its repositories. */
  createTeam(org: string, name: string, units: Record<string, 'none' | 'read' | 'write'>): Promise<GiteaTeam>;
  /** Makes or changes one file on a branch and returns the commit's SHA. */
  commitFile(owner: string, repo: string, file: GiteaFile): Promise<string>;
  createBranch(owner: string, repo: string, branch: string, from?: string): Promise<void>;
  createPull(owner: string, repo: string, pull: { head: string; base?: string; title?: string }): Promise<GiteaPull>;
  comments(owner: string, repo: string, number: number): Promise<GiteaComment[]>;
  /** Newest first. */
  statuses(owner: string, repo: string, sha: string): Promise<GiteaStatus[]>;
  /** Requires the named commit statuses before a merge. */
  protectBranch(owner: string, repo: string, branch: string, statusContexts?: readonly string[]): Promise<void>;
  webhooks(owner: string, repo: string): Promise<GiteaWebhook[]>;
  /** Any other call of its API, the path from `/api/v1` on; throws when the answer is no success. */
  call<T = unknown>(method: string, path: string, body?: unknown): Promise<T>;
}

/** A user with a password, as the acts give it. @public for the suites. */
export interface GiteaUser {
  name: string;
  password: string;
  /** A new personal token with Gitea's scopes, e.g. `['write:repository', 'read:user']`. */
  token(scopes: readonly string[], name?: string): Promise<string>;
  revokeToken(name: string): Promise<void>;
}

/** A repository, as the acts give it. @public for the suites. */
export interface GiteaRepo {
  id: number;
  full_name: string;
  html_url: string;
}

interface GiteaTeam {
  id: number;
  addMember(user: string): Promise<void>;
}

interface GiteaFile {
  path: string;
  content: string;
  /** `main` unless told. */
  branch?: string;
  message?: string;
}

/** A pull request, as the acts give it. @public for the suites. */
export interface GiteaPull {
  number: number;
  headSha: string;
}

interface GiteaComment {
  id: number;
  body: string;
  user: { login: string };
  created_at: string;
  updated_at: string;
}

interface GiteaStatus {
  id: number;
  status: 'pending' | 'success' | 'error' | 'failure' | 'warning';
  context: string;
  description: string;
  target_url: string;
}

interface GiteaWebhook {
  id: number;
  active: boolean;
  events: string[];
  config: Record<string, string>;
}

/** The acts on the Gitea at an address, with an administrator's token. */
export function giteaActs(url: string, adminToken: string): GiteaActs {
  const call = callerOf(url, `token ${adminToken}`);
  return { call, ...peopleActs(url, call), ...repositoryActs(call), ...pullActs(call) };
}

type Call = GiteaActs['call'];

function callerOf(url: string, authorization: string): Call {
  return async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`Gitea answered ${response.status} to ${method} ${path}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
}

function peopleActs(url: string, call: Call): Pick<GiteaActs, 'createUser' | 'createOrg' | 'createTeam'> {
  return {
    createUser: async (name) => {
      const password = `secret of ${name}`;
      const email = `${name}@example.com`;
      await call('POST', '/admin/users', { username: name, email, password, must_change_password: false });
      return userOf(name, password, callerOf(url, `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`));
    },
    createOrg: async (name) => {
      await call('POST', '/orgs', { username: name });
    },
    createTeam: async (org, name, units) => {
      const rights = { units_map: units, includes_all_repositories: true, permission: 'read' };
      const { id } = await call<{ id: number }>('POST', `/orgs/${org}/teams`, { name, ...rights });
      return { id, addMember: async (user) => call('PUT', `/teams/${id}/members/${user}`) };
    },
  };
}

function userOf(name: string, password: string, own: Call): GiteaUser {
  let tokens = 0;
  return {
    name,
    password,
    token: async (scopes, tokenName = `token-${++tokens}`) => {
      const made = await own<{ sha1: string }>('POST', `/users/${name}/tokens`, { name: tokenName, scopes });
      return made.sha1;
    },
    revokeToken: async (tokenName) => own('DELETE', `/users/${name}/tokens/${encodeURIComponent(tokenName)}`),
  };
}

type RepositoryActs = 'createRepo' | 'addCollaborator' | 'removeCollaborator' | 'commitFile' | 'createBranch';

function repositoryActs(call: Call): Pick<GiteaActs, RepositoryActs | 'protectBranch' | 'webhooks'> {
  return {
    createRepo: (owner, name, options = {}) =>
      call('POST', `/admin/users/${owner}/repos`, { name, private: options.private ?? false, auto_init: true }),
    addCollaborator: (owner, repo, user, permission) =>
      call('PUT', `/repos/${owner}/${repo}/collaborators/${user}`, { permission }),
    removeCollaborator: (owner, repo, user) => call('DELETE', `/repos/${owner}/${repo}/collaborators/${user}`),
    commitFile: (owner, repo, file) => commitFile(call, `/repos/${owner}/${repo}`, file),
    createBranch: async (owner, repo, branch, from = 'main') => {
      await call('POST', `/repos/${owner}/${repo}/branches`, { new_branch_name: branch, old_ref_name: from });
    },
    protectBranch: async (owner, repo, branch, statusContexts = []) => {
      await call('POST', `/repos/${owner}/${repo}/branch_protections`, {
        rule_name: branch,
        enable_status_check: statusContexts.length > 0,
        status_check_contexts: statusContexts,
      });
    },
    webhooks: (owner, repo) => call('GET', `/repos/${owner}/${repo}/hooks`),
  };
}

async function commitFile(call: Call, repository: string, file: GiteaFile): Promise<string> {
  const { path, content, branch = 'main', message = `Change ${path}` } = file;
  const address = `${repository}/contents/${path.split('/').map(encodeURIComponent).join('/')}`;
  const existing = await call<{ sha: string }>('GET', `${address}?ref=${encodeURIComponent(branch)}`).catch(
    () => undefined,
  );
  const body = { branch, message, content: Buffer.from(content).toString('base64') };
  const made = await call<{ commit: { sha: string } }>(
    existing ? 'PUT' : 'POST',
    address,
    existing ? { ...body, sha: existing.sha } : body,
  );
  return made.commit.sha;
}

function pullActs(call: Call): Pick<GiteaActs, 'createPull' | 'comments' | 'statuses'> {
  return {
    createPull: async (owner, repo, { head, base = 'main', title = `Merge ${head}` }) => {
      const path = `/repos/${owner}/${repo}/pulls`;
      const made = await call<{ number: number; head: { sha: string } }>('POST', path, { head, base, title });
      return { number: made.number, headSha: made.head.sha };
    },
    comments: (owner, repo, number) => call('GET', `/repos/${owner}/${repo}/issues/${number}/comments`),
    statuses: (owner, repo, sha) => call('GET', `/repos/${owner}/${repo}/commits/${sha}/statuses`),
  };
}
