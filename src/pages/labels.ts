import {
  badge,
  html,
  pagePath,
  type Addresses,
  type CandidateIid,
  type ExperimentIid,
  type Html,
  type Tone,
} from '../common';
import type { CandidateStatus } from '../candidates';
import { formatTime } from '../merge-requests';

const tones: Readonly<Record<CandidateStatus, Tone>> = {
  running: 'info',
  scheduled: 'info',
  finished: 'good',
  failed: 'bad',
  killed: 'warn',
};

/** A candidate's status with its sign. */
export function statusBadge(status: CandidateStatus): Html {
  return badge(tones[status], status);
}

/** A time that a client told in milliseconds; what no calendar holds is shown as the number it is. */
export function clientTime(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return '–';
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? String(milliseconds) : formatTime(date);
}

/** A link to a candidate. */
export function candidateLink(addresses: Addresses, project: string, iid: CandidateIid, name: string): Html {
  return html`<a href="${pagePath(addresses, project, `candidates/${iid}`)}">${name === '' ? `#${iid}` : name}</a>`;
}

/** A link to an experiment. */
export function experimentLink(addresses: Addresses, project: string, iid: ExperimentIid, name: string): Html {
  return html`<a href="${pagePath(addresses, project, `experiments/${iid}`)}">${name}</a>`;
}
