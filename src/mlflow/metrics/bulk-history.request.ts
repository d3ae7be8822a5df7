import type { HistorySample } from '../../candidates';
import { invalid, type CandidateEid } from '../../common';
import { parseRunId } from '../runs/run-id';
import { invalidValue, missingValue, type Fields } from '../wire';

const mostRuns = 100;
const mostPointsPerRun = 2500;
const mostPoints = 25_000;

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

/** The steps from `start_step` to `end_step`, both or neither, and how many points of each run. */
export function readInterval(fields: Fields): HistorySample {
  const [first, last] = [fields.int('start_step'), fields.int('end_step')];
  if ((first === undefined) !== (last === undefined))
    throw invalid('If either start step or end step are specified, both must be specified.', 'start_step');
  if (first !== undefined && last !== undefined && first > last)
    throw invalid(
      `end_step must be greater than start_step. Found start_step=${first} and end_step=${last}.`,
      'end_step',
    );
  const points = fields.int('max_results') ?? mostPointsPerRun;
  if (points < 1 || points > mostPointsPerRun)
    throw invalid(`max_results must be between 1 and ${mostPointsPerRun}.`, 'max_results');
  return { points, ...(first === undefined || last === undefined ? {} : { firstStep: first, lastStep: last }) };
}
