/** A request to a running server. */
export interface CallOptions {
  token?: string;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is. */
  content?: string | Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
}

/** Its answer, read whole. */
export interface HttpResult {
  status: number;
  headers: Headers;
  text: string;
  json(): unknown;
}

/** What a new project answers. */
export interface CreatedProject {
  project: string;
  project_id: number;
  tracking_uri: string;
  /** A project access token that writes. */
  token: string;
}

/** A merge request of the local forge with what people see on it. */
export interface SeenMergeRequest {
  iid: number;
  title: string;
  state: string;
  source_sha: string;
  comments: { id: string; body: string }[];
  statuses: { state: string; context: string; description: string; targetUrl: string }[];
}

type Role = 'read' | 'write' | 'maintain';

/** What tests do on the local forge as its administrator. Each throws unless the server says that it is done. */
export interface AssayActs {
  call(method: string, path: string, options?: CallOptions): Promise<HttpResult>;
  createProject(path: string, options?: { visibility?: 'public' | 'internal' | 'private' }): Promise<CreatedProject>;
  createUser(username: string): Promise<void>;
  createToken(
    username: string,
    options?: { scopes?: ('read' | 'write')[]; expires_at?: string },
  ): Promise<{ id: number; token: string }>;
  createProjectToken(project: string, role: Role): Promise<{ id: number; token: string }>;
  revokeToken(id: number): Promise<void>;
  addMember(project: string, username: string, role: Role): Promise<void>;
  /** @returns the new commit of the branch */
  push(project: string, branch: string, sha?: string): Promise<string>;
  createMergeRequest(project: string, branch: string, title?: string): Promise<SeenMergeRequest>;
  mergeRequest(project: string, iid: number): Promise<SeenMergeRequest>;
}

/** The acts on the server at an address, with its administrator's token. */
export function assayActs(url: string, adminToken: string): AssayActs {
  const call: AssayActs['call'] = (method, path, options) => request(url, method, path, options);
  const act = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await call(method, `/api/v4/${path}`, { token: adminToken, body });
    if (answer.status >= 300) {
      throw new Error(`The server answered ${answer.status} to ${method} ${path}: ${answer.text}`);
    }
    return (answer.text === '' ? undefined : answer.json()) as T;
  };
  const below = (project: string): string => `projects/${encodeURIComponent(project)}`;
  return {
    call,
    createProject: (path, options = {}) => act('POST', 'projects', { path, ...options }),
    createUser: (username) => act('POST', 'users', { username }),
    createToken: (username, options = {}) => act('POST', `users/${username}/tokens`, { name: 'test', ...options }),
    createProjectToken: (project, role) =>
      act('POST', `${below(project)}/access_tokens`, { name: `a ${role} token`, role }),
    revokeToken: (id) => act('DELETE', `tokens/${id}`),
    addMember: (project, username, role) => act('PUT', `${below(project)}/members`, { username, role }),
    push: async (project, branch, sha) =>
      (await act<{ sha: string }>('POST', `${below(project)}/commits`, { branch, ...(sha && { sha }) })).sha,
    createMergeRequest: (project, branch, title = 'A change') =>
      act('POST', `${below(project)}/merge_requests`, { title, source_branch: branch }),
    mergeRequest: (project, iid) => act('GET', `${below(project)}/merge_requests/${iid}`),
  };
}

async function request(url: string, method: string, path: string, options: CallOptions = {}): Promise<HttpResult> {
  const { token, body, content } = options;
  const answer = await fetch(path.startsWith('http') ? path : url + path, {
    method,
    redirect: 'manual',
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...options.headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(content !== undefined && { body: content }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, json: () => JSON.parse(text) as unknown };
}
