import { Injectable } from '@nestjs/common';
import { artifactKey, ProjectStorage } from '../artifacts';
import { CandidatePurge, type GoingCandidate } from '../candidates';
import type { ProjectId } from '../common';
import { ExperimentPurge } from '../experiments';
import { MergeRequestPurge } from '../merge-requests';
import { ModelPurge, type GoingModel } from '../models';
import { FreedSum, type Freed } from './freed';
import { candidateFolder, modelFolder } from './owner-folders';

const page = 100;

/** What a round of {@link Purger.purge} did. */
export interface Purged {
  readonly freed: Freed;
  /** Whether all that was marked is gone; what another process works on, or a late write belongs to, is left for the next time. */
  readonly done: boolean;
}

/**
 * Removes all that is marked to be deleted for good. Every step is committed by itself and can be done again, so that it may be
 * killed anywhere, and be run by several processes at once.
 */
@Injectable()
export class Purger {
  constructor(
    private readonly candidates: CandidatePurge,
    private readonly experiments: ExperimentPurge,
    private readonly models: ModelPurge,
    private readonly mergeRequests: MergeRequestPurge,
    private readonly storage: ProjectStorage,
  ) {}

  /** @param stopped asked between the steps */
  async purge(project: ProjectId, stopped: () => boolean = () => false): Promise<Purged> {
    const sum = new FreedSum();
    const experiments = await this.experiments.pending(project);
    for (const iid of experiments) await this.models.requestOfExperiment(project, iid);
    let done = await this.purgeCandidates(project, sum, stopped);
    done = (await this.purgeModels(project, sum, stopped)) && done;
    for (const iid of experiments) {
      if (stopped()) return { freed: sum.total, done: false };
      await this.candidates.removeDatasets(project, iid);
      const removed = await this.experiments.remove(project, iid);
      if (removed) sum.add({ experiments: 1 });
      done &&= removed;
    }
    return { freed: sum.total, done };
  }

  private async purgeCandidates(project: ProjectId, sum: FreedSum, stopped: () => boolean): Promise<boolean> {
    let done = true;
    for (let after = 0; ;) {
      const going = await this.candidates.pending(project, after, page);
      if (going.length === 0) return done;
      await this.candidates.untilUnwritten();
      for (const candidate of going) {
        if (stopped()) return false;
        done = (await this.purgeCandidate(project, candidate, sum)) && done;
        after = candidate.iid;
      }
    }
  }

  private async purgeCandidate(project: ProjectId, candidate: GoingCandidate, sum: FreedSum): Promise<boolean> {
    const { iid, eid, reportPending } = candidate;
    await this.models.requestOfCandidate(project, eid);
    for (const model of await this.models.pendingOf(project, eid)) await this.purgeModel(project, model, sum);
    await this.mergeRequests.forget(project, iid, reportPending);
    sum.add(await this.storage.remove(project, artifactKey(project, candidateFolder(candidate))));
    sum.add({ points: await this.models.removeTracesOf(project, eid) });
    sum.add({ points: await this.candidates.removeLogged(project, iid) });
    const removed = await this.candidates.removeRow(project, iid);
    if (removed) sum.add({ candidates: 1 });
    return removed;
  }

  private async purgeModels(project: ProjectId, sum: FreedSum, stopped: () => boolean): Promise<boolean> {
    let done = true;
    for (let after = ''; ;) {
      const going = await this.models.pending(project, after, page);
      if (going.length === 0) return done;
      for (const model of going) {
        if (stopped()) return false;
        done = (await this.purgeModel(project, model, sum)) && done;
        after = model.id;
      }
    }
  }

  private async purgeModel(project: ProjectId, model: GoingModel, sum: FreedSum): Promise<boolean> {
    sum.add(await this.storage.remove(project, artifactKey(project, modelFolder(model))));
    const { removed, points } = await this.models.remove(project, model.id);
    sum.add({ points, models: removed ? 1 : 0 });
    return removed;
  }
}
