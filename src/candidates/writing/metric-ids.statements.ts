import { statement } from '../../database';

export const find = statement(
  'metric-names.find',
  `SELECT n.name, n.metric_id FROM unnest((SELECT $2::text[])) AS wanted(name)
     JOIN assay.metric_names n ON n.project_id = $1 AND n.name = wanted.name`,
);

/** A name that another process adds at the same time is left out of the answer; the counter's row keeps both in turn. */
export const add = statement(
  'metric-names.add',
  `WITH block AS (
     INSERT INTO assay.counters AS c (project_id, name, next) VALUES ($1, 'metric_names', 1 + cardinality($2::text[]))
     ON CONFLICT (project_id, name) DO UPDATE SET next = c.next + cardinality($2::text[])
     RETURNING next - cardinality($2::text[]) AS first
   )
   INSERT INTO assay.metric_names (project_id, metric_id, name)
   SELECT $1, block.first + wanted.n - 1, wanted.name
     FROM block, unnest($2::text[]) WITH ORDINALITY AS wanted(name, n)
   ON CONFLICT (project_id, name) DO NOTHING
   RETURNING name, metric_id`,
);
