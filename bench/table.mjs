import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/**
 * @typedef {object} Row
 * @property {string} what
 * @property {string} figure
 * @property {string} [cost] CPU of the server and of PostgreSQL, or memory
 */

/** @typedef {{ seconds: number, batches: number, runs: number, searches: number, bytes: number }} Size */

/**
 * The line above the table.
 * @param {string} databaseUrl
 */
export async function describeMachine(databaseUrl) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query(
    `SELECT current_setting('server_version') AS version, current_setting('fsync') AS fsync,
            current_setting('synchronous_commit') AS synchronous`,
  );
  await client.end();
  const [{ version, fsync, synchronous }] = rows;
  const { version: assay } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'));
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 1024 ** 3)} GiB`;
  const date = new Date().toISOString().slice(0, 10);
  return `Assay ${assay}, ${date}; ${machine}; Node ${process.version}; PostgreSQL ${version}, fsync ${fsync}, synchronous_commit ${synchronous}\n`;
}

/** @param {Row[]} rows */
export function printTable(rows) {
  const cells = [['what', 'figure', 'cost'], ...rows.map(({ what, figure, cost = '' }) => [what, figure, cost])];
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((row) => row[column].length)));
  const lines = cells.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`);
  lines.splice(1, 0, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`);
  console.log(lines.join('\n'));
}

/** @param {number} value */
export function number(value) {
  return value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(3);
}

/**
 * @param {number[]} values
 * @param {number} share such as 0.95
 */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
