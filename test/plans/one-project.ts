import { conjunctsOf, nodesOf, type PlanNode } from './explain';

/** The project is a parameter, or comes from a row that was found by it. */
const boundCondition = /^\(?[\w"]+\.project_id = (?:(\$\d+)|\(?"?[\w*]+"?\.project_id)\)?$/;
const boundValue = /^\(?(\$\d+)\)?(?:::bigint)?$|\.project_id$/;

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

/** What holds a scan to a project, and the parameter when that is one. */
function boundBy(node: PlanNode): readonly string[] {
  const found = conditionsOf(node)
    .flatMap(conjunctsOf)
    .map((part): readonly string[] => boundCondition.exec(part) ?? []);
  return found.find(([, parameter]) => parameter) ?? found.find(([whole]) => whole) ?? [];
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
