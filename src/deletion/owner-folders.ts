import type { GoingCandidate } from '../candidates';
import { asExperimentIid, parseEid, parseIid, type CandidateEid, type ExperimentIid } from '../common';
import type { GoingModel } from '../models';

/** Who owns a folder of artifacts, as its path says. */
export type Owner =
  | { readonly kind: 'candidate'; readonly experimentIid: ExperimentIid; readonly eid: CandidateEid }
  | { readonly kind: 'model'; readonly experimentIid: ExperimentIid; readonly id: string };

/** Below the project; all of a candidate's artifacts. */
export function candidateFolder({ experimentIid, eid }: Pick<GoingCandidate, 'experimentIid' | 'eid'>): string {
  return `${experimentIid}/${eid.replaceAll('-', '')}`;
}

/** Below the project; all of a model's artifacts. */
export function modelFolder({ experimentIid, id }: GoingModel): string {
  return `${experimentIid}/models/${id}`;
}

const ownerPattern = /^(([0-9]+)\/(?:([0-9a-f]{32})|models\/(m-[0-9a-f]{32})))\//;

/** The owner of a file and its folder, by the file's path below the project; undefined for what no owner can have put there. */
export function ownerOf(path: string): { readonly folder: string; readonly owner: Owner } | undefined {
  const [, folder, experiment = '', hex = '', id] = ownerPattern.exec(path) ?? [];
  const iid = parseIid(experiment);
  if (folder === undefined || iid === undefined) return undefined;
  const experimentIid = asExperimentIid(iid);
  if (id !== undefined) return { folder, owner: { kind: 'model', experimentIid, id } };
  const eid = parseEid(hex);
  return eid && { folder, owner: { kind: 'candidate', experimentIid, eid } };
}
