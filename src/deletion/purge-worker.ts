import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { ProjectId } from '../common';
import { Database, statement } from '../database';
import { ProjectsService } from '../projects';
import { DeletionOptions } from './deletion.options';
import { GarbageCollector } from './garbage-collector';
import { Purger } from './purger';

const dayMs = 86_400_000;
/** Milliseconds until what was left is tried again. */
const retryAfter = 2_000;

/** One process a day. */
const claim = statement(
  'deletion.claim',
  `INSERT INTO assay.project_storage AS s (project_id, collected_at) VALUES ($1, now())
   ON CONFLICT (project_id) DO UPDATE SET collected_at = now()
    WHERE s.collected_at IS NULL OR s.collected_at < now() - interval '23 hours'
   RETURNING project_id`,
);

/** Removes in the background what is marked to be deleted for good: at once when it is woken, and what others left at every sweep. */
@Injectable()
export class PurgeWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('Deletion');
  private readonly wanted = new Set<ProjectId>();
  private readonly later = new Set<NodeJS.Timeout>();
  private working: Promise<void> | undefined;
  private sweeps: NodeJS.Timeout | undefined;
  private stopping = false;

  constructor(
    @Inject(DeletionOptions) private readonly options: DeletionOptions,
    private readonly projects: ProjectsService,
    private readonly database: Database,
    private readonly purger: Purger,
    private readonly collector: GarbageCollector,
  ) {}

  onApplicationBootstrap(): void {
    this.stopping = false;
    if (!this.options.work) return;
    void this.sweep();
    this.sweeps = setInterval(() => void this.sweep(), this.options.sweepInterval).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    clearInterval(this.sweeps);
    for (const timer of this.later) clearTimeout(timer);
    await this.working;
  }

  /** Has the project's marked things removed soon. */
  wake(project: ProjectId): void {
    if (!this.options.work || this.stopping) return;
    this.wanted.add(project);
    this.working ??= this.work().finally(() => {
      this.working = undefined;
      // One that was wanted at the last moment.
      for (const left of this.wanted) this.wake(left);
    });
  }

  /** What a late write kept, or another process works on, is done in a moment. */
  private wakeLater(project: ProjectId): void {
    const timer = setTimeout(() => {
      this.later.delete(timer);
      this.wake(project);
    }, retryAfter).unref();
    this.later.add(timer);
  }

  private async sweep(): Promise<void> {
    try {
      for (const { id } of await this.projects.enabledProjects()) this.wake(id);
    } catch (error) {
      this.log.warn(`Projects were not looked at: ${(error as Error).message}`);
    }
  }

  private async work(): Promise<void> {
    const stopped = (): boolean => this.stopping;
    for (const project of this.wanted) {
      this.wanted.delete(project);
      if (stopped()) return;
      try {
        const { done } = await this.purger.purge(project, stopped);
        if (!done && !stopped()) this.wakeLater(project);
        await this.collect(project, stopped);
      } catch (error) {
        this.log.warn(
          `Project ${String(project)}: what is deleted for good was not removed: ${(error as Error).message} It is tried again.`,
        );
      }
    }
  }

  private async collect(project: ProjectId, stopped: () => boolean): Promise<void> {
    const { gcAfterDays } = this.options;
    if (gcAfterDays === undefined || (await this.database.query(claim, [project])).length === 0) return;
    await this.collector.collect(project, new Date(Date.now() - gcAfterDays * dayMs), stopped);
  }
}
