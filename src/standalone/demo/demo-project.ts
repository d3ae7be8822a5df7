import type { ServerClient } from '../commands/server-client';

/** The demo's project on the local forge, with one merge request. */
export interface DemoProject {
  readonly path: string;
  readonly trackingUri: string;
  readonly token: string;
  readonly mainSha: string;
  readonly branch: string;
  readonly branchSha: string;
}

const path = 'demo/penguins';
const branch = 'bill-depth';
const address = `projects/${encodeURIComponent(path)}`;

interface ListedProject {
  readonly path: string;
}

interface Branches {
  readonly source_sha: string;
  readonly target_sha: string;
}

async function create(client: ServerClient): Promise<string> {
  const { token } = (await client.call('POST', 'projects', { path, visibility: 'public' })) as { token: string };
  await client.call('PATCH', `${address}/ml/settings`, {
    primary_metric: { name: 'val_accuracy', direction: 'maximize' },
  });
  await client.call('POST', `${address}/commits`, { branch: 'main' });
  await client.call('POST', `${address}/commits`, { branch });
  const title = 'Use the bill depth as well';
  await client.call('POST', `${address}/merge_requests`, { title, source_branch: branch });
  return token;
}

/** Makes the project on the first start; a token of an earlier start is used again. */
export async function prepareDemoProject(client: ServerClient, knownToken: string | undefined): Promise<DemoProject> {
  const projects = (await client.call('GET', 'projects')) as ListedProject[];
  const exists = projects.some((project) => project.path === path);
  const newToken = async (): Promise<string> => {
    const made = await client.call('POST', `${address}/access_tokens`, { name: 'demo', role: 'write' });
    return (made as { token: string }).token;
  };
  const token = exists ? (knownToken ?? (await newToken())) : await create(client);
  const { tracking_uri: trackingUri } = (await client.call('GET', `${address}/ml`)) as { tracking_uri: string };
  const { source_sha: branchSha, target_sha: mainSha } = (await client.call(
    'GET',
    `${address}/merge_requests/1`,
  )) as Branches;
  return { path, trackingUri, token, mainSha, branch, branchSha };
}
