import type { CandidateIid, ProjectId } from '../../common';
import type { Statement } from '../../database';
import { attributeColumns, type FieldSelection, type ListName } from './field-selection';

type Wanted = 'all' | readonly string[];

function aggregate(element: string, order: string, from: string): string {
  return `(SELECT coalesce(json_agg(${element} ORDER BY ${order}), '[]') FROM ${from})`;
}

function namedList(table: string, names: string | undefined): string {
  const only = names === undefined ? '' : ` AND x.name = ANY (${names})`;
  return aggregate(
    `json_build_object('name', x.name, 'value', x.value)`,
    'x.name',
    `assay.${table} x WHERE x.project_id = $1 AND x.candidate_iid = c.iid${only}`,
  );
}

/** JSON has no NaN and no infinities, so values go as text. */
const metricElement = 'json_build_array(n.name, m.latest::text, m.latest_step, m.latest_tracked_at)';

function metricList(names: string | undefined): string {
  if (names === undefined) {
    return aggregate(
      metricElement,
      'n.name',
      `assay.candidate_metrics m JOIN assay.metric_names n ON n.project_id = $1 AND n.metric_id = m.metric_id
        WHERE m.project_id = $1 AND m.candidate_iid = c.iid`,
    );
  }
  return aggregate(
    metricElement,
    'n.name',
    `assay.metric_names n CROSS JOIN LATERAL (SELECT m.* FROM assay.candidate_metrics m
        WHERE m.project_id = $1 AND m.candidate_iid = c.iid AND m.metric_id = n.metric_id OFFSET 0) AS m
      WHERE n.project_id = $1 AND n.name = ANY (${names})`,
  );
}

const inputs = aggregate(
  `json_build_object('dataset', json_strip_nulls(json_build_object(
     'name', d.name, 'digest', d.digest, 'source_type', d.source_type, 'source', d.source, 'schema', d.schema,
     'profile', d.profile)), 'tags', i.tags)`,
  'd.name, d.digest',
  `assay.candidate_inputs i JOIN assay.datasets d ON d.project_id = $1 AND d.dataset_id = i.dataset_id
    WHERE i.project_id = $1 AND i.candidate_iid = c.iid`,
);

function listSql(list: ListName, names: string | undefined): string {
  switch (list) {
    case 'metrics':
      return metricList(names);
    case 'params':
      return namedList('candidate_params', names);
    case 'tags':
      return namedList('candidate_tags', names);
    case 'inputs':
      return inputs;
  }
}

/** Reads the selected fields of these candidates and nothing else, in no order; `place` is the candidate's number. */
export function selectionStatement(
  project: ProjectId,
  iids: readonly CandidateIid[],
  { attributes, lists }: FieldSelection,
): { statement: Statement; values: readonly unknown[] } {
  const values: unknown[] = [project, iids];
  const placeholder = (wanted: Wanted): string | undefined =>
    wanted === 'all' ? undefined : `$${values.push(wanted)}::text[]`;
  const columns = [
    'c.iid AS place',
    ...attributes.map((attribute) => `${attributeColumns[attribute]} AS "${attribute}"`),
    ...[...lists].map(([list, wanted]) => `${listSql(list, placeholder(wanted))} AS ${list}`),
  ];
  const text = `SELECT ${columns.join(',\n  ')}
FROM assay.candidates c WHERE c.project_id = $1 AND c.iid = ANY ($2::bigint[]) AND c.purge_requested_at IS NULL`;
  return { statement: { text }, values };
}
