/** The limits of what one request may log or export; each refusal names the limit. */
export interface CandidatesOptions {
  /** Points in one write. */
  readonly pointsPerWrite: number;
  /** Params in one write. */
  readonly paramsPerWrite: number;
  /** Tags in one write. */
  readonly tagsPerWrite: number;
  /** Points, params and tags together in one write. */
  readonly entriesPerWrite: number;
  /** Characters of the name of a metric, param or tag. */
  readonly nameLength: number;
  /** Characters of a param's value. */
  readonly paramValueLength: number;
  /** Characters of a tag's value. */
  readonly tagValueLength: number;
  /** Whether longer values of params and tags are cut, as MLflow does, or refused. */
  readonly cutLongValues: boolean;
  /** Rows that share one commit at most; one write with more goes alone. */
  readonly rowsPerCommit: number;
  /** Exports that a process makes at a time; each holds a connection of the pool while its client reads. */
  readonly exportsAtOnce: number;
  /** Candidates of one export. */
  readonly candidatesPerExport: number;
  /** Columns of one export. */
  readonly columnsPerExport: number;
}

/** The token under which {@link CandidatesOptions} are injected. */
export const CandidatesOptions = Symbol('CandidatesOptions');

/** MLflow's own limits of what is logged. */
export const candidatesDefaults: CandidatesOptions = {
  pointsPerWrite: 1_000,
  paramsPerWrite: 100,
  tagsPerWrite: 100,
  entriesPerWrite: 1_000,
  nameLength: 250,
  paramValueLength: 6_000,
  tagValueLength: 8_000,
  cutLongValues: true,
  rowsPerCommit: 20_000,
  exportsAtOnce: 3,
  candidatesPerExport: 1_000_000,
  columnsPerExport: 2_000,
};
