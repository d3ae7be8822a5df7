import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ServerClient } from '../commands/server-client';
import { keepDemoToken, loadSecrets } from '../data/secrets';
import type { Ready } from '../data/ready';
import type { RunningServer } from '../serve';
import type { DemoProject } from './demo-project';
import { prepareDemoProject } from './demo-project';

const exampleFile = join(__dirname, '../../../examples/penguins/train.mjs');

interface Sweep {
  readonly trackingUri: string;
  readonly token: string;
  readonly experiment: string;
  readonly grid: readonly object[];
  readonly branch: string;
  readonly commit: string;
  readonly user: string;
}

interface Example {
  readonly baselineGrid: readonly object[];
  readonly proposalGrid: readonly object[];
  sweep(options: Sweep): Promise<unknown>;
}

const experiment = 'penguins';

async function finishedOn(project: DemoProject, branch: string): Promise<number> {
  const response = await fetch(`${project.trackingUri}/api/2.0/mlflow/runs/search`, {
    method: 'POST',
    headers: { authorization: `Bearer ${project.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      experiment_ids: ['1'],
      filter: `attributes.status = 'FINISHED' AND tags."mlflow.source.git.branch" = '${branch}'`,
    }),
  });
  const { runs = [] } = (await response.json()) as { runs?: unknown[] };
  return runs.length;
}

/** Trains on the branch, unless an earlier start did. */
async function train(
  example: Example,
  project: DemoProject,
  branch: string,
  commit: string,
  grid: readonly object[],
): Promise<void> {
  if ((await finishedOn(project, branch)) >= grid.length) return;
  const { trackingUri, token } = project;
  await example.sweep({ trackingUri, token, experiment, grid, branch, commit, user: 'demo' });
}

/**
 * Fills the demo project of the local forge: candidates of a real training run on the target branch, and better ones on a merge
 * request. The first start takes a few seconds; later ones find it done.
 */
export async function seedDemo(server: RunningServer): Promise<NonNullable<Ready['demo']>> {
  const { configuration } = server.plan;
  if (configuration.forge.kind !== 'local') throw new Error('The demo needs the local forge: unset ASSAY_FORGE.');
  const folder = configuration.dataFolder;
  const client = await ServerClient.find({ ASSAY_DATA_DIR: folder });
  const known = (await loadSecrets(folder)).demoToken;
  const project = await prepareDemoProject(client, known);
  await keepDemoToken(folder, project.token);
  const example = (await import(pathToFileURL(exampleFile).href)) as Example;
  await train(example, project, 'main', project.mainSha, example.baselineGrid);
  await train(example, project, project.branch, project.branchSha, example.proposalGrid);
  return { project: project.path, tracking_uri: project.trackingUri, token: project.token };
}
