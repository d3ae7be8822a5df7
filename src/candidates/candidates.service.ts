import { Inject, Injectable } from '@nestjs/common';
import { checkText, notFound, type CandidateEid, type CandidateIid, type Page, type ProjectId } from '../common';
import type { Candidate, CandidateDetails, CandidateInput, MetricPoint } from './candidate';
import { deletedCandidate, goingCandidate, unknownCandidate } from './candidate-errors';
import { checkNewCandidate, checkUpdate, checkWrite } from './candidate-rules';
import { CandidatesOptions } from './candidates.options';
import { CandidatesRepository, type CandidatePlace } from './changing/candidates.repository';
import { CandidateCreator } from './creating/candidate-creator';
import { checkInputs } from './input-rules';
import { CandidateReader } from './reading/candidate-reader';
import { MetricHistory } from './reading/metric-history';
import type {
  CandidateQuery,
  CandidateUpdate,
  CandidateWrite,
  HistoryPage,
  HistorySample,
  NewCandidate,
} from './requests';
import { CandidateSearch } from './search';
import { CandidateWriter } from './writing/candidate-writer';

/**
 * The candidates of a project. An unknown eid is `not-found`, a write to a deleted candidate is `invalid`; both errors have
 * {@link candidateField} as their field.
 */
@Injectable()
export class CandidatesService {
  constructor(
    private readonly creator: CandidateCreator,
    private readonly writer: CandidateWriter,
    private readonly reader: CandidateReader,
    private readonly repository: CandidatesRepository,
    private readonly history: MetricHistory,
    private readonly searches: CandidateSearch,
    @Inject(CandidatesOptions) private readonly options: CandidatesOptions,
  ) {}

  /** @throws AssayError `not-found` or `invalid` with the field `experiment` when that is unknown or deleted */
  async create(project: ProjectId, candidate: NewCandidate): Promise<CandidateDetails> {
    return this.creator.create(project, checkNewCandidate(candidate, this.options));
  }

  /** Deleted ones too. */
  async get(project: ProjectId, eid: CandidateEid): Promise<CandidateDetails> {
    const details = await this.reader.get(project, eid);
    if (details === undefined) throw unknownCandidate(eid);
    return details;
  }

  /** The least that can be asked of a candidate; undefined when it is unknown. */
  place(project: ProjectId, eid: CandidateEid): Promise<CandidatePlace | undefined> {
    return this.repository.place(project, eid);
  }

  /** In the given order; unknown ones are left out. */
  byIids(project: ProjectId, iids: readonly CandidateIid[]): Promise<CandidateDetails[]> {
    return this.reader.byIids(project, iids);
  }

  /** @throws AssayError `invalid` for a filter or order that cannot be read */
  async search(project: ProjectId, query: CandidateQuery): Promise<Page<CandidateDetails>> {
    const { iids, nextPageToken } = await this.searches.page(project, query);
    const items = await this.reader.byIids(project, iids);
    return nextPageToken === undefined ? { items } : { items, nextPageToken };
  }

  async update(project: ProjectId, eid: CandidateEid, update: CandidateUpdate): Promise<Candidate> {
    checkUpdate(update);
    const candidate = await this.repository.update(project, eid, update);
    if (candidate === undefined) throw await this.notLive(project, eid);
    return candidate;
  }

  /** Deleted already is no error. */
  async delete(project: ProjectId, eid: CandidateEid): Promise<void> {
    if (!(await this.repository.markDeleted(project, eid))) throw unknownCandidate(eid);
  }

  /** Live already is no error. @throws AssayError `invalid` when it is being deleted for good */
  async restore(project: ProjectId, eid: CandidateEid): Promise<void> {
    if (!(await this.repository.markRestored(project, eid))) throw await this.notLive(project, eid);
  }

  /** Resolves when it is committed. Repeating is harmless; changing a param is `invalid`. */
  async write(project: ProjectId, write: CandidateWrite): Promise<void> {
    await this.writer.write(project, checkWrite(write, this.options));
  }

  /** @throws AssayError `not-found` when it has no such tag */
  async deleteTag(project: ProjectId, eid: CandidateEid, name: string): Promise<void> {
    checkText(name, 'tag.name');
    if (await this.repository.deleteTag(project, eid, name)) return;
    if ((await this.repository.state(project, eid)) !== 'live') throw await this.notLive(project, eid);
    throw notFound(`No tag with name: ${name} in candidate with eid ${eid}`);
  }

  /** Repeating is harmless; the first tags of an input hold. */
  async logInputs(project: ProjectId, eid: CandidateEid, inputs: readonly CandidateInput[]): Promise<void> {
    checkInputs(inputs);
    if (!(await this.repository.logInputs(project, eid, inputs))) throw await this.notLive(project, eid);
  }

  /** By time, then step, then value; an unknown metric has no points. */
  async metricHistory(
    project: ProjectId,
    eid: CandidateEid,
    name: string,
    page: HistoryPage,
  ): Promise<Page<MetricPoint>> {
    checkText(name, 'metric_key');
    return this.history.page(project, eid, name, page);
  }

  /** See {@link MetricHistory.sample}. */
  async sampleMetric(
    project: ProjectId,
    eid: CandidateEid,
    name: string,
    sample: HistorySample,
  ): Promise<MetricPoint[]> {
    checkText(name, 'metric_key');
    return this.history.sample(project, eid, name, sample);
  }

  private async notLive(project: ProjectId, eid: CandidateEid): Promise<Error> {
    const state = await this.repository.state(project, eid);
    if (state === 'going') return goingCandidate(eid);
    return state === 'unknown' ? unknownCandidate(eid) : deletedCandidate(eid);
  }
}
