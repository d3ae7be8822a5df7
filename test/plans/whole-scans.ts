import { conjunctsOf, nodesOf, type PlanNode } from './explain';

/** The tables that grow with every point, metric, param and tag that is logged. */
export const growing = new Set(['metric_points', 'candidate_metrics', 'candidate_params', 'candidate_tags']);

const scans = new Set(['Seq Scan', 'Sample Scan', 'Tid Range Scan']);

/** What an index is entered by: the project alone is most of a table on a server of few projects. */
function entry(node: PlanNode): readonly string[] {
  return node['Index Cond'] === undefined ? [] : conjunctsOf(node['Index Cond']);
}

/** The growing table that a bitmap of an index is for, by the index's name. */
function tableOf(node: PlanNode): string | undefined {
  if (node['Relation Name'] !== undefined) return node['Relation Name'];
  return [...growing].find((table) => node['Index Name']?.startsWith(table));
}

/** The places of a plan that read a growing table, or all that a project has in it, from end to end; none when all is well. */
export function wholeScans(plan: PlanNode): string[] {
  return nodesOf(plan).flatMap((node) => {
    const type = node['Node Type'];
    const table = tableOf(node);
    if (table === undefined || !growing.has(table)) return [];
    const whole = scans.has(type) || (/Index/.test(type) && entry(node).length < 2);
    return whole ? [`${type} ${table} ${node['Index Cond'] ?? ''}`.trim()] : [];
  });
}
