import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { print } from './report.mjs';
import { lessIsBetter, rows } from './rows.mjs';

/** @typedef {Record<string, import('./target.mjs').Measured>} Found by the rows' ids */

/** The line above the tables. @param {string} databaseUrl */
export async function describeMachine(databaseUrl) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const settings = ['server_version', 'fsync', 'synchronous_commit'];
  const { rows: found } = await client.query('SELECT name, setting FROM pg_settings WHERE name = ANY ($1)', [settings]);
  await client.end();
  const [version, ...others] = settings.map((name) => [name, found.find((row) => row.name === name)?.setting]);
  const { version: assay } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'));
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 1024 ** 3)} GiB`;
  const date = new Date().toISOString().slice(0, 10);
  const postgres = `PostgreSQL ${version?.[1]}, ${others.map(([name, value]) => `${name} ${value}`).join(', ')}`;
  return `Assay ${assay}, ${date}; ${machine}; Node ${process.version}; ${postgres}\n`;
}

/** @param {readonly string[]} head @param {readonly (readonly string[])[]} lines */
export function printTable(head, lines) {
  const cells = [head, ...lines];
  const widths = head.map((_, column) => Math.max(...cells.map((line) => (line[column] ?? '').length)));
  const text = cells.map((line) => `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
  text.splice(1, 0, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`);
  print(`${text.join('\n')}\n`);
}

/** @param {import('./target.mjs').Measured | undefined} measured @param {import('./rows.mjs').Row} row */
export function cell(measured, { by }) {
  if (measured === undefined) return '–';
  const { rate, ms, cpu, megabytes, note } = measured;
  if (by === 'ms') return `${number(ms ?? Number.NaN)} ms${cpu === undefined ? '' : `; ${number(cpu)} ms CPU`}`;
  if (by === 'megabytes') return `${number(megabytes ?? Number.NaN)} MB${note === undefined ? '' : `/s, ${note}`}`;
  return `${number(rate ?? Number.NaN)}/s; ${number(cpu ?? Number.NaN)} ms CPU`;
}

/**
 * How many times better ours is than the other; below 1 it is worse.
 * @param {import('./target.mjs').Measured | undefined} ours
 * @param {import('./target.mjs').Measured | undefined} other
 * @param {import('./rows.mjs').Row} row
 */
export function ratio(ours, other, row) {
  const [a, b] = [ours?.[row.by], other?.[row.by]];
  if (a === undefined || b === undefined) return '–';
  return `${number(lessIsBetter(row) ? b / a : a / b)}×`;
}

/** Ours, what it may cost, and the floor. @param {Found} ours @param {Found} floor */
export function printRows(ours, floor) {
  const lines = rows
    .filter(({ id }) => ours[id] !== undefined)
    .map((row) => {
      const mine = ours[row.id];
      const parts =
        mine?.server === undefined ? '–' : `${number(mine.server)} + ${number(mine.postgres ?? Number.NaN)} ms`;
      const bare = floor[row.id];
      return [row.what, cell(mine, row), parts, row.goal ?? '–', cell(bare, row), ratio(mine, bare, row)];
    });
  printTable(['work', 'Assay', 'CPU: server + PostgreSQL', 'goal', 'floor', 'to the floor'], lines);
}

/** Ours beside other servers. @param {Found} ours @param {readonly { name: string, found: Found }[]} others */
export function printBeside(ours, others) {
  const lines = rows
    .filter(({ id }) => ours[id] !== undefined)
    .map((row) => {
      const beside = others.flatMap(({ found }) => [cell(found[row.id], row), ratio(ours[row.id], found[row.id], row)]);
      return [row.what, cell(ours[row.id], row), ...beside];
    });
  printTable(['work', 'Assay', ...others.flatMap(({ name }) => [name, `to ${name}`])], lines);
}

/** @param {readonly Found[]} found of one worker, of two */
export function printWorkers([one, two]) {
  const lines = Object.entries(one ?? {}).map(([what, single]) => {
    const both = two?.[what];
    const row = { id: what, what, by: /** @type {const} */ ('rate') };
    const cpu = (both?.cpu ?? Number.NaN) / (single.cpu ?? Number.NaN);
    return [what, cell(single, row), cell(both, row), ratio(both, single, row), `${number(cpu)}×`];
  });
  printTable(['two processes', 'ASSAY_WORKERS=1', 'ASSAY_WORKERS=2', 'requests', 'CPU a request'], lines);
}

/**
 * How the figures of one place grow into those of another.
 * @param {string} title
 * @param {readonly { name: string, found: Found }[]} steps
 */
export function printGrowth(title, steps) {
  const [first] = steps;
  if (first === undefined) return;
  const by = (id) => ({ id, what: id, by: /** @type {const} */ (id.startsWith('search') ? 'ms' : 'cpu') });
  const lines = Object.keys(first.found).map((id) => {
    const figure = (found) => found[id]?.[by(id).by] ?? Number.NaN;
    const cells = steps.map(({ found }) => cell(found[id], by(id)));
    return [id, ...cells, ...steps.slice(1).map(({ found }) => `${number(figure(found) / figure(first.found))}×`)];
  });
  printTable([title, ...steps.map(({ name }) => name), ...steps.slice(1).map(({ name }) => `growth: ${name}`)], lines);
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
