import { Injectable } from '@nestjs/common';
import { artifactKey, ProjectStorage } from '../artifacts';
import { CandidatePurge } from '../candidates';
import type { ProjectId } from '../common';
import { ExperimentPurge } from '../experiments';
import { ModelPurge } from '../models';
import { Forecast } from './forecast';
import { FreedSum, type Freed } from './freed';
import { Purger } from './purger';
import { StoredFolders } from './stored-folders';

/** Marked in one statement. */
const batch = 1_000;
/** How often what a late write kept is tried again. */
const rounds = 5;

/** What was collected of a project. */
export interface Collected {
  readonly freed: Freed;
  /** False when something is left for the next time. */
  readonly done: boolean;
  /** False when uploads changed the project's storage all the while, so that its count was not checked. */
  readonly counted: boolean;
}

/** Deletes for good what was deleted long ago, and what belongs to nobody. Safe to repeat, to kill, and beside a running server. */
@Injectable()
export class GarbageCollector {
  constructor(
    private readonly candidates: CandidatePurge,
    private readonly experiments: ExperimentPurge,
    private readonly models: ModelPurge,
    private readonly purger: Purger,
    private readonly folders: StoredFolders,
    private readonly storage: ProjectStorage,
    private readonly forecast: Forecast,
  ) {}

  /** What {@link collect} would free. Changes nothing. */
  foresee(project: ProjectId, before: Date): Promise<Freed> {
    return this.forecast.ofExpired(project, before);
  }

  /** @param before what was deleted, or lies in the store without an owner, since before then */
  async collect(project: ProjectId, before: Date, stopped: () => boolean = () => false): Promise<Collected> {
    await this.mark(project, before);
    const sum = new FreedSum();
    let done = false;
    for (let round = 0; round < rounds && !done && !stopped(); round += 1) {
      const purged = await this.purger.purge(project, stopped);
      sum.add(purged.freed);
      done = purged.done;
    }
    const orphans = await this.folders.orphans(project, await this.folders.list(project));
    for (const { path, newest } of orphans) {
      if (stopped()) break;
      if (newest < before) sum.add(await this.storage.remove(project, artifactKey(project, path)));
    }
    const counted = !stopped() && (await this.storage.recount(project));
    return { freed: sum.total, done: done && !stopped(), counted };
  }

  private async mark(project: ProjectId, before: Date): Promise<void> {
    while ((await this.candidates.requestExpired(project, before, batch)) === batch);
    await this.models.requestExpired(project, before);
    await this.experiments.requestExpired(project, before);
  }
}
