import cluster from 'node:cluster';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { prepareDatabase } from '../index';
import { readConfiguration, type Configuration } from './config/environment';
import { lockFolder } from './data/lock';
import { removeReady, writeReady, type Ready } from './data/ready';
import { loadSecrets } from './data/secrets';
import { superviseEmbeddedPostgres } from './postgres/supervised-postgres';
import { claimPort } from './server/port';
import type { ServerPlan } from './server/plan';
import { closeServer, startServer } from './server/server';
import { startWorkers } from './server/workers';

/** A server that answers. */
export interface RunningServer {
  readonly ready: Ready;
  readonly plan: ServerPlan;
  /** Answers what is under way, then ends all that was started. */
  stop(): Promise<void>;
}

type Undo = () => Promise<void>;

async function openDatabase(configuration: Configuration, undo: Undo[]): Promise<string> {
  if (configuration.databaseUrl !== undefined) return configuration.databaseUrl;
  const postgres = await superviseEmbeddedPostgres({ folder: join(configuration.dataFolder, 'postgres') });
  undo.push(() => postgres.stop());
  return postgres.url;
}

function publicUrlOf({ publicUrl, host }: Configuration, port: number): string {
  if (publicUrl !== undefined) return publicUrl.replace(/\/+$/, '');
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${String(port)}`;
}

async function undoAll(undo: Undo[]): Promise<void> {
  for (const step of undo.reverse()) await step();
}

async function prepare(configuration: Configuration, undo: Undo[]): Promise<ServerPlan> {
  await mkdir(configuration.dataFolder, { recursive: true });
  undo.push(await lockFolder(configuration.dataFolder));
  const secrets = await loadSecrets(configuration.dataFolder);
  const port = await claimPort(configuration.host, configuration.port);
  const databaseUrl = await openDatabase(configuration, undo);
  await prepareDatabase(databaseUrl);
  return { configuration, secrets, databaseUrl, port, publicUrl: publicUrlOf(configuration, port) };
}

async function listen(plan: ServerPlan): Promise<Undo> {
  if (plan.configuration.workers > 1) return startWorkers(plan);
  const app = await startServer(plan);
  return () => closeServer(app);
}

/** Starts everything in order; when a step fails, what was started before it is ended again. */
export async function serve(environment: NodeJS.ProcessEnv): Promise<RunningServer> {
  if (!cluster.isPrimary) throw new Error('serve() belongs to the first process');
  const configuration = readConfiguration(environment);
  const undo: Undo[] = [];
  try {
    const plan = await prepare(configuration, undo);
    undo.push(await listen(plan));
    const admin = configuration.forge.kind === 'local' ? { admin_token: plan.secrets.adminToken } : {};
    const ready: Ready = { url: plan.publicUrl, pid: process.pid, ...admin };
    await writeReady(configuration.dataFolder, ready);
    undo.push(() => removeReady(configuration.dataFolder));
    return { ready, plan, stop: () => undoAll(undo) };
  } catch (error) {
    await undoAll(undo);
    throw error;
  }
}
