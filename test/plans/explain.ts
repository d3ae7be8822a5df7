import type { Queryable } from '../../src/database';

/** A node of a plan as `EXPLAIN (FORMAT JSON)` tells it; only what is looked at. */
export interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Parent Relationship'?: string;
  readonly Operation?: string;
  readonly Schema?: string;
  readonly 'Relation Name'?: string;
  readonly Alias?: string;
  readonly Output?: readonly string[];
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly 'Recheck Cond'?: string;
  readonly 'Tid Cond'?: string;
  readonly Filter?: string;
  readonly 'Shared Hit Blocks'?: number;
  readonly 'Shared Read Blocks'?: number;
  readonly 'Actual Rows'?: number;
  readonly 'Actual Total Time'?: number;
  readonly Plans?: readonly PlanNode[];
}

/** The plan and all nodes below it. */
export function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

/** What has to hold together, of a condition such as `((a = 1) AND ((b = 2) OR (c = 3)))`: its parts on the outermost level. */
export function conjunctsOf(condition: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const token of condition.replace(/'(?:[^']|'')*'/g, "''").split(/([()]| AND | OR )/)) {
    if (depth === 1 && token === ' OR ') return [];
    if (depth === 1 && token === ' AND ') {
      parts.push(part);
      part = '';
      continue;
    }
    if (token === ')') depth -= 1;
    if (depth > 0) part += token;
    if (token === '(') depth += 1;
  }
  return [...parts, part];
}

async function plan(database: Queryable, options: string, text: string, values: readonly unknown[]): Promise<PlanNode> {
  const explain = { text: `EXPLAIN (${options}, FORMAT JSON) ${text}` };
  const [row] = await database.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(explain, values);
  if (row === undefined) throw new Error('EXPLAIN answers a row');
  return row['QUERY PLAN'][0].Plan;
}

/** The plan that serves whatever the values: how a named statement runs after its first few times. */
export function genericPlan(database: Queryable, text: string): Promise<PlanNode> {
  return plan(database, 'VERBOSE, GENERIC_PLAN', text, []);
}

/** The plan for these values. */
export function planFor(database: Queryable, text: string, values: readonly unknown[]): Promise<PlanNode> {
  return plan(database, 'VERBOSE', text, values);
}

/** Runs it and tells what it took. */
export function measure(database: Queryable, text: string, values: readonly unknown[]): Promise<PlanNode> {
  return plan(database, 'ANALYZE, BUFFERS', text, values);
}
