import { Readable } from 'node:stream';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { INestApplication } from '@nestjs/common';
import { AssayModule, Forge, LocalForgeAdmin, prepareDatabase, prepareHost, ProjectsService } from '../../src';
import { ArtifactsService, ProjectStorage, type ArtifactStore } from '../../src/artifacts';
import { CandidatesService, type CandidateDetails } from '../../src/candidates';
import { asProjectId, type ExperimentIid, type ProjectId } from '../../src/common';
import { Database } from '../../src/database';
import type { DeletionOptions } from '../../src/deletion';
import { ExperimentsService } from '../../src/experiments';
import type { MergeRequestsOptions } from '../../src/merge-requests';
import { CandidateModelsService, LoggedModelsService } from '../../src/models';
import { createEmptyDatabase } from '../support/postgres';
import { until } from '../support/until';
import { plain, writing } from '../candidates/house';

export const operatorToken = 'operator-of-more-than-twenty-characters';

/** Every table whose rows can belong to a candidate, an experiment or a model. */
const ownedTables = [
  'experiments',
  'experiment_tags',
  'candidates',
  'metric_points',
  'candidate_metrics',
  'candidate_params',
  'candidate_tags',
  'candidate_inputs',
  'datasets',
  'logged_models',
  'logged_model_params',
  'logged_model_tags',
  'logged_model_metrics',
  'candidate_models',
  'merge_request_links',
];

/** What a full candidate is made of. */
export interface Filling {
  readonly experiment?: number;
  /** Points of the metric `loss`. */
  readonly points?: number;
  /** Sizes of artifacts. */
  readonly files?: readonly number[];
  readonly models?: number;
}

/** An answer of the server. */
export interface Told {
  readonly status: number;
  readonly text: string;
  readonly json: Record<string, unknown>;
}

/** A whole server on a store, its services at hand. */
export interface World {
  readonly app: INestApplication;
  readonly url: string;
  readonly databaseUrl: string;
  readonly database: Database;
  readonly candidates: CandidatesService;
  readonly experiments: ExperimentsService;
  readonly models: LoggedModelsService;
  readonly storage: ProjectStorage;
  project(): Promise<{ id: ProjectId; maintainer: string; writer: string }>;
  /** An experiment of the name. */
  experiment(project: ProjectId, name: string): Promise<ExperimentIid>;
  /** A candidate with points, params, tags, a dataset, artifacts, and models with points and artifacts. */
  fill(project: ProjectId, filling?: Filling): Promise<CandidateDetails['candidate']>;
  upload(project: ProjectId, path: string, bytes: number): Promise<void>;
  ask(method: string, path: string, token: string, body?: object): Promise<Told>;
  /** Makes everything that is deleted look as if it were so many days ago. */
  age(project: ProjectId, days: number): Promise<void>;
  /** Rows of the project in each table, the Default experiment aside. */
  rows(project: ProjectId): Promise<Record<string, number>>;
  /** Files of the project in the store, by their paths below it. */
  files(project: ProjectId): Promise<Record<string, number>>;
  close(): Promise<void>;
}

function zeros(bytes: number): Readable {
  return Readable.from([Buffer.alloc(bytes, 7)]);
}

/** How the server is set up. */
export interface WorldOptions {
  /** Whether the server removes what is marked by itself; it does unless told. */
  readonly work?: boolean;
  readonly maxProjectBytes?: number;
  readonly deletion?: Partial<DeletionOptions>;
  readonly mergeRequests?: Partial<MergeRequestsOptions>;
}

/** Starts it. */
export async function startWorld(
  store: ArtifactStore,
  { work = true, maxProjectBytes, deletion, mergeRequests }: WorldOptions = {},
): Promise<World> {
  const empty = await createEmptyDatabase();
  await prepareDatabase(empty.url);
  const module = await Test.createTestingModule({
    imports: [
      AssayModule.forRoot({
        publicUrl: 'http://assay.test',
        database: { url: empty.url },
        forge: { kind: 'local' },
        store: { kind: 'custom', store },
        access: { sessionSecret: 'x'.repeat(32), operatorToken },
        deletion: { work, ...deletion },
        ...(mergeRequests === undefined ? {} : { mergeRequests }),
        ...(maxProjectBytes === undefined ? {} : { artifacts: { maxProjectBytes } }),
      }),
    ],
  }).compile();
  const app = module.createNestApplication(new FastifyAdapter());
  prepareHost(app);
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const database = app.get(Database);
  const storage = app.get(ProjectStorage);
  const candidates = app.get(CandidatesService);
  const experiments = app.get(ExperimentsService);
  const models = app.get(LoggedModelsService);
  const artifacts = app.get(ArtifactsService);
  const upload = (project: ProjectId, path: string, bytes: number): Promise<void> =>
    artifacts.upload(project, path, zeros(bytes), { size: bytes });
  const parts = { app, candidates, models, artifacts, upload };
  return {
    app,
    url,
    databaseUrl: empty.url,
    database,
    candidates,
    experiments,
    models,
    storage,
    upload,
    project: () => newProject(app),
    experiment: async (project, name) => (await experiments.create(project, { name, tags: [], createdBy: 'ada' })).iid,
    fill: (project, filling) => fill(parts, project, filling),
    ask: (method, path, token, body) => ask(`${url}${path}`, method, token, body),
    age: (project, days) => age(database, project, days),
    rows: (project) => rows(database, project),
    async files(project) {
      const found: Record<string, number> = {};
      for await (const { path, size } of storage.files(project)) found[path] = size;
      return found;
    },
    async close() {
      await app.close();
      await empty.drop();
    },
  };
}

let projects = 0;

async function newProject(app: INestApplication): Promise<{ id: ProjectId; maintainer: string; writer: string }> {
  const admin = app.get(LocalForgeAdmin);
  projects += 1;
  const { id } = await admin.createProject(`team/deletion-${String(projects)}`);
  const project = await app.get<Forge>(Forge).project({ id });
  if (project === undefined) throw new Error('The forge lost the project');
  await app.get(ProjectsService).enable({ principal: { name: 'root', role: 'maintain' }, project });
  const maintainer = await admin.createProjectToken({ id }, 'maintain');
  const writer = await admin.createProjectToken({ id }, 'write');
  return { id: asProjectId(id), maintainer: maintainer.secret, writer: writer.secret };
}

interface Parts {
  readonly app: INestApplication;
  readonly candidates: CandidatesService;
  readonly models: LoggedModelsService;
  readonly artifacts: ArtifactsService;
  readonly upload: World['upload'];
}

async function fill(
  { app, candidates, models, artifacts, upload }: Parts,
  project: ProjectId,
  { experiment = 0, points = 3, files = [10, 20], models: modelCount = 1 }: Filling = {},
): Promise<CandidateDetails['candidate']> {
  const experimentIid = experiment as ExperimentIid;
  const { candidate } = await candidates.create(project, plain({ experimentIid, tags: [{ name: 'a', value: '1' }] }));
  const { eid } = candidate;
  for (let at = 0; at < points; at += 900) {
    const some = Array.from({ length: Math.min(900, points - at) }, (_, index) => ({
      name: 'loss',
      value: index,
      step: at + index,
      trackedAt: 1_000 + index,
    }));
    await candidates.write(project, writing(eid, { points: some, params: [{ name: 'lr', value: '0.1' }] }));
  }
  const dataset = { name: 'penguins', digest: `d${String(experiment)}`, sourceType: 'local', source: 'penguins.csv' };
  await candidates.logInputs(project, eid, [{ dataset, tags: [] }]);
  const root = artifacts.rootOf(candidate);
  for (const [index, bytes] of files.entries()) await upload(project, `${root}/dir/${String(index)}.bin`, bytes);
  for (let index = 0; index < modelCount; index += 1) {
    const params = [{ name: 'depth', value: '3' }];
    const model = await models.create(project, {
      experimentIid,
      source: eid,
      params,
      tags: [{ name: 't', value: 'v' }],
    });
    await app.get(CandidateModelsService).logOutputs(project, eid, [{ modelId: model.id, step: 0 }]);
    const point = { modelId: model.id, candidate: eid, name: 'acc', value: 0.5, step: 1, trackedAt: 5 };
    await app.get(CandidateModelsService).logMetrics(project, [point]);
    await upload(project, `${models.rootOf(model)}/MLmodel`, 5);
  }
  return candidate;
}

async function ask(url: string, method: string, token: string, body?: object): Promise<Told> {
  const answer = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, text, json: text.startsWith('{') ? (JSON.parse(text) as Told['json']) : {} };
}

async function age(database: Database, project: ProjectId, days: number): Promise<void> {
  for (const table of ['experiments', 'candidates', 'logged_models']) {
    const text = `UPDATE assay.${table} SET deleted_at = deleted_at - $2 * interval '1 day'
                   WHERE project_id = $1 AND deleted_at IS NOT NULL`;
    await database.query({ text }, [project, days]);
  }
}

async function rows(database: Database, project: ProjectId): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const table of ownedTables) {
    const aside = table === 'experiments' ? 'AND iid <> 0' : '';
    const text = `SELECT count(*) AS count FROM assay.${table} WHERE project_id = $1 ${aside}`;
    const [row] = await database.query<{ count: number }>({ text }, [project]);
    found[table] = row?.count ?? -1;
  }
  return found;
}

/** What {@link World.rows} says of a project without anything. */
export const noRows: Readonly<Record<string, number>> = Object.fromEntries(ownedTables.map((table) => [table, 0]));

/** Waits until the question is answered with true. */
export async function untilTrue(ask: () => Promise<boolean>): Promise<void> {
  await until('it is so', 20_000, async () => ((await ask()) ? true : undefined));
}
