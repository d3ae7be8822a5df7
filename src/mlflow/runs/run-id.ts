import { candidateField } from '../../candidates';
import { AssayError, invalid, notFound, parseEid, type CandidateEid } from '../../common';
import { missingValue, type Fields } from '../wire';

/** A candidate's eid as the protocol shows it: 32 hex digits. */
export function toRunId(eid: CandidateEid): string {
  return eid.replaceAll('-', '');
}

function unknown(id: string): AssayError {
  return notFound(`Run with id=${id} not found`);
}

/** An id that somebody sent. @throws AssayError `not-found` when no run can have it */
export function parseRunId(id: string): CandidateEid {
  const eid = parseEid(id);
  if (eid === undefined) throw unknown(id);
  return eid;
}

/** The run that a request is about; `run_uuid` is the field's name of old. @throws AssayError `invalid`, `not-found` */
export function readRunId(fields: Fields): CandidateEid {
  const id = fields.string('run_id') ?? fields.string('run_uuid');
  if (id === undefined || id === '') throw missingValue('run_id');
  return parseRunId(id);
}

function inWireWords(error: unknown, eid: CandidateEid): unknown {
  if (!(error instanceof AssayError)) return error;
  const id = toRunId(eid);
  const ofCandidate = ` in candidate with eid ${eid}`;
  if (error.kind === 'not-found' && error.message.endsWith(ofCandidate))
    return notFound(`${error.message.slice(0, -ofCandidate.length)} in run with id ${id}`);
  if (error.field !== candidateField) return error;
  if (error.kind === 'not-found') return unknown(id);
  if (error.kind !== 'invalid') return error;
  return invalid(`The run ${id} must be in the 'active' state. Current state is deleted.`, 'run_id');
}

/** Says that the run is unknown or deleted in the protocol's words; other errors pass. */
export async function ofRun<Result>(eid: CandidateEid, answer: Promise<Result>): Promise<Result> {
  try {
    return await answer;
  } catch (error) {
    throw inWireWords(error, eid);
  }
}
