import { Inject, Injectable } from '@nestjs/common';
import { CandidatesOptions, TagChanger } from '../../candidates';
import type { CandidateEid, ProjectId } from '../../common';
import { appendModel } from './model-history';
import { modelHistoryTag } from './special-tags';

/** Keeps the list of a run's models in its tag. */
@Injectable()
export class ModelHistory {
  constructor(
    private readonly tags: TagChanger,
    @Inject(CandidatesOptions) private readonly limits: CandidatesOptions,
  ) {}

  /** @throws AssayError `not-found`, or `invalid` for a deleted candidate */
  add(project: ProjectId, eid: CandidateEid, model: Readonly<Record<string, unknown>>): Promise<void> {
    return this.tags.change(project, eid, modelHistoryTag, (history) =>
      appendModel(history, model, this.limits.tagValueLength),
    );
  }
}
