import { Injectable } from '@nestjs/common';
import { notFound, type ProjectId } from '../../common';
import { CandidatesService } from '../candidates.service';
import type { CandidateQuery, CandidateUpdate, NewCandidate } from '../requests';
import { CandidateFinder } from '../selection/candidate-finder';
import { CandidateSelections } from '../selection/candidate-selections';
import type { FieldSelection } from '../selection/field-selection';
import type { CandidateAnswer, CandidatesAnswer, SelectedCandidateAnswer } from './candidate.answers';
import { presentCandidates, presentDetails, presentSelected, presentSelections } from './candidate.presenter';

/** Candidates as the native API speaks of them: by iid or eid, whole or in parts. */
@Injectable()
export class CandidatesApi {
  constructor(
    private readonly candidates: CandidatesService,
    private readonly finder: CandidateFinder,
    private readonly selections: CandidateSelections,
  ) {}

  async list(project: ProjectId, query: CandidateQuery, fields?: FieldSelection): Promise<CandidatesAnswer> {
    return fields === undefined
      ? presentCandidates(await this.candidates.search(project, query))
      : presentSelections(await this.selections.search(project, query, fields));
  }

  async get(
    project: ProjectId,
    text: string,
    fields?: FieldSelection,
  ): Promise<CandidateAnswer | SelectedCandidateAnswer> {
    const { iid, eid } = await this.finder.find(project, text);
    if (fields === undefined) return presentDetails(await this.candidates.get(project, eid));
    const [row] = await this.selections.byIids(project, [iid], fields);
    if (row === undefined) throw notFound(`No candidate ${text} exists in this project`);
    return presentSelected(row);
  }

  async create(project: ProjectId, candidate: NewCandidate): Promise<CandidateAnswer> {
    return presentDetails(await this.candidates.create(project, candidate));
  }

  async update(project: ProjectId, text: string, update: CandidateUpdate): Promise<CandidateAnswer> {
    const { eid } = await this.finder.find(project, text);
    await this.candidates.update(project, eid, update);
    return presentDetails(await this.candidates.get(project, eid));
  }

  async delete(project: ProjectId, text: string): Promise<void> {
    await this.candidates.delete(project, (await this.finder.find(project, text)).eid);
  }

  async restore(project: ProjectId, text: string): Promise<CandidateAnswer> {
    const { eid } = await this.finder.find(project, text);
    await this.candidates.restore(project, eid);
    return presentDetails(await this.candidates.get(project, eid));
  }
}
