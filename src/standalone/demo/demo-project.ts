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

async function fill(client: ServerClient): Promise<Branches> {
  await client.call('PATCH', `${address}/ml/settings`, {
    primary_metric: { name: 'val_accuracy', direction: 'maximize' },
  });
  await client.call('POST', `${address}/commits`, { branch: 'main' });
  await client.call('POST', `${address}/commits`, { branch });
  const title = 'Use the bill depth as well';
  await client.call('POST', `${address}/merge_requests`, { title, source_branch: branch });
  return readBranches(client);
}

async function readBranches(client: ServerClient): Promise<Branches> {
  return (await client.call('GET', `${address}/merge_requests/1`)) as Branches;
}

async function newToken(client: ServerClient, exists: boolean): Promise<string> {
  const made = exists
    ? await client.call('POST', `${address}/access_tokens`, { name: 'demo', role: 'write' })
    : await client.call('POST', 'projects', { path, visibility: 'public' });
  return (made as { token: string }).token;
}

/**
 * Makes the project on the first start, and what is missing of it when that start was killed. A token of an earlier start is used
 * again.
 */
export async function prepareDemoProject(client: ServerClient, knownToken: string | undefined): Promise<DemoProject> {
  const projects = (await client.call('GET', 'projects')) as ListedProject[];
  const exists = projects.some((project) => project.path === path);
  const token = (exists ? knownToken : undefined) ?? (await newToken(client, exists));
  const { source_sha: branchSha, target_sha: mainSha } = await readBranches(client).catch(() => fill(client));
  const { tracking_uri: trackingUri } = (await client.call('GET', `${address}/ml`)) as { tracking_uri: string };
  return { path, trackingUri, token, mainSha, branch, branchSha };
}
