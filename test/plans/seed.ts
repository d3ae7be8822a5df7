import type { Database } from '../../src/database';
import { seedSweep } from '../candidates/search/sweep';

/** Candidates of one project in two experiments, 1 and 2, of which the first one has four fifths. */
export interface SeededProject {
  readonly project: number;
  readonly candidates: number;
  /** Of each of a candidate's ten metrics. */
  readonly points: number;
}

/** So many candidates' points are written at once. */
const block = 2_000;

/** Fills a project as {@link seedSweep} does, gives each candidate four more tags, and each of its metrics its points. */
export async function seedProject(database: Database, { project, candidates, points }: SeededProject): Promise<void> {
  const first = Math.ceil(candidates * 0.8);
  await seedSweep(database, { project, experiment: 1, candidates: first, from: 1 });
  await seedSweep(database, { project, experiment: 2, candidates: candidates - first, from: first + 1 });
  for (let from = 1; from <= candidates; from += block) {
    await database.query(
      {
        text: `INSERT INTO assay.metric_points
          SELECT $1::bigint, i, k, s, 1700000000000 + s * 1000, (hashint8(i * 1000 + k * 100 + s)::float8 + 2147483648) / 4294967296
            FROM generate_series($2::bigint, $3::bigint) i, generate_series(0, 9) k, generate_series(0, $4::bigint - 1) s`,
      },
      [project, from, Math.min(from + block - 1, candidates), points],
    );
  }
  await database.query(
    {
      text: `INSERT INTO assay.candidate_tags
        SELECT $1::bigint, i, t.name, t.value || i % 50 FROM generate_series(1, $2::bigint) i,
          (VALUES ('mlflow.user', 'user '), ('mlflow.source.name', 'train.py '), ('team', 'a'), ('stage', 'b')) AS t (name, value)`,
    },
    [project, candidates],
  );
  await database.query(
    {
      text: `INSERT INTO assay.counters VALUES ($1, 'candidates', $2::bigint + 1), ($1, 'metric_names', 10)
        ON CONFLICT (project_id, name) DO UPDATE SET next = excluded.next`,
    },
    [project, candidates],
  );
  await database.query({ text: 'ANALYZE' });
}
