import type { CandidateEid, NamedValue } from '../../common';
import { changedParam } from '../candidate-errors';
import type { CandidateWrite } from '../requests';
import { arrayLiteral } from './array-literal';
import { pointValues, sortPoints, type NumberedPoint } from './point-rows';

interface Merged {
  readonly eid: CandidateEid;
  readonly params: Map<string, string>;
  readonly tags: Map<string, string>;
  name?: string;
  commit?: string;
  branch?: string;
  mergeRequest?: number;
}

function mergeParams(into: Map<string, string>, params: readonly NamedValue[]): void {
  for (const { name, value } of params) {
    const earlier = into.get(name);
    if (earlier !== undefined && earlier !== value) throw changedParam(name, earlier, value);
    into.set(name, value);
  }
}

function mergeInto(merged: Merged, { params, tags, name, source }: CandidateWrite): void {
  mergeParams(merged.params, params);
  for (const tag of tags) merged.tags.set(tag.name, tag.value);
  if (name) merged.name = name;
  if (source?.commit) merged.commit = source.commit;
  if (source?.branch) merged.branch = source.branch;
  if (source?.mergeRequest !== undefined) merged.mergeRequest = source.mergeRequest;
}

/** Writes put together: one entry a candidate, sorted, so that concurrent batches lock rows in one order. */
export interface WriteBatch {
  readonly eids: readonly CandidateEid[];
  readonly metricNames: ReadonlySet<string>;
  /** True when there is nothing but points. */
  readonly pointsOnly: boolean;
  /** The values of the statement for points only. */
  pointValues(ids: ReadonlyMap<string, number>): unknown[];
  /** The further values of the full statement. */
  otherValues(): unknown[];
}

function byCandidate(writes: readonly CandidateWrite[]): Merged[] {
  const merged = new Map<CandidateEid, Merged>();
  for (const write of writes) {
    const entry = merged.get(write.eid) ?? { eid: write.eid, params: new Map(), tags: new Map() };
    merged.set(write.eid, entry);
    mergeInto(entry, write);
  }
  return [...merged.values()].sort((a, b) => (a.eid < b.eid ? -1 : 1));
}

function namedValues(candidates: readonly Merged[], kind: 'params' | 'tags'): unknown[] {
  const rows = candidates.flatMap((candidate, index) =>
    [...candidate[kind]].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => [index + 1, name, value] as const),
  );
  return [
    arrayLiteral(rows.map(([candidate]) => candidate)),
    rows.map(([, name]) => name),
    rows.map(([, , value]) => value),
  ];
}

function changes(candidates: readonly Merged[]): unknown[] {
  const changed = candidates
    .map((candidate, index) => ({ ...candidate, number: index + 1 }))
    .filter(({ name, commit, branch, mergeRequest }) => (name ?? commit ?? branch ?? mergeRequest) !== undefined);
  return [
    arrayLiteral(changed.map(({ number }) => number)),
    changed.map(({ name }) => name ?? null),
    changed.map(({ commit }) => commit ?? null),
    changed.map(({ branch }) => branch ?? null),
    arrayLiteral(changed.map(({ mergeRequest }) => mergeRequest ?? null)),
  ];
}

/** Whether there is nothing but points. */
export function isPointsOnly({ params, tags, name, source }: CandidateWrite): boolean {
  return params.length === 0 && tags.length === 0 && !name && source === undefined;
}

/**
 * Puts writes together, those of one candidate in their order.
 * @throws AssayError `invalid` when they give one param two values
 */
export function mergeWrites(writes: readonly CandidateWrite[]): WriteBatch {
  const candidates = byCandidate(writes);
  const numbers = new Map(candidates.map(({ eid }, index) => [eid, index + 1]));
  return {
    eids: candidates.map(({ eid }) => eid),
    metricNames: new Set(writes.flatMap(({ points }) => points.map(({ name }) => name))),
    pointsOnly: writes.every(isPointsOnly),
    pointValues(ids) {
      const points = writes.flatMap((write) =>
        write.points.map(({ name, value, step, trackedAt }): NumberedPoint => {
          return { candidate: numbers.get(write.eid) ?? 0, metric: ids.get(name) ?? 0, step, trackedAt, value };
        }),
      );
      return [arrayLiteral(candidates.map(({ eid }) => eid)), ...pointValues(sortPoints(points))];
    },
    otherValues: () => [
      ...namedValues(candidates, 'tags'),
      ...namedValues(candidates, 'params'),
      ...changes(candidates),
    ],
  };
}
