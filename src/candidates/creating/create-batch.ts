import type { CandidateEid, NamedValue } from '../../common';
import type { NewCandidate } from '../requests';
import { arrayLiteral } from '../writing/array-literal';

/** A new candidate with all that it does not leave to the server. */
export interface PreparedCandidate extends NewCandidate {
  readonly eid: CandidateEid;
  readonly name: string;
  readonly status: NonNullable<NewCandidate['status']>;
  /** One a name, sorted. */
  readonly tags: readonly NamedValue[];
}

/** The last of each name, with the candidate's own name under its tag, sorted by name. */
export function tagsOf({ tags, nameTag }: NewCandidate, name: string): NamedValue[] {
  const values = new Map(tags.map((tag) => [tag.name, tag.value]));
  if (nameTag !== undefined) values.set(nameTag, name);
  return [...values].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => ({ name, value }));
}

/** The values of the statement that creates candidates. */
export function createValues(project: number, candidates: readonly PreparedCandidate[]): unknown[] {
  const tags = candidates.flatMap((candidate, index) =>
    candidate.tags.map((tag) => ({ ...tag, candidate: index + 1 })),
  );
  return [
    project,
    arrayLiteral(candidates.map(({ eid }) => eid)),
    arrayLiteral(candidates.map(({ experimentIid }) => experimentIid)),
    candidates.map(({ name }) => name),
    candidates.map(({ status }) => status),
    arrayLiteral(candidates.map(({ startedAt }) => startedAt)),
    candidates.map(({ userName }) => userName),
    candidates.map(({ createdBy }) => createdBy),
    candidates.map(({ source }) => source?.commit || null),
    candidates.map(({ source }) => source?.branch || null),
    arrayLiteral(candidates.map(({ source }) => source?.mergeRequest ?? null)),
    arrayLiteral(tags.map(({ candidate }) => candidate)),
    tags.map(({ name }) => name),
    tags.map(({ value }) => value),
  ];
}
