import { randomUUID } from 'node:crypto';

declare const brand: unique symbol;
type Branded<Value, Name extends string> = Value & { readonly [brand]: Name };

/** The forge's own numeric id of a project: one server serves one forge, so it is ours as well. */
export type ProjectId = Branded<number, 'ProjectId'>;
/** Counts from 0 (the Default experiment) within a project. */
export type ExperimentIid = Branded<number, 'ExperimentIid'>;
/** Counts from 1 within a project; what people see, and the key of every row of the candidate. */
export type CandidateIid = Branded<number, 'CandidateIid'>;
/** A lower-case UUID with hyphens: what machines see. */
export type CandidateEid = Branded<string, 'CandidateEid'>;

const eidPattern = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/;

/** A number that the forge vouched for. */
export function asProjectId(value: number): ProjectId {
  return value as ProjectId;
}

/** A number read from our own rows. */
export function asExperimentIid(value: number): ExperimentIid {
  return value as ExperimentIid;
}

/** A number read from our own rows. */
export function asCandidateIid(value: number): CandidateIid {
  return value as CandidateIid;
}

/** Reads an integer that somebody typed: undefined when it is not a whole number from 0 to 2^53 - 1 without sign or leading zeros. */
export function parseIid(text: string): number | undefined {
  if (!/^(0|[1-9][0-9]{0,15})$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}

/** Reads a UUID with or without hyphens, in lower case; undefined for anything else. */
export function parseEid(text: string): CandidateEid | undefined {
  if (!eidPattern.test(text)) return undefined;
  const hex = text.replaceAll('-', '');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  return parts.join('-') as CandidateEid;
}

/** A fresh random eid. */
export function newEid(): CandidateEid {
  return randomUUID() as CandidateEid;
}
