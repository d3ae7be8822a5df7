import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Queryable } from '../../database';
import { ExperimentsService, type ExperimentChange, type ExperimentListener } from '../../experiments';
import { CandidateChanges } from '../candidate-changes';
import { CandidatesRepository } from './candidates.repository';

const ofMergeRequest = /^![0-9]+$/;

/** Candidates follow their experiment: deleted and restored with it, reported anew when it becomes a merge request's. */
@Injectable()
export class ExperimentFollower implements OnModuleInit, ExperimentListener {
  constructor(
    private readonly experiments: ExperimentsService,
    private readonly repository: CandidatesRepository,
    private readonly changes: CandidateChanges,
  ) {}

  onModuleInit(): void {
    this.experiments.onChange(this);
  }

  async changing({ kind, project, iid, names }: ExperimentChange, within: Queryable): Promise<void> {
    if (kind === 'deleted') await this.repository.deleteAllOf(project, iid, within);
    if (kind === 'restored') await this.repository.restoreAllOf(project, iid, within);
    if (names[0] !== names[1] && names.some((name) => ofMergeRequest.test(name))) {
      await this.repository.reportAllOf(project, iid, within);
    }
  }

  changed({ project }: ExperimentChange): void {
    this.changes.announce(project);
  }
}
