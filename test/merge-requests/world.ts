import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Global, Module, type DynamicModule, type INestApplication } from '@nestjs/common';
import { NestFactory, RouterModule } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { DataSource } from 'typeorm';
import { AccessModule, AccessPagesModule } from '../../src/access';
import { ArtifactsModule } from '../../src/artifacts';
import { CandidatesModule, candidatesDefaults, CandidatesOptions, CandidatesService } from '../../src/candidates';
import {
  Addresses,
  asProjectId,
  unavailable,
  type CandidateEid,
  type ExperimentIid,
  type ProjectId,
} from '../../src/common';
import { assayEntities, DataSourceModule } from '../../src/data-source.module';
import { Database, DatabaseModule, dataSourceOptions, statement } from '../../src/database';
import { ExperimentsModule, ExperimentsService } from '../../src/experiments';
import { LocalForge, LocalForgeAdmin, type Forge } from '../../src/forge';
import { prepareHost } from '../../src/host/prepare-host';
import {
  MergeRequestsModule,
  MergeRequestsPagesModule,
  prepareQueue,
  type MergeRequestsOptions,
} from '../../src/merge-requests';
import { PagesModule } from '../../src/pages';
import { ProjectsModule, ProjectsService } from '../../src/projects';
import { SettingsModule } from '../../src/settings.module';
import { createTestDatabase } from '../support/postgres';
import { until } from '../support/until';

@Global()
@Module({
  providers: [{ provide: CandidatesOptions, useValue: candidatesDefaults }],
  exports: [CandidatesOptions],
})
class LimitsModule {}

@Module({})
class WorldModule {
  static of(imports: NonNullable<DynamicModule['imports']>): DynamicModule {
    return { module: WorldModule, imports };
  }
}

/** What is seen of the forge, and what can be done to it. */
export interface Wire {
  /** While true, nothing is answered. */
  down: boolean;
  /** Calls that change something, in their order. */
  readonly writes: string[];
}

const spoken = new Set(['createComment', 'updateComment', 'setStatus']);

/** The real local forge behind a wire that can be cut. */
function onWire(forge: LocalForge): { forge: Forge; wire: Wire } {
  const wire: Wire = { down: false, writes: [] };
  const watched = new Proxy(forge, {
    get(target, property): unknown {
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== 'function' || typeof property !== 'string') return value;
      if (property === 'listen') return value.bind(target) as unknown;
      return async (...parameters: unknown[]): Promise<unknown> => {
        if (wire.down) throw unavailable('The forge does not answer.');
        if (spoken.has(property)) wire.writes.push(property);
        return (await Reflect.apply(value, target, parameters)) as unknown;
      };
    },
  });
  return { forge: watched, wire };
}

/** What one candidate says and logs. */
export interface Trial {
  readonly name?: string;
  readonly commit?: string;
  readonly branch?: string;
  readonly mergeRequest?: number;
  readonly metrics?: Readonly<Record<string, number>>;
  readonly params?: Readonly<Record<string, string>>;
  readonly status?: 'running' | 'finished' | 'failed';
  readonly experiment?: ExperimentIid;
}

/** A running server on a real database with the real local forge and the real job queue. */
export class World {
  readonly candidates: CandidatesService;
  readonly experiments: ExperimentsService;
  readonly projects: ProjectsService;

  constructor(
    readonly app: INestApplication,
    readonly url: string,
    readonly admin: LocalForgeAdmin,
    readonly wire: Wire,
    readonly database: Database,
    readonly close: () => Promise<void>,
  ) {
    this.candidates = app.get(CandidatesService, { strict: false });
    this.experiments = app.get(ExperimentsService, { strict: false });
    this.projects = app.get(ProjectsService, { strict: false });
  }

  /** An enabled project whose primary metric is `f1`, with an experiment. */
  async project(name: string, { primary = true } = {}): Promise<{ id: ProjectId; experiment: ExperimentIid }> {
    const project = await this.admin.createProject(`root/${name}`);
    await this.projects.enable({
      principal: { name: 'root', role: 'maintain' },
      project: { ...project, webUrl: 'http://forge.example' },
    });
    const primaryMetric = { name: 'f1', direction: 'maximize' } as const;
    if (primary) await this.projects.updateSettings(project.id, 'root', { primaryMetric });
    const { iid } = await this.experiments.create(project.id, { name: 'churn', tags: [], createdBy: 'root' });
    return { id: asProjectId(project.id), experiment: iid };
  }

  /** A merge request from a branch with one commit. */
  async mergeRequest(project: ProjectId, source: string): Promise<{ iid: number; head: string }> {
    const { sha } = await this.admin.pushCommit({ id: project }, source);
    const { iid } = await this.admin.createMergeRequest({ id: project }, { title: `Try ${source}`, source });
    return { iid, head: sha };
  }

  /** Logs a whole candidate, finished unless told. */
  async log(project: ProjectId, experimentIid: ExperimentIid, trial: Trial): Promise<CandidateEid> {
    const { name, commit, branch, mergeRequest, metrics = {}, params = {}, status = 'finished' } = trial;
    const source = {
      ...(commit === undefined ? {} : { commit }),
      ...(branch === undefined ? {} : { branch }),
      ...(mergeRequest === undefined ? {} : { mergeRequest }),
    };
    const { candidate } = await this.candidates.create(project, {
      experimentIid,
      ...(name === undefined ? {} : { name }),
      startedAt: Date.now(),
      userName: 'root',
      createdBy: 'root',
      tags: [],
      source,
    });
    const points = Object.entries(metrics).map(([metric, value]) => ({
      name: metric,
      value,
      step: 0,
      trackedAt: Date.now(),
    }));
    const values = Object.entries(params).map(([param, value]) => ({ name: param, value }));
    await this.candidates.write(project, { eid: candidate.eid, points, params: values, tags: [] });
    if (status !== 'running') await this.candidates.update(project, candidate.eid, { status, endedAt: Date.now() });
    return candidate.eid;
  }

  async comments(project: ProjectId, iid: number): Promise<{ id: string; body: string }[]> {
    return this.admin.comments({ id: project }, iid);
  }

  async status(project: ProjectId, sha: string): Promise<string | undefined> {
    const [status] = await this.admin.statuses({ id: project }, sha);
    return status && `${status.state}: ${status.description}`;
  }

  /** Resolves when no candidate is pending and no job waits; tells what was left when that does not come. */
  async settled(): Promise<void> {
    let left: unknown;
    const look = async (): Promise<true | undefined> => {
      const jobs = await this.database.query(statement('test.jobs', 'SELECT * FROM assay_jobs.jobs'));
      const pending = await this.database.query(
        statement('test.pending', 'SELECT project_id, iid, name FROM assay.candidates WHERE report_pending'),
      );
      left = { jobs, pending };
      return jobs.length === 0 && pending.length === 0 ? true : undefined;
    };
    await until('all jobs are done', 45_000, look).catch((error: unknown) => {
      throw new Error(`${(error as Error).message}; left: ${JSON.stringify(left)}`);
    });
  }

  async get(path: string, token?: string): Promise<{ status: number; text: string; headers: Headers }> {
    const headers: Record<string, string> = token === undefined ? {} : { Authorization: `Bearer ${token}` };
    const answer = await fetch(`${this.url}${path}`, { redirect: 'manual', headers });
    return { status: answer.status, text: await answer.text(), headers: answer.headers };
  }
}

/** Faster than in earnest, so that tests need not wait. */
export const quickly: Partial<MergeRequestsOptions> = {
  firstReportAfter: 50,
  editInterval: 300,
  pollInterval: 50,
  longestPause: 400,
  sweepInterval: 500,
};

/** Starts it on a fresh database. */
export async function startWorld(pace: Partial<MergeRequestsOptions> = quickly): Promise<World> {
  const test = await createTestDatabase();
  await prepareQueue(test.url);
  const dataSource = await new DataSource({
    ...dataSourceOptions({ url: test.url }),
    entities: assayEntities,
  }).initialize();
  const database = new Database(dataSource);
  const folder = await mkdtemp(join(tmpdir(), 'assay-merge-requests-'));
  const publicUrl = 'http://assay.example';
  const { forge, wire } = onWire(new LocalForge(database, new Addresses({ publicUrl, prefix: 'api/v4' })));
  const settings = SettingsModule.of({
    useFactory: () => ({
      publicUrl,
      database: { dataSource },
      forge: { kind: 'custom' as const, forge },
      store: { kind: 'file' as const, folder },
      access: { sessionSecret: 'a secret of more than thirty-two characters' },
      mergeRequests: pace,
    }),
  });
  const api = [AccessModule, ProjectsModule, ExperimentsModule, CandidatesModule, ArtifactsModule, MergeRequestsModule];
  const routes = RouterModule.register(api.map((module) => ({ path: 'api/v4', module })));
  const pages = [AccessPagesModule, PagesModule, MergeRequestsPagesModule];
  const imports = [
    settings,
    { module: DataSourceModule, global: true },
    DatabaseModule,
    LimitsModule,
    ...api,
    ...pages,
    routes,
  ];
  const host = new ExpressAdapter();
  const app = await NestFactory.create(WorldModule.of(imports), host, { logger: ['error', 'warn'] });
  app.enableShutdownHooks();
  prepareHost(app);
  await app.listen(0, '127.0.0.1');
  const admin = new LocalForgeAdmin(database);
  return new World(app, await app.getUrl(), admin, wire, database, async () => {
    await app.close();
    if (dataSource.isInitialized) await dataSource.destroy();
    await test.drop();
    await rm(folder, { recursive: true, force: true });
  });
}
