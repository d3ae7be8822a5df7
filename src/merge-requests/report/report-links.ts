import type { Addresses, CandidateIid, ExperimentIid } from '../../common';

/** Where a report's parts are shown. */
export interface ReportLinks {
  readonly page: string;
  readonly settings: string;
  readonly candidate: (iid: CandidateIid) => string;
  readonly experiment: (iid: ExperimentIid) => string;
}

/** The pages of a project that a report leads to. */
export function reportLinks(addresses: Addresses, projectPath: string, mergeRequest: number): ReportLinks {
  return {
    page: addresses.page(projectPath, `merge_requests/${String(mergeRequest)}`),
    settings: addresses.page(projectPath, 'settings'),
    candidate: (iid) => addresses.page(projectPath, `candidates/${String(iid)}`),
    experiment: (iid) => addresses.page(projectPath, `experiments/${String(iid)}`),
  };
}
