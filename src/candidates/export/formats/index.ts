import type { Table } from '../table';
import { csv } from './csv';
import { json, ndjson } from './json';
import { parquet } from './parquet';

/** A way to write a table, as it comes. */
export interface Format {
  readonly contentType: string;
  /** Also the ending of the file's name. */
  readonly name: string;
  encode(table: Table): AsyncIterable<Buffer>;
}

/** The formats by the names under which they are asked for. */
export const formats = {
  csv: { name: 'csv', contentType: 'text/csv; charset=utf-8; header=present', encode: csv },
  json: { name: 'json', contentType: 'application/json; charset=utf-8', encode: json },
  ndjson: { name: 'ndjson', contentType: 'application/x-ndjson; charset=utf-8', encode: ndjson },
  parquet: { name: 'parquet', contentType: 'application/vnd.apache.parquet', encode: parquet },
} as const satisfies Record<string, Format>;
