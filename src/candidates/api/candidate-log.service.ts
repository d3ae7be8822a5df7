import { Injectable } from '@nestjs/common';
import type { ProjectId } from '../../common';
import type { CandidateInput } from '../candidate';
import { CandidatesService } from '../candidates.service';
import type { CandidateWrite } from '../requests';
import { CandidateFinder } from '../selection/candidate-finder';
import { CandidateSelections } from '../selection/candidate-selections';
import type { InputsAnswer } from './candidate.answers';
import { presentSelected } from './candidate.presenter';

const inputsOnly = { attributes: [], lists: new Map([['inputs', 'all']] as const) };

/** What is logged to candidates, by iid or eid. */
@Injectable()
export class CandidateLog {
  constructor(
    private readonly candidates: CandidatesService,
    private readonly finder: CandidateFinder,
    private readonly selections: CandidateSelections,
  ) {}

  /** All or nothing; resolves when it is committed. */
  async write(project: ProjectId, text: string, write: Omit<CandidateWrite, 'eid'>): Promise<void> {
    const { eid } = await this.finder.find(project, text);
    await this.candidates.write(project, { ...write, eid });
  }

  async deleteTag(project: ProjectId, text: string, name: string): Promise<void> {
    await this.candidates.deleteTag(project, (await this.finder.find(project, text)).eid, name);
  }

  async inputs(project: ProjectId, text: string): Promise<InputsAnswer> {
    const { iid } = await this.finder.find(project, text);
    const [row] = await this.selections.byIids(project, [iid], inputsOnly);
    return { inputs: row === undefined ? [] : (presentSelected(row).inputs ?? []) };
  }

  async addInputs(project: ProjectId, text: string, inputs: readonly CandidateInput[]): Promise<void> {
    await this.candidates.logInputs(project, (await this.finder.find(project, text)).eid, inputs);
  }
}
