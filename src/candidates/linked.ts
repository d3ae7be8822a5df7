/**
 * SQL: whether the row `c` of `assay.candidates` belongs to a change of the code, so that a merge request may have to tell of it.
 * An experiment named `!42` is the one of merge request 42. The project is $1; OFFSET keeps PostgreSQL from reading all of its experiments at once.
 */
export const isLinked = `(c.commit_sha IS NOT NULL OR c.branch IS NOT NULL OR c.claimed_merge_request IS NOT NULL
  OR EXISTS (SELECT FROM assay.experiments l
              WHERE l.project_id = $1 AND l.iid = c.experiment_iid AND l.name ~ '^![0-9]+$' OFFSET 0))`;

/** SQL: the links `l` of a project's candidates to its merge requests, written by whoever links them; any further condition follows by AND. */
export function linksOf(project: string): string {
  return `FROM assay.merge_request_links l WHERE l.project_id = ${project}`;
}
