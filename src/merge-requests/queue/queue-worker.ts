import { Inject, Injectable, Logger } from '@nestjs/common';
import { EventEmitter } from 'node:events';
import { run, type Runner, type TaskList, type WorkerEvents } from 'graphile-worker';
import { Database } from '../../database';
import { MergeRequestsOptions } from '../merge-requests.options';
import { freeJobsOfTheDead, removeSuperseded, showLiving } from './living-workers';
import { waitingJobs } from './monitoring';
import { jobsSchema } from './tasks';
import { workerLog } from './worker-log';

/** Milliseconds between looks for processes that died at work. */
const funeralInterval = 5_000;
/** Milliseconds until the connection that listens has nothing else to do. */
const settling = 300;
/** Milliseconds before a worker that gave up is started again. */
const restartAfter = 2_000;

/** Runs the jobs of this process until it is stopped; outlives restarts of the database. */
@Injectable()
export class QueueWorker {
  private readonly log = new Logger('Jobs');
  private runner: Runner | undefined;
  private restart: NodeJS.Timeout | undefined;
  private funerals: NodeJS.Timeout | undefined;
  private stopping = false;
  private unwatch: (() => void) | undefined;
  private self = '';

  constructor(
    private readonly database: Database,
    @Inject(MergeRequestsOptions) private readonly options: MergeRequestsOptions,
  ) {}

  /** Resolves when jobs are being worked on; when the database does not answer yet, it keeps trying behind the scenes. */
  async start(taskList: TaskList): Promise<void> {
    this.stopping = false;
    this.unwatch ??= waitingJobs.watch(this.database);
    try {
      const runner = await this.open(taskList);
      this.runner = runner;
      runner.promise.then(
        () => {
          this.again(taskList);
        },
        () => {
          this.again(taskList);
        },
      );
      await this.bury();
      this.funerals ??= setInterval(() => void this.bury(), funeralInterval).unref();
    } catch (error) {
      this.log.warn(`The job queue does not start yet: ${(error as Error).message}`);
      this.again(taskList);
    }
  }

  /** Lets the jobs under way end. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.unwatch?.();
    this.unwatch = undefined;
    clearTimeout(this.restart);
    clearInterval(this.funerals);
    this.funerals = undefined;
    const runner = this.runner;
    this.runner = undefined;
    await runner?.stop().catch(() => undefined);
  }

  private async open(taskList: TaskList): Promise<Runner> {
    const { pool } = this.database;
    if (pool.listenerCount('connect') === 0) pool.on('connect', (client) => client.on('error', () => undefined));
    const events = new EventEmitter() as unknown as WorkerEvents;
    events.on('pool:listen:success', ({ client, workerPool }) => {
      this.self = workerPool.id;
      setTimeout(() => {
        showLiving(client, workerPool.id).catch(() => undefined);
      }, settling).unref();
    });
    return run({
      pgPool: pool,
      schema: jobsSchema,
      taskList,
      parsedCronItems: [],
      concurrency: this.options.concurrency,
      pollInterval: this.options.pollInterval,
      noHandleSignals: true,
      logger: workerLog(this.log),
      events,
    });
  }

  private again(taskList: TaskList): void {
    if (this.stopping) return;
    clearTimeout(this.restart);
    this.restart = setTimeout(() => void this.start(taskList), restartAfter).unref();
  }

  private async bury(): Promise<void> {
    try {
      const dead = await freeJobsOfTheDead(this.database.pool, this.self);
      await removeSuperseded(this.database.pool);
      if (dead > 0) this.log.log(`Took over the jobs of ${String(dead)} processes that ended at work.`);
    } catch (error) {
      this.log.warn(`Jobs of ended processes were not looked for: ${(error as Error).message}`);
    }
  }
}
