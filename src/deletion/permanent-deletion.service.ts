import { Injectable } from '@nestjs/common';
import { CandidateChanges, CandidatePurge } from '../candidates';
import { invalid, notFound, type CandidateIid, type ExperimentIid, type ProjectId } from '../common';
import { Database } from '../database';
import { ExperimentPurge, ExperimentsService } from '../experiments';
import { ModelPurge } from '../models';
import { Audit } from '../projects';
import { Forecast } from './forecast';
import type { Freed } from './freed';
import { PurgeWorker } from './purge-worker';

/** Deletes for good on somebody's word: at once nobody sees it any more and nothing brings it back; it is removed in the background. */
@Injectable()
export class PermanentDeletion {
  constructor(
    private readonly database: Database,
    private readonly candidates: CandidatePurge,
    private readonly experiments: ExperimentPurge,
    private readonly experimentsService: ExperimentsService,
    private readonly models: ModelPurge,
    private readonly changes: CandidateChanges,
    private readonly forecast: Forecast,
    private readonly worker: PurgeWorker,
    private readonly audit: Audit,
  ) {}

  /** A candidate, live or deleted, with all that was logged to it and the models that it made. @throws AssayError `not-found` */
  async deleteCandidate(project: ProjectId, iid: CandidateIid, actor: string): Promise<Freed> {
    const going = await this.database.transaction(async (within) => {
      const candidate = await this.candidates.request(project, iid, within);
      if (candidate !== undefined) await this.models.requestOfCandidate(project, candidate.eid, within);
      return candidate;
    });
    if (going === undefined) throw notFound(`No candidate with iid ${iid} exists`);
    this.changes.announce(project);
    const freed = await this.forecast.ofCandidate(project, going);
    const details = { iid, eid: going.eid, ...freed };
    await this.audit.record(project, { action: 'candidate.delete-permanently', actor, details });
    this.worker.wake(project);
    return freed;
  }

  /** An experiment, live or deleted, with all that is in it. @throws AssayError `not-found`, `invalid` for the Default one */
  async deleteExperiment(project: ProjectId, iid: ExperimentIid, actor: string): Promise<Freed> {
    if (iid === 0)
      throw invalid('The Default experiment cannot be deleted for good; delete its candidates instead', 'iid');
    await this.deleteSoftly(project, iid);
    const freed = await this.forecast.ofExperiment(project, iid);
    await this.database.transaction(async (within) => {
      if (!(await this.experiments.request(project, iid, within))) throw unknownExperiment(iid);
      await this.candidates.requestAllOf(project, iid, within);
      await this.models.requestOfExperiment(project, iid, within);
    });
    const details = { iid, ...freed };
    await this.audit.record(project, { action: 'experiment.delete-permanently', actor, details });
    this.worker.wake(project);
    return freed;
  }

  /** Tells whoever follows experiments; deleted already is fine. */
  private async deleteSoftly(project: ProjectId, iid: ExperimentIid): Promise<void> {
    const pending = await this.experiments.pending(project);
    if (pending.includes(iid)) return;
    const { deletedAt } = await this.experimentsService.get(project, iid);
    if (deletedAt === undefined) await this.experimentsService.delete(project, iid);
  }
}

function unknownExperiment(iid: ExperimentIid): Error {
  return notFound(`No experiment with iid ${iid} exists`);
}
