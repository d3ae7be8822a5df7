import type { MetricPoint } from '../../candidates';
import { invalid, type CandidateEid } from '../../common';
import { parseRunId } from '../runs/run-id';
import { invalidValue, missingValue, type Fields } from '../wire';

const mostRuns = 100;
const mostPointsPerRun = 2500;
const mostPoints = 25_000;

/** Which steps of a metric's history, and how many points of each run. */
export interface Interval {
  readonly firstStep: number;
  readonly lastStep: number;
  readonly pointsPerRun: number;
}

/** The runs that the request names in the given field, 1 to 100. */
export function readRunIds(fields: Fields, field: 'run_id' | 'run_ids'): CandidateEid[] {
  const ids = fields.strings(field);
  if (ids.length === 0) throw missingValue(field);
  if (ids.length > mostRuns)
    throw invalid(`A request must specify at most ${mostRuns} ${field}. Received ${ids.length}.`, field);
  return ids.map(parseRunId);
}

/** How many points the answer may have in all; more are left out, as there is no next page. */
export function readMostPoints(fields: Fields): number {
  const limit = fields.int('max_results') ?? mostPoints;
  if (limit < 1) throw invalidValue('max_results', limit, 'It must be a positive integer.');
  return Math.min(limit, mostPoints);
}

/** The steps from `start_step` to `end_step`, both or neither. */
export function readInterval(fields: Fields): Interval {
  const [first, last] = [fields.int('start_step'), fields.int('end_step')];
  if ((first === undefined) !== (last === undefined))
    throw invalid('If either start step or end step are specified, both must be specified.', 'start_step');
  const [firstStep, lastStep] = [first ?? -Infinity, last ?? Infinity];
  if (firstStep > lastStep)
    throw invalid(
      `end_step must be greater than start_step. Found start_step=${firstStep} and end_step=${lastStep}.`,
      'end_step',
    );
  const pointsPerRun = fields.int('max_results') ?? mostPointsPerRun;
  if (pointsPerRun < 1 || pointsPerRun > mostPointsPerRun)
    throw invalid(`max_results must be between 1 and ${mostPointsPerRun}.`, 'max_results');
  return { firstStep, lastStep, pointsPerRun };
}

function byStep(one: MetricPoint, other: MetricPoint): number {
  return one.step - other.step || one.trackedAt - other.trackedAt;
}

/** Evenly spread points of the interval by step, the first and the last among them; of one point, the last. */
export function sample(points: readonly MetricPoint[], { firstStep, lastStep, pointsPerRun }: Interval): MetricPoint[] {
  const inside = points.filter(({ step }) => step >= firstStep && step <= lastStep).sort(byStep);
  if (inside.length <= pointsPerRun) return inside;
  if (pointsPerRun === 1) return inside.slice(-1);
  const stride = (inside.length - 1) / (pointsPerRun - 1);
  return Array.from({ length: pointsPerRun }, (_, index) => inside[Math.round(index * stride)] as MetricPoint);
}
