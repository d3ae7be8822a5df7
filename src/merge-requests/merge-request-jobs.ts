import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { TaskList } from 'graphile-worker';
import { Subscription } from 'rxjs';
import { CandidateChanges } from '../candidates';
import { asProjectId, AssayError, type ProjectId } from '../common';
import type { ForgeEvent } from '../forge';
import { ForgeEvents } from '../projects';
import { Linker } from './links/linker.service';
import { Refresher } from './links/refresher.service';
import { Sweeper } from './links/sweeper.service';
import { MergeRequestsOptions } from './merge-requests.options';
import { Publisher } from './publishing/publisher.service';
import { JobQueue } from './queue/job-queue';
import { measuredJob, type JobOutcome } from './queue/monitoring';
import { passes, pauseBefore } from './queue/pause';
import { QueueWorker } from './queue/queue-worker';
import { tasks } from './queue/tasks';

/** Milliseconds in which changes of one project become one job. */
const gathering = 100;
/** How often a job that cannot be put on the queue is tried again, and milliseconds before the first time; the pause doubles. */
const attempts = 6;
const firstPause = 500;

interface JobPayload {
  readonly project: number;
  readonly mergeRequest?: number;
  readonly tries: number;
}

/** Turns changes of candidates and events of the forge into jobs, and works on them from start to shutdown. */
@Injectable()
export class MergeRequestJobs implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('MergeRequests');
  private readonly gathered = new Map<ProjectId, NodeJS.Timeout>();
  private listening = new Subscription();
  private sweeps: NodeJS.Timeout | undefined;

  constructor(
    @Inject(MergeRequestsOptions) private readonly options: MergeRequestsOptions,
    private readonly changes: CandidateChanges,
    private readonly forgeEvents: ForgeEvents,
    private readonly linker: Linker,
    private readonly refresher: Refresher,
    private readonly publisher: Publisher,
    private readonly sweeper: Sweeper,
    private readonly queue: JobQueue,
    private readonly worker: QueueWorker,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.listening = new Subscription();
    this.listening.add(
      this.changes.pendingReports.subscribe((project) => {
        this.gather(project);
      }),
    );
    this.listening.add(this.forgeEvents.events.subscribe((event) => void this.note(event)));
    if (!this.options.work) return;
    await this.worker.start(this.taskList());
    const sweep = (): Promise<void> => this.quietly(() => this.sweeper.sweep());
    await sweep();
    this.sweeps = setInterval(() => void sweep(), this.options.sweepInterval).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.listening.unsubscribe();
    clearInterval(this.sweeps);
    for (const timer of this.gathered.values()) clearTimeout(timer);
    this.gathered.clear();
    await this.worker.stop();
  }

  private gather(project: ProjectId): void {
    if (this.gathered.has(project)) return;
    const timer = setTimeout(() => {
      this.gathered.delete(project);
      void this.quietly(() => this.queue.link(project));
    }, gathering);
    this.gathered.set(project, timer.unref());
  }

  private async note(event: ForgeEvent): Promise<void> {
    if (event.kind === 'merge-request') await this.quietly(() => this.queue.refresh(event.project, event.iid));
    if (event.kind === 'push') await this.quietly(() => this.refresher.pushed(event));
  }

  /** A database that is away for a moment costs nothing but that moment; after it the next sweep finds what candidates left. */
  private async quietly(work: () => Promise<void>, failures = 0): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (this.listening.closed) return;
      if (failures < attempts) {
        setTimeout(() => void this.quietly(work, failures + 1), firstPause * 2 ** failures).unref();
        return;
      }
      this.log.warn(`A job could not be put on the queue: ${(error as Error).message}`);
    }
  }

  private taskList(): TaskList {
    return {
      [tasks.link]: (payload: unknown) =>
        this.attempt(
          tasks.link,
          payload,
          (project) => this.linker.link(project),
          (project, _, retry) => this.queue.link(project, retry),
        ),
      [tasks.refresh]: (payload: unknown) =>
        this.attempt(
          tasks.refresh,
          payload,
          (project, iid) => this.refresher.refresh(project, iid),
          (project, iid, retry) => this.queue.refresh(project, iid, retry),
        ),
      [tasks.report]: (payload: unknown) =>
        this.attempt(
          tasks.report,
          payload,
          (project, iid) => this.publisher.publish(project, iid),
          (project, iid, { after, tries }) => this.queue.reportAfter(project, iid, after, tries),
        ),
    };
  }

  /** What may pass is tried again after a pause, for as long as it takes; a defect is left to the queue's own, counted retries. */
  private attempt(
    task: string,
    payload: unknown,
    work: (project: ProjectId, mergeRequest: number) => Promise<void>,
    again: (project: ProjectId, mergeRequest: number, retry: { after: number; tries: number }) => Promise<void>,
  ): Promise<void> {
    const { project, mergeRequest = 0, tries } = payload as JobPayload;
    const id = asProjectId(project);
    return measuredJob(task, async (): Promise<JobOutcome> => {
      try {
        await work(id, mergeRequest);
        return 'done';
      } catch (error) {
        if (error instanceof AssayError && error.kind === 'not-found') return 'gone';
        if (!passes(error)) throw error;
        const after = pauseBefore(tries, error, this.options.longestPause);
        if (tries === 0) this.log.warn(`Project ${String(project)}: ${error.message} It is tried again.`);
        await again(id, mergeRequest, { after, tries: tries + 1 });
        return 'retried';
      }
    });
  }
}
