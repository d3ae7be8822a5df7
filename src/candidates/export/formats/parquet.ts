import type { SchemaElement } from 'hyparquet';
import type { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { Cell, Column, ColumnType, Table } from '../table';

/** Cells that are held and encoded at once: some 30 ms of this thread. */
const cellsPerGroup = 250_000;
/** Narrower groups would make the list of all groups, which is held until the end, too long. */
const fewestRows = 1_000;
/** Characters of text that are held at once, whatever the number of rows. */
const charactersPerGroup = 16_000_000;

const elements: Readonly<Record<ColumnType, Omit<SchemaElement, 'name'>>> = {
  integer: { type: 'INT64' },
  number: { type: 'DOUBLE' },
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  timestamp: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
};

/** Apache Parquet with Snappy; every column may have nulls, timestamps are in UTC with milliseconds. */
export async function* parquet({ columns, rows }: Table): AsyncGenerator<Buffer> {
  // Loaded when it is needed, because every start of the server would wait for it.
  const parquetWriter = await import('hyparquet-writer');
  const bytes = new parquetWriter.ByteWriter();
  const file = new parquetWriter.ParquetWriter({ writer: bytes, schema: schemaOf(columns), createdBy: 'Assay' });
  const rowsPerGroup = Math.max(fewestRows, Math.floor(cellsPerGroup / columns.length));
  let group = new RowGroup(columns);
  for await (const batch of rows) {
    for (const cells of batch) {
      group.add(cells);
      if (group.rows < rowsPerGroup && group.characters < charactersPerGroup) continue;
      group.writeTo(file);
      group = new RowGroup(columns);
      yield take(bytes);
    }
  }
  group.writeTo(file);
  void file.finish();
  yield take(bytes);
}

/** Rows by column, until there are enough. */
class RowGroup {
  rows = 0;
  characters = 0;
  private readonly data: (Cell | bigint)[][];

  constructor(private readonly columns: readonly Column[]) {
    this.data = columns.map(() => []);
  }

  add(cells: readonly Cell[]): void {
    this.rows += 1;
    cells.forEach((cell, index) => {
      const whole = typeof cell === 'number' && this.columns[index]?.type === 'integer';
      this.data[index]?.push(whole ? BigInt(cell) : cell);
      if (typeof cell === 'string') this.characters += cell.length;
    });
  }

  /** Nothing when there are no rows. */
  writeTo(file: ParquetWriter): void {
    if (this.rows === 0) return;
    const columnData = this.columns.map(({ name, type }, index) => ({
      name,
      data: this.data[index] ?? [],
      // A dictionary takes both zeros for one.
      ...(type === 'number' ? ({ encoding: 'PLAIN' } as const) : {}),
    }));
    void file.write({ columnData, rowGroupSize: this.rows });
  }
}

function schemaOf(columns: readonly Column[]): SchemaElement[] {
  return [
    { name: 'root', num_children: columns.length },
    ...columns.map(({ name, type }): SchemaElement => ({ name, repetition_type: 'OPTIONAL', ...elements[type] })),
  ];
}

/** What was written since the last time; the writer goes on with an empty buffer. */
function take(bytes: ByteWriter): Buffer {
  const taken = Buffer.from(bytes.getBytes().slice());
  bytes.index = 0;
  return taken;
}
