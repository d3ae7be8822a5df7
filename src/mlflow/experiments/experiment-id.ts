import { AssayError, asExperimentIid, invalid, notFound, parseIid, type ExperimentIid } from '../../common';
import type { Fields } from '../wire';

const domainWords = /^No (deleted )?experiment with id=/;

function unknown(id: string): AssayError {
  return notFound(`No Experiment with id=${id} exists`);
}

/** Reads one id; undefined for a whole number that no experiment can have. @throws AssayError `invalid` for other text */
export function parseExperimentId(id: string): ExperimentIid | undefined {
  if (!/^-?[0-9]+$/.test(id))
    throw invalid(`Invalid experiment ID '${id}'. Experiment ID must be a valid integer.`, 'experiment_id');
  const iid = parseIid(id.replace(/^0+(?=[0-9])/, ''));
  return iid === undefined ? undefined : asExperimentIid(iid);
}

/** @throws AssayError `invalid` when it is missing or no number, `not-found` for a number that none can have */
export function readExperimentId(fields: Fields): ExperimentIid {
  const id = fields.requiredString('experiment_id');
  const iid = parseExperimentId(id);
  if (iid === undefined) throw unknown(id);
  return iid;
}

/** Says that the experiment is unknown in the protocol's words; other errors pass, such as that it has no such tag. */
export async function ofExperiment<Result>(iid: ExperimentIid, answer: Promise<Result>): Promise<Result> {
  try {
    return await answer;
  } catch (error) {
    const isUnknown = error instanceof AssayError && error.kind === 'not-found' && domainWords.test(error.message);
    throw isUnknown ? unknown(String(iid)) : error;
  }
}
