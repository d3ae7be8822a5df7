import { AssayError, cutText, invalid, type CandidateEid, type ExperimentIid } from '../common';

/** The field that names the candidate in errors about the candidate itself, so that callers can tell them from others. */
export const candidateField = 'eid';

/** No candidate of the project has this eid. */
export function unknownCandidate(eid: CandidateEid): AssayError {
  return new AssayError('not-found', `Candidate with eid=${eid} not found`, { field: candidateField });
}

/** A write to a deleted candidate. */
export function deletedCandidate(eid: CandidateEid): AssayError {
  return invalid(
    `The candidate ${eid} must be in the 'active' state; it is deleted, restore it before writing to it`,
    candidateField,
  );
}

/** A candidate that was to come back while it is being deleted for good. */
export function goingCandidate(eid: CandidateEid): AssayError {
  return invalid(`The candidate ${eid} is being deleted for good; it cannot be restored or changed`, candidateField);
}

/** A candidate for an experiment that is not there. */
export function unknownExperiment(iid: ExperimentIid): AssayError {
  return new AssayError('not-found', `No experiment with id=${iid} exists`, { field: 'experiment' });
}

/** A candidate for a deleted experiment. */
export function deletedExperiment(iid: ExperimentIid): AssayError {
  return invalid(
    `The experiment ${iid} must be in the 'active' state; it is deleted, restore it before adding candidates`,
    'experiment',
  );
}

/** A param that was logged with another value. */
export function changedParam(name: string, was: string, wanted: string): AssayError {
  const [old, fresh] = [was, wanted].map((value) => JSON.stringify(cutText(value, 200)));
  return invalid(
    `Changing param values is not allowed: ${JSON.stringify(name)} was already logged with value ${old ?? ''}, ` +
      `so ${fresh ?? ''} is refused; log it under another name or to another candidate`,
    'params',
  );
}
