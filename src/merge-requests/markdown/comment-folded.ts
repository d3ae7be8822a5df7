import { formatValue, shortSha } from '../report/numbers';
import type { LinkedCandidate, MergeRequestReport, ParamDifference } from '../report/report';
import type { ReportLinks } from '../report/report-links';
import { arrow } from './comment-best';
import { codeLink, codeSpan } from './markdown-escape';

const candidatesShown = 5;
const paramsShown = 20;

/** The first candidates, folded once there is a best one above. */
export function candidatesSection(report: MergeRequestReport, links: ReportLinks): string {
  const { candidates, primary, best } = report;
  if (candidates.length === 0) return '';
  const shown = candidates.slice(0, candidatesShown);
  const value = primary === undefined ? '' : ` ${codeSpan(primary.name)} ${arrow(primary.direction)} |`;
  const table = [
    `| # | Candidate |${value} Status | Commit |`,
    `|--:|:--|${primary === undefined ? '' : '--:|'}:--|:--|`,
    ...shown.map((candidate, index) => candidateRow(candidate, index + 1, report, links)),
  ].join('\n');
  const more = candidates.length - shown.length;
  const rest = more > 0 ? `\n\n${String(more)} more in the full report.` : '';
  if (best === undefined) return table + rest;
  const title = shown.length === 1 ? 'The candidate' : `Top ${String(shown.length)} candidates`;
  return fold(title, table + rest);
}

function candidateRow(
  candidate: LinkedCandidate,
  place: number,
  { primary }: MergeRequestReport,
  links: ReportLinks,
): string {
  const value = candidate.value === undefined ? '–' : formatValue(candidate.value);
  const commit = codeSpan(shortSha(candidate.commit ?? candidate.link.head));
  return [
    `| ${String(place)}`,
    codeLink(candidate.name, links.candidate(candidate.iid)),
    ...(primary === undefined ? [] : [value]),
    candidate.status,
    `${commit}${candidate.atHead ? '' : ' (earlier head)'} |`,
  ].join(' | ');
}

/** The params that are not the baseline's. */
export function differencesSection({ differences, baseline }: MergeRequestReport): string {
  if (baseline === undefined || differences.length === 0) return '';
  const count = differences.length;
  const more = count - paramsShown;
  const table = [
    '| Parameter | Candidate | Baseline |',
    '|:--|:--|:--|',
    ...differences.slice(0, paramsShown).map(differenceRow),
    ...(more > 0 ? ['', `${String(more)} more in the full report.`] : []),
  ].join('\n');
  return fold(
    count === 1 ? '1 parameter differs from the baseline' : `${String(count)} parameters differ from the baseline`,
    table,
  );
}

function differenceRow({ name, value, baseline }: ParamDifference): string {
  const cells = [value, baseline].map((text) => (text === undefined ? '–' : codeSpan(text)));
  return `| ${codeSpan(name)} | ${cells.join(' | ')} |`;
}

/** Blank lines around the content, without which forges do not read it as Markdown. */
function fold(title: string, content: string): string {
  return `<details><summary>${title}</summary>\n\n${content}\n\n</details>`;
}
