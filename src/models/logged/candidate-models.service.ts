import { Injectable } from '@nestjs/common';
import { CandidatesService } from '../../candidates';
import { invalid, type CandidateEid, type ProjectId } from '../../common';
import { ProjectCoalescers } from '../../database';
import type { CandidateModels, ModelMetricWrite, ModelOutput } from './logged-model';
import { checkModelMetrics, loggedModelLimits } from './logged-model-rules';
import { LoggedModelsRepository } from './logged-models.repository';
import { unknownModel } from './logged-models.service';

/** Reads of single candidates that share a statement. */
const sharing = 32;

/** What candidates have to do with models: made them, read them, measured them. */
@Injectable()
export class CandidateModelsService {
  private readonly reads = new ProjectCoalescers<CandidateEid, CandidateModels | undefined>({
    run: async (project, eids) => {
      const found = await this.ofCandidates(project, eids);
      return eids.map((eid) => found.get(eid));
    },
    weigh: () => 1,
    maxWeight: sharing,
    reads: true,
  });

  constructor(
    private readonly repository: LoggedModelsRepository,
    private readonly candidates: CandidatesService,
  ) {}

  /** The candidate made these models. Repeating is harmless. @throws AssayError `not-found`, or `invalid` for a deleted candidate */
  async logOutputs(project: ProjectId, candidate: CandidateEid, outputs: readonly ModelOutput[]): Promise<void> {
    await this.check(
      project,
      candidate,
      outputs.map(({ modelId }) => modelId),
    );
    await this.repository.link(project, candidate, 'output', outputs);
  }

  /** The candidate read these models. Repeating is harmless. @throws AssayError `not-found`, or `invalid` for a deleted candidate */
  async logInputs(project: ProjectId, candidate: CandidateEid, modelIds: readonly string[]): Promise<void> {
    await this.check(project, candidate, modelIds);
    await this.repository.link(
      project,
      candidate,
      'input',
      modelIds.map((modelId) => ({ modelId, step: 0 })),
    );
  }

  /** Keeps points of metrics with the models that they measure. Repeating is harmless. @throws AssayError `not-found` for an unknown model */
  async logMetrics(project: ProjectId, points: readonly ModelMetricWrite[]): Promise<void> {
    if (points.length === 0) return;
    checkModelMetrics(points);
    await this.checkModels(project, [...new Set(points.map(({ modelId }) => modelId))]);
    await this.repository.addMetrics(project, points);
  }

  /** Undefined without models. Reads that come at once share a statement. */
  ofCandidate(project: ProjectId, candidate: CandidateEid): Promise<CandidateModels | undefined> {
    return this.reads.submit(project, candidate);
  }

  /** Candidates without models are left out. */
  async ofCandidates(
    project: ProjectId,
    candidates: readonly CandidateEid[],
  ): Promise<ReadonlyMap<CandidateEid, CandidateModels>> {
    const found = new Map<CandidateEid, { inputs: string[]; outputs: ModelOutput[] }>();
    for (const { candidate_eid: eid, direction, model_id: modelId, step } of await this.repository.ofCandidates(
      project,
      candidates,
    )) {
      const models = found.get(eid) ?? { inputs: [], outputs: [] };
      found.set(eid, models);
      if (direction === 'input') models.inputs.push(modelId);
      else models.outputs.push({ modelId, step });
    }
    return found;
  }

  private async check(project: ProjectId, eid: CandidateEid, modelIds: readonly string[]): Promise<void> {
    if (modelIds.length > loggedModelLimits.entries) {
      throw invalid(`A request can name at most ${loggedModelLimits.entries} models; split it`, 'models');
    }
    const { candidate } = await this.candidates.get(project, eid);
    if (candidate.deletedAt !== undefined)
      throw invalid('The candidate is deleted; restore it before models are added');
    await this.checkModels(project, modelIds);
  }

  private async checkModels(project: ProjectId, modelIds: readonly string[]): Promise<void> {
    const [unknown] = await this.repository.unknownOf(project, modelIds);
    if (unknown !== undefined) throw unknownModel(unknown);
  }
}
