import { Injectable } from '@nestjs/common';
import type { CandidateEid, CandidateIid, Page, ProjectId } from '../common';
import type { Candidate, CandidateDetails, CandidateInput, MetricPoint } from './candidate';
import type { CandidateQuery, CandidateUpdate, CandidateWrite, HistoryPage, NewCandidate } from './requests';

/** The candidates of a project. An unknown eid is `not-found`, a write to a deleted candidate is `invalid`. */
@Injectable()
export class CandidatesService {
  create(_project: ProjectId, _candidate: NewCandidate): Promise<CandidateDetails> {
    return Promise.reject(new Error('not built yet'));
  }

  /** Deleted ones too. */
  get(_project: ProjectId, _eid: CandidateEid): Promise<CandidateDetails> {
    return Promise.reject(new Error('not built yet'));
  }

  /** In the given order; unknown ones are left out. */
  byIids(_project: ProjectId, _iids: readonly CandidateIid[]): Promise<CandidateDetails[]> {
    return Promise.reject(new Error('not built yet'));
  }

  search(_project: ProjectId, _query: CandidateQuery): Promise<Page<CandidateDetails>> {
    return Promise.reject(new Error('not built yet'));
  }

  update(_project: ProjectId, _eid: CandidateEid, _update: CandidateUpdate): Promise<Candidate> {
    return Promise.reject(new Error('not built yet'));
  }

  /** Deleted already is no error. */
  delete(_project: ProjectId, _eid: CandidateEid): Promise<void> {
    return Promise.reject(new Error('not built yet'));
  }

  /** Live already is no error. */
  restore(_project: ProjectId, _eid: CandidateEid): Promise<void> {
    return Promise.reject(new Error('not built yet'));
  }

  /** Resolves when it is committed. Repeating is harmless; changing a param is `invalid`. */
  write(_project: ProjectId, _write: CandidateWrite): Promise<void> {
    return Promise.reject(new Error('not built yet'));
  }

  deleteTag(_project: ProjectId, _eid: CandidateEid, _name: string): Promise<void> {
    return Promise.reject(new Error('not built yet'));
  }

  /** Repeating is harmless; the first tags of an input hold. */
  logInputs(_project: ProjectId, _eid: CandidateEid, _inputs: readonly CandidateInput[]): Promise<void> {
    return Promise.reject(new Error('not built yet'));
  }

  /** By time, then step, then value; an unknown metric has no points. */
  metricHistory(
    _project: ProjectId,
    _eid: CandidateEid,
    _name: string,
    _page: HistoryPage,
  ): Promise<Page<MetricPoint>> {
    return Promise.reject(new Error('not built yet'));
  }
}
