import { nodesOf, type PlanNode } from './explain';

/** The project is a parameter, or comes from a row that was found by it. */
const boundCondition = /^\(?[\w"]+\.project_id = (?:(\$\d+)|\(?"?[\w*]+"?\.project_id)\)?$/;
const boundValue = /^\(?(\$\d+)\)?(?:::bigint)?$|\.project_id$/;

/** What has to hold together, of a condition such as `((a = 1) AND ((b = 2) OR (c = 3)))`: its parts on the outermost level. */
function conjunctsOf(condition: string): string[] {
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

function conditionsOf(node: PlanNode): string[] {
  return [node['Index Cond'], node['Recheck Cond'], node.Filter, node['Tid Cond']].filter((text) => text !== undefined);
}

/** What an insert puts into its table's first column, which is `project_id` everywhere. */
function insertedProject(insert: PlanNode): string {
  let source = (insert.Plans ?? []).find((plan) => plan['Parent Relationship'] === 'Outer');
  while (source?.['Node Type'] === 'Subquery Scan' && !boundValue.test(source.Output?.[0] ?? '')) {
    source = source.Plans?.find((plan) => plan['Parent Relationship'] === 'Subquery');
  }
  return source?.Output?.[0] ?? 'nothing';
}

function boundBy(node: PlanNode): readonly (string | undefined)[] {
  const found = conditionsOf(node)
    .flatMap(conjunctsOf)
    .map((part) => boundCondition.exec(part) ?? []);
  return found.find(([, parameter]) => parameter !== undefined) ?? found.find(([whole]) => whole !== undefined) ?? [];
}

/** The places of a plan that look into a table of ours, or write into it, without being held to the one project; none when all is well. */
export function unboundPlaces(plan: PlanNode): string[] {
  const projects = new Set<string>();
  const places = nodesOf(plan).flatMap((node) => {
    const table = node['Relation Name'];
    if (table === undefined || node.Schema !== 'assay') return [];
    const inserts = node['Node Type'] === 'ModifyTable';
    if (inserts && node.Operation !== 'Insert') return [];
    const [bound, parameter] = inserts ? (boundValue.exec(insertedProject(node)) ?? []) : boundBy(node);
    if (parameter !== undefined) projects.add(parameter);
    return bound === undefined
      ? [`${node.Operation ?? node['Node Type']} ${table} ${conditionsOf(node).join(' ')}`]
      : [];
  });
  return projects.size > 1 ? [...places, `several projects: ${[...projects].join(', ')}`] : places;
}
