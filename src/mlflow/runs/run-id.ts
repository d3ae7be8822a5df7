import { AssayError, notFound, parseEid, type CandidateEid } from '../../common';
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

/** Says "not found" in the protocol's words. */
export async function ofRun<Result>(eid: CandidateEid, answer: Promise<Result>): Promise<Result> {
  try {
    return await answer;
  } catch (error) {
    throw error instanceof AssayError && error.kind === 'not-found' ? unknown(toRunId(eid)) : error;
  }
}
