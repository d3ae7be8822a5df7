import { randomUUID } from 'node:crypto';
import type { Database } from '../../src/database';
import { measure, nodesOf, type PlanNode } from '../../test/plans/explain';
import type { Recorded } from '../../test/plans/recorded-statements';
import { growing } from '../../test/plans/whole-scans';

/** What a statement took. */
export interface Measured {
  readonly label: string;
  readonly milliseconds: number;
  /** Of 8 KiB, in PostgreSQL's memory or not. */
  readonly blocks: number;
  readonly rows: number;
  /** How the growing tables are read. */
  readonly reads: string;
}

const undo = new Error('What was measured is taken back');

/** Runs it twice and tells of the second time; what it writes is taken back. */
export async function measured(database: Database, { name, text, values, question }: Recorded): Promise<Measured> {
  const again = text.includes('INSERT INTO assay.candidates ') ? values.map(withNewIds) : values;
  await explainAndUndo(database, text, again);
  const plan = await explainAndUndo(database, text, again);
  return {
    label: name ?? question,
    milliseconds: plan['Actual Total Time'] ?? NaN,
    blocks: (plan['Shared Hit Blocks'] ?? NaN) + (plan['Shared Read Blocks'] ?? NaN),
    rows: plan['Actual Rows'] ?? NaN,
    reads: readsOf(plan),
  };
}

/** What was created once is created anew. */
function withNewIds(value: unknown): unknown {
  const ids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
  return typeof value === 'string' ? value.replace(ids, () => randomUUID()) : value;
}

async function explainAndUndo(database: Database, text: string, values: readonly unknown[]): Promise<PlanNode> {
  const plans: PlanNode[] = [];
  await database
    .transaction(async (transaction) => {
      plans.push(await measure(transaction, text, values));
      throw undo;
    })
    .catch(onlyUndo);
  const [plan] = plans;
  if (plan === undefined) throw new Error('It was measured');
  return plan;
}

function onlyUndo(error: unknown): void {
  if (error !== undo) throw error;
}

function readsOf(plan: PlanNode): string {
  const reads = nodesOf(plan).flatMap((node) => {
    const table = node['Relation Name'];
    if (table === undefined || !growing.has(table)) return [];
    const kind = { 'Index Scan': 'index', 'Index Only Scan': 'index only', 'Bitmap Heap Scan': 'bitmap' }[
      node['Node Type']
    ];
    return [`${table.replace(/^candidate_/, '')}: ${node.Operation?.toLowerCase() ?? kind ?? node['Node Type']}`];
  });
  return [...new Set(reads)].join(', ');
}

/** A table of Markdown, the slowest first; of several statements for one question the slowest. */
export function markdown(found: readonly Measured[]): string {
  const slowest = new Map<string, Measured>();
  const sorted = [...found].sort((one, other) => other.milliseconds - one.milliseconds);
  for (const one of sorted) if (!slowest.has(one.label)) slowest.set(one.label, one);
  const lines = [...slowest.values()].map(
    ({ label, milliseconds, blocks, rows, reads }) =>
      `| ${label.replaceAll('|', '\\|')} | ${milliseconds.toFixed(milliseconds < 10 ? 2 : 0)} | ${blocks.toLocaleString('en-US')} | ${rows.toLocaleString('en-US')} | ${reads} |`,
  );
  return [
    '| statement, or the question for which it is composed | ms | blocks | rows | reads |',
    '| --- | ---: | ---: | ---: | --- |',
    ...lines,
  ].join('\n');
}
