import type { Database } from '../../../src/database';

/** How large a made-up sweep is; what it holds depends on nothing else. */
export interface Sweep {
  readonly project: number;
  readonly experiment: number;
  readonly candidates: number;
  /** The first candidate's iid. */
  readonly from: number;
}

/**
 * Fills one experiment: each candidate has metrics m0 … m9 and params p0 … p9. m0 is anywhere from 0 to 1, NaN for one in a hundred
 * and absent for one in twenty; m1 has five values. p0 has ten values (v0 … v9), p9 as many as there are candidates.
 */
export async function seedSweep(database: Database, sweep: Sweep): Promise<void> {
  const { project, experiment, candidates, from } = sweep;
  const last = from + candidates - 1;
  const range = [project, experiment, from, last];
  await database.query(
    {
      text: `INSERT INTO assay.projects (project_id, path, default_branch, visibility, enabled_by)
        VALUES (($1::bigint), 'group/p' || ($1::bigint)::text, 'main', 'private', 'sweep') ON CONFLICT DO NOTHING`,
    },
    [project],
  );
  await database.query(
    {
      text: `INSERT INTO assay.experiments (project_id, iid, name, created_by) VALUES (($1::bigint), ($2::bigint), 'sweep ' || ($2::bigint)::text, 'sweep')`,
    },
    [project, experiment],
  );
  await database.query(
    {
      text: `INSERT INTO assay.metric_names (project_id, metric_id, name)
        SELECT ($1::bigint), k, 'm' || k FROM generate_series(0, 9) k ON CONFLICT DO NOTHING`,
    },
    [project],
  );
  await database.query(
    {
      text: `INSERT INTO assay.candidates (project_id, iid, eid, experiment_iid, name, status, started_at, user_name, created_by)
        SELECT ($1::bigint), i, md5(($1::bigint)::text || ' ' || i::text)::uuid, ($2::bigint), 'trial ' || i, 'finished', 1700000000000 + i / 3 * 1000, 'sweep', 'sweep'
        FROM generate_series($3::bigint, $4::bigint) i`,
    },
    range,
  );
  await database.query(
    {
      text: `INSERT INTO assay.candidate_metrics
        SELECT ($1::bigint), i, k, ($2::bigint), v, 9, 9, v, 0, 0, nullif(v, 'NaN'), nullif(v, 'NaN'), 10
        FROM generate_series($3::bigint, $4::bigint) i, generate_series(0, 9) k,
          LATERAL (SELECT CASE WHEN k = 0 AND i % 100 = 7 THEN 'NaN'::double precision WHEN k = 1 THEN i % 5
            ELSE (hashint8(i * 10 + k)::double precision + 2147483648) / 4294967296 END AS v) x
        WHERE NOT (k = 0 AND i % 20 = 3)`,
    },
    range,
  );
  await database.query(
    {
      text: `INSERT INTO assay.candidate_params
        SELECT ($1::bigint), i, 'p' || k, 'v' || CASE k WHEN 9 THEN i ELSE abs(hashint8(i * 10 + k)::bigint) % (10 * (k + 1)) END
        FROM generate_series($2::bigint, $3::bigint) i, generate_series(0, 9) k`,
    },
    [project, from, last],
  );
  await database.query(
    {
      text: `INSERT INTO assay.candidate_tags
        SELECT ($1::bigint), i, 'mlflow.runName', 'trial ' || i FROM generate_series($2::bigint, $3::bigint) i`,
    },
    [project, from, last],
  );
  await database.query({ text: 'ANALYZE' });
}
