import { statement } from '../database';

/*
 * The only statements across projects: an operator's counts. Each reads one table once and groups before it counts distinct things;
 * none reads points, params or tags. What is deleted but not yet removed for good still counts, because it was used.
 */

/** The three periods of a group, `since_28` and `since_7` being its counts since then. */
const periods = `CROSS JOIN LATERAL (VALUES
  ('all_time', ever), ('last_28_days', since_28), ('last_7_days', since_7)) AS p(period, things)`;

/** The beginnings of the periods are subqueries, so that they are worked out once and not for each row. */
function grouped(table: string, at: string, groups: string): string {
  return `SELECT ${groups}, count(*) AS ever,
       count(*) FILTER (WHERE ${at} > (SELECT now() - interval '28 days')) AS since_28,
       count(*) FILTER (WHERE ${at} > (SELECT now() - interval '7 days')) AS since_7
  FROM assay.${table}`;
}

/** A project's own token is another user in each project; people are one in all of them. */
const user = `CASE WHEN created_by LIKE 'token:%' THEN project_id || ' ' || created_by ELSE created_by END`;

export const countCandidates = statement(
  'usage.candidates',
  `SELECT period, sum(things)::bigint AS ml_candidates,
     count(DISTINCT project_id) FILTER (WHERE things > 0) AS projects_with_ml_candidates,
     count(DISTINCT ${user}) FILTER (WHERE things > 0) AS users_with_ml_candidates
   FROM (${grouped('candidates', 'created_at', 'project_id, created_by')} GROUP BY project_id, created_by) AS g
   ${periods} GROUP BY period`,
);

/** Without the Default experiment, which every project gets when Assay is enabled. */
export const countExperiments = statement(
  'usage.experiments',
  `SELECT period, sum(things)::bigint AS ml_experiments,
     count(*) FILTER (WHERE things > 0) AS projects_with_ml_experiments
   FROM (${grouped('experiments', 'created_at', 'project_id')} WHERE iid > 0 GROUP BY project_id) AS g
   ${periods} GROUP BY period`,
);

export const countLoggedModels = statement(
  'usage.logged-models',
  `SELECT period, sum(things)::bigint AS ml_logged_models,
     count(*) FILTER (WHERE things > 0) AS projects_with_ml_logged_models
   FROM (${grouped('logged_models', 'created_at', 'project_id')} GROUP BY project_id) AS g
   ${periods} GROUP BY period`,
);

/** Merge requests to which a candidate was linked in the period. */
export const countMergeRequests = statement(
  'usage.merge-requests',
  `SELECT period, count(*) FILTER (WHERE things > 0) AS merge_requests_with_ml_candidates
   FROM (${grouped('merge_request_links', 'created_at', 'project_id, merge_request_iid')}
          GROUP BY project_id, merge_request_iid) AS g
   ${periods} GROUP BY period`,
);

/** Projects where Assay is enabled now, by when it was. */
export const countProjects = statement(
  'usage.projects',
  `SELECT period, sum(things)::bigint AS projects_with_ml_enabled
   FROM (${grouped('projects', 'enabled_at', 'project_id')} WHERE enabled GROUP BY project_id) AS g
   ${periods} GROUP BY period`,
);

export const now = statement('usage.now', 'SELECT now() AS now');

export const countStorage = statement(
  'usage.storage',
  `SELECT coalesce(sum(bytes), 0)::bigint AS bytes, coalesce(sum(files), 0)::bigint AS files FROM assay.project_storage`,
);
