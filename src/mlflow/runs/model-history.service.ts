import { Inject, Injectable } from '@nestjs/common';
import { CandidatesOptions, CandidatesService } from '../../candidates';
import type { CandidateEid, ProjectId } from '../../common';
import { appendModel } from './model-history';
import { modelHistoryTag, tagValue } from './special-tags';

/** Keeps the list of a run's models in its tag; one after the other within this process, so that none is lost. */
@Injectable()
export class ModelHistory {
  private readonly last = new Map<CandidateEid, Promise<void>>();

  constructor(
    private readonly candidates: CandidatesService,
    @Inject(CandidatesOptions) private readonly limits: CandidatesOptions,
  ) {}

  /** @throws AssayError `not-found`, or `invalid` for a deleted candidate */
  async add(project: ProjectId, eid: CandidateEid, model: Readonly<Record<string, unknown>>): Promise<void> {
    const before = this.last.get(eid) ?? Promise.resolve();
    const turn = before.catch(() => undefined).then(() => this.append(project, eid, model));
    this.last.set(eid, turn);
    try {
      await turn;
    } finally {
      if (this.last.get(eid) === turn) this.last.delete(eid);
    }
  }

  private async append(project: ProjectId, eid: CandidateEid, model: Readonly<Record<string, unknown>>): Promise<void> {
    const { data } = await this.candidates.get(project, eid);
    const value = appendModel(tagValue(data.tags, modelHistoryTag), model, this.limits.tagValueLength);
    await this.candidates.write(project, { eid, points: [], params: [], tags: [{ name: modelHistoryTag, value }] });
  }
}
