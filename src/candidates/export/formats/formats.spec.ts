import fc from 'fast-check';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import type { Cell, Column, Table } from '../table';
import { formats } from '.';

const columns: readonly Column[] = [
  { name: 'iid', type: 'integer' },
  { name: 'metrics.a, "b"', type: 'number' },
  { name: 'params.x', type: 'text' },
  { name: 'started_at', type: 'timestamp' },
];

type Row = [iid: number | null, metric: number | null, param: string | null, startedAt: number | null];

const storable = fc.string({ unit: 'grapheme' }).filter((text) => !/\0|\p{Surrogate}/u.test(text));
const dangerous = fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', "'", '"', ',', '');
const text = fc.tuple(fc.array(dangerous, { maxLength: 3 }), storable).map(([marks, rest]) => marks.join('') + rest);
const orNull = <Value>(values: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> => fc.option(values);
const rows: fc.Arbitrary<Row[]> = fc.array(
  fc.tuple(
    orNull(fc.maxSafeInteger()),
    orNull(fc.double()),
    orNull(text),
    orNull(fc.oneof(fc.maxSafeInteger(), fc.date({ noInvalidDate: true }).map(Number))),
  ),
);

/** Rows some at a time, in twos and an empty lot among them. */
function tableOf(all: readonly (readonly Cell[])[]): Table {
  async function* batches(): AsyncGenerator<readonly (readonly Cell[])[]> {
    await Promise.resolve();
    for (let start = 0; start < all.length; start += 2) {
      yield all.slice(start, start + 2);
      yield [];
    }
  }
  return { columns, rows: batches() };
}

async function encoded(format: keyof typeof formats, all: readonly Row[]): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of formats[format].encode(tableOf(all))) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** RFC 4180, to the letter; undefined for an empty field that has no quotes. */
function parseCsv(csv: string): (string | undefined)[][] {
  const records: (string | undefined)[][] = [];
  let record: (string | undefined)[] = [];
  for (let at = 0; at < csv.length;) {
    const field = /"((?:[^"]|"")*)"|[^",\r\n]*/y;
    field.lastIndex = at;
    const [whole = '', quoted] = field.exec(csv) ?? [];
    record.push(quoted === undefined ? whole || undefined : quoted.replaceAll('""', '"'));
    at += whole.length;
    if (csv[at] === ',') at += 1;
    else if (csv.startsWith('\r\n', at)) {
      records.push(record);
      record = [];
      at += 2;
    } else throw new Error(`Neither a comma nor the end of a line at ${at}: ${csv.slice(at, at + 20)}`);
  }
  return records;
}

function numberOf(field: string | undefined): number | null {
  if (field === undefined) return null;
  return field.endsWith('inf') ? Number(field.replace('inf', 'Infinity')) : Number(field);
}

/** The way back that the documentation tells. */
function withoutApostrophe(field: string): string {
  return /^'+[=+\-@\t\r\n＝＋－＠]/.test(field) ? field.slice(1) : field;
}

function momentOf(field: string | undefined): number | null {
  return field === undefined ? null : /Z$/.test(field) ? Date.parse(field) : Number(field);
}

describe('CSV', () => {
  it('gives back every value that was written', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (all) => {
        const [header, ...records] = parseCsv((await encoded('csv', all)).toString());
        expect(header).toEqual(columns.map(({ name }) => name));
        const back = records.map(([iid, metric, param, startedAt]): Row => {
          const text = param === undefined ? null : withoutApostrophe(param);
          return [numberOf(iid), numberOf(metric), text, momentOf(startedAt)];
        });
        expect(back).toEqual(all);
      }),
    );
  });

  it('has no text that a spreadsheet takes for a formula, and numbers as they are', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (all) => {
        const [, ...records] = parseCsv((await encoded('csv', all)).toString());
        for (const [, , param = ''] of records) {
          if (!/^[+-]?[0-9.]+(e[+-]?[0-9]+)?$/i.test(param)) expect(param).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
        }
      }),
    );
  });

  it.each([
    ['=1+1', "'=1+1"],
    ["'=1+1", "''=1+1"],
    ['-1.5e-3', '-1.5e-3'],
    ['-1+cmd', "'-1+cmd"],
    ["it's", "it's"],
    ['', '""'],
    ['a,b', '"a,b"'],
    ['say "ah"\n', '"say ""ah""\n"'],
  ])('writes the text %j as %s', async (text, field) => {
    const [, line] = (await encoded('csv', [[1, -2, text, 0]])).toString().split('\r\n');
    expect(line).toBe(`1,-2,${field},1970-01-01T00:00:00.000Z`);
  });

  it('writes what is no finite number, nothing, and moments beyond the calendar', async () => {
    const all: Row[] = [
      [1, NaN, null, 9e15],
      [2, Infinity, null, null],
      [3, -Infinity, null, -1],
      [4, -0, null, null],
    ];
    expect((await encoded('csv', all)).toString().split('\r\n').slice(1)).toEqual([
      '1,NaN,,9000000000000000',
      '2,inf,,',
      '3,-inf,,1969-12-31T23:59:59.999Z',
      '4,-0,,',
      '',
    ]);
  });
});

describe('JSON', () => {
  const objectOf = (row: Row): Record<string, unknown> =>
    Object.fromEntries(
      row.flatMap((cell, index) => {
        if (cell === null) return [];
        const named = typeof cell === 'number' && !Number.isFinite(cell) ? String(cell) : cell;
        return [[columns[index]?.name ?? '', named]];
      }),
    );

  it('is one array of all rows', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (all) => {
        expect(JSON.parse((await encoded('json', all)).toString())).toEqual(all.map(objectOf));
      }),
    );
  });

  it('is an object a line as NDJSON', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (all) => {
        const lines = (await encoded('ndjson', all)).toString().split('\n');
        expect(lines.pop()).toBe('');
        expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(all.map(objectOf));
      }),
    );
  });
});

describe('Parquet', () => {
  function fileOf(buffer: Buffer): ArrayBuffer {
    return buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.byteLength) as ArrayBuffer;
  }

  const parsers = { timestampFromMilliseconds: (milliseconds: bigint) => milliseconds };

  it('gives back every value that was written', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (all) => {
        const file = fileOf(await encoded('parquet', all));
        const objects = await parquetReadObjects({ file, parsers });
        const back = objects.map((object) => columns.map(({ name }) => object[name] as unknown));
        const whole = (value: number | null): unknown => (value === null ? null : BigInt(value));
        expect(back).toEqual(all.map(([iid, metric, param, at]) => [whole(iid), metric, param, whole(at)]));
      }),
      { numRuns: 50 },
    );
  });

  it('begins a new group of rows before one gets too large to hold', async () => {
    const long = 'x'.repeat(6_000);
    const all = Array.from({ length: 6_000 }, (_, iid): Row => [iid, iid / 3, `${iid}${long}`, iid]);
    const metadata = parquetMetadata(fileOf(await encoded('parquet', all)));
    expect(metadata.num_rows).toBe(6_000n);
    expect(metadata.row_groups.length).toBeGreaterThan(1);
  });
});
