import { formatAge, shortSha } from '../report/numbers';
import type { MergeRequestReport } from '../report/report';
import type { ReportLinks } from '../report/report-links';
import { codeLink, codeSpan, linkTarget } from './markdown-escape';

/** What is missing for a verdict, and how to mend it. */
export function unsetNotice({ primary }: MergeRequestReport, links: ReportLinks): string {
  if (primary !== undefined) return '';
  return (
    '> No primary metric is set, so no candidate is called the best. A maintainer sets its name and its direction ' +
    `(whether higher or lower is better) in the [project's settings](${linkTarget(links.settings)}).`
  );
}

/** How the baseline was found and how old it is, or why there is none. */
export function baselineNotice(report: MergeRequestReport, links: ReportLinks, now: Date): string {
  const { primary, best, baseline, mergeRequest } = report;
  if (primary === undefined || best === undefined) return '';
  const target = codeSpan(mergeRequest.targetBranch);
  if (baseline === undefined) {
    return `> No baseline on ${target} yet: no finished candidate of this experiment from there has ${codeSpan(primary.name)}.`;
  }
  const { candidate, foundBy } = baseline;
  const how = foundBy === 'branch' ? `logged on ${target}` : `whose commit is on ${target}`;
  const commit = candidate.commit === undefined ? '' : `${codeSpan(shortSha(candidate.commit))}, `;
  const age = formatAge(now.getTime() - (candidate.endedAt ?? candidate.startedAt));
  return (
    `> Baseline: ${codeLink(candidate.name, links.candidate(candidate.iid))}, the best finished candidate ${how} ` +
    `(${commit}${age}).`
  );
}
