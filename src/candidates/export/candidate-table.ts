import { invalid, type CandidateIid, type ProjectId } from '../../common';
import type { Queryable } from '../../database';
import { fillColumns, logged, type AskedColumn, type CandidateColumn, type Logged } from './columns';
import { metricIds, namesOf, rowsStatement } from './export.statements';
import { chunksOf } from './selection';
import type { Cell, Table } from './table';

/** Candidates whose names are looked through at once. */
const namesChunk = 10_000;
/** Candidates that are read at once: at first, at least and at most. */
const rowsAtOnce = { first: 100, least: 10, most: 1_000 };
/** Characters of one chunk of candidates, about; what they logged says how many candidates that is. */
const charactersAtOnce = 2_000_000;
/** So few names are looked up one by one; with more of them, all that a candidate has is read. */
const fewNames = 100;

type Names = Record<Logged, readonly string[]>;
type Row = { readonly iid: CandidateIid } & Readonly<Record<string, Cell | Readonly<Record<string, Cell>>>>;

/** What one export reads. */
export interface CandidateExport {
  readonly project: ProjectId;
  /** In the order of the rows. */
  readonly iids: readonly CandidateIid[];
  readonly asked: readonly AskedColumn[];
  readonly mostColumns: number;
  /** Ends the reading, between two statements. */
  readonly stopped: AbortSignal;
}

/** The candidates with the latest value of each metric, params and tags. @throws AssayError `invalid` for too many columns */
export async function candidateTable(snapshot: Queryable, asked: CandidateExport): Promise<Table> {
  const columns = fillColumns(asked.asked, await findNames(snapshot, asked));
  checkColumns(columns.length, asked.mostColumns);
  const metrics = keysOf(columns, 'metrics');
  const rows =
    metrics.length === 0
      ? []
      : await snapshot.query<{ metric_id: number; name: string }>(metricIds, [asked.project, metrics]);
  const ids = new Map(rows.map(({ metric_id, name }) => [name, metric_id]));
  return { columns, rows: candidateRows(snapshot, asked, new RowReader(columns, ids)) };
}

function keysOf(columns: readonly CandidateColumn[], kind: Logged): string[] {
  return columns.filter(({ from }) => from === kind).map(({ key }) => key);
}

function checkColumns(count: number, most: number): void {
  if (count <= most) return;
  throw invalid(
    `The selection has more than ${most} columns, which is the most of one export; name those you need, such as columns=iid,name,metrics.loss`,
    'columns',
  );
}

/** The names behind each `*` that is asked for. */
async function findNames(
  snapshot: Queryable,
  { project, iids, asked, mostColumns, stopped }: CandidateExport,
): Promise<Names> {
  const names: Names = { metrics: [], params: [], tags: [] };
  for (const from of logged.filter((kind) => asked.some((column) => !('name' in column) && column.from === kind))) {
    const found = new Set<string>();
    for (const chunk of chunksOf(iids, namesChunk)) {
      stopped.throwIfAborted();
      const rows = await snapshot.query<{ name: string }>(namesOf[from], [project, chunk, mostColumns + 1]);
      for (const { name } of rows) found.add(name);
      checkColumns(found.size, mostColumns);
    }
    names[from] = [...found].sort();
  }
  return names;
}

async function* candidateRows(
  snapshot: Queryable,
  { project, iids, stopped }: CandidateExport,
  reader: RowReader,
): AsyncGenerator<Cell[][]> {
  let size = rowsAtOnce.first;
  for (let start = 0; start < iids.length;) {
    stopped.throwIfAborted();
    const chunk = iids.slice(start, start + size);
    start += size;
    const rows = await snapshot.query<Row>(reader.statement, [project, chunk, ...reader.values]);
    const cells = new Map(rows.map((row) => [row.iid, reader.cells(row)]));
    const found = chunk.flatMap((iid) => {
      const row = cells.get(iid);
      return row === undefined ? [] : [row];
    });
    size = sizeAfter(size, found);
    yield found;
  }
}

/** So that the next chunk has about as many characters as it should, but never more than four times the candidates of this one. */
function sizeAfter(size: number, rows: readonly (readonly Cell[])[]): number {
  let characters = 1;
  for (const row of rows) for (const cell of row) characters += typeof cell === 'string' ? cell.length : 1;
  const fitting = Math.min(Math.floor((size * charactersAtOnce) / characters), 4 * size);
  return Math.min(Math.max(fitting, rowsAtOnce.least), rowsAtOnce.most);
}

/** Reads the rows of candidates with nothing that no column needs. */
class RowReader {
  readonly statement;
  /** After the project and the candidates. */
  readonly values: unknown[] = [];
  private readonly places: { readonly from: Logged; readonly columns: ReadonlyMap<string, number> }[] = [];
  private readonly attributes: readonly (readonly [place: number, key: string])[];

  constructor(
    private readonly columns: readonly CandidateColumn[],
    metrics: ReadonlyMap<string, number>,
  ) {
    this.attributes = columns.flatMap(({ from, key }, place) => (from === 'attribute' ? [[place, key] as const] : []));
    this.statement = rowsStatement(
      logged.flatMap((from) => {
        const places = this.placesOf(from, metrics);
        if (places.size === 0) return [];
        this.places.push({ from, columns: places });
        const keys = [...places.keys()];
        return keys.length > fewNames
          ? [{ from }]
          : [{ from, only: this.bind(from === 'metrics' ? keys.map(Number) : keys, from) }];
      }),
    );
  }

  cells(row: Row): Cell[] {
    const cells = new Array<Cell>(this.columns.length).fill(null);
    for (const [place, key] of this.attributes) cells[place] = row[key] as Cell;
    for (const { from, columns } of this.places) {
      for (const [key, value] of Object.entries(row[from] ?? {})) {
        const place = columns.get(key);
        if (place !== undefined) cells[place] = from === 'metrics' ? Number(value) : (value as Cell);
      }
    }
    return cells;
  }

  private placesOf(kind: Logged, metrics: ReadonlyMap<string, number>): Map<string, number> {
    const places = new Map<string, number>();
    this.columns.forEach(({ from, key }, place) => {
      if (from !== kind) return;
      const found = kind === 'metrics' ? metrics.get(key)?.toString() : key;
      if (found !== undefined) places.set(found, place);
    });
    return places;
  }

  private bind(keys: readonly unknown[], from: Logged): string {
    return `$${this.values.push(keys) + 2}::${from === 'metrics' ? 'integer[]' : 'text[]'}`;
  }
}
