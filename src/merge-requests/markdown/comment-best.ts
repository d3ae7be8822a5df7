import { formatChange, formatDuration, formatValue, shortSha } from '../report/numbers';
import type { MergeRequestReport, MetricComparison, PrimaryMetric } from '../report/report';
import type { ReportLinks } from '../report/report-links';
import { codeLink, codeSpan } from './markdown-escape';
import { sparkline } from './sparkline';

/** Metrics that a comment shows at most; the page shows all. */
const metricsShown = 8;

/** An arrow to the better side. */
export function arrow(direction: PrimaryMetric['direction']): string {
  return direction === 'maximize' ? '↑' : '↓';
}

/** The best candidate's metrics beside the baseline's. */
export function metricsTable(report: MergeRequestReport): string {
  const { best, baseline, primary, comparisons, mergeRequest } = report;
  if (best === undefined || primary === undefined) return '';
  const shown = comparisons.slice(0, metricsShown);
  const base = baseline === undefined ? 'Baseline' : `Baseline ${codeSpan(mergeRequest.targetBranch)}`;
  const rows = shown.map((comparison) => metricRow(comparison, primary));
  const more = comparisons.length - shown.length;
  return [
    `| Metric | Candidate | ${base} | Change | |`,
    '|:--|--:|--:|--:|:-:|',
    ...rows,
    ...(more > 0 ? ['', `${String(more)} more metrics in the full report.`] : []),
  ].join('\n');
}

function metricRow({ name, value, baseline, verdict }: MetricComparison, primary: PrimaryMetric): string {
  const shown = value === undefined ? '–' : formatValue(value);
  const base = baseline === undefined ? '–' : formatValue(baseline);
  const change = value === undefined || baseline === undefined ? '–' : formatChange(value, baseline);
  const sign = verdict === undefined ? '' : { better: '✅', equal: '➖', worse: '⚠️' }[verdict];
  const isPrimary = name === primary.name;
  const label = isPrimary ? `**${codeSpan(name)}** ${arrow(primary.direction)}` : codeSpan(name);
  return `| ${label} | ${isPrimary ? `**${shown}**` : shown} | ${base} | ${change} | ${sign} |`;
}

/** Which candidate is shown, out of how many, and why this one. */
export function bestSection(report: MergeRequestReport, links: ReportLinks): string {
  const { best, primary, counts, curve } = report;
  if (best === undefined || primary === undefined) return '';
  const { candidate } = best;
  const others = [
    ...(counts.failed > 0 ? [`${String(counts.failed)} failed`] : []),
    ...(counts.running > 0 ? [`${String(counts.running)} running`] : []),
  ];
  const out = `${String(counts.finished)} finished${others.length > 0 ? ` (${others.join(', ')})` : ''}`;
  const rule = primary.direction === 'maximize' ? 'higher is better' : 'lower is better';
  const line = sparkline(curve);
  const facts = [
    ...(line === '' ? [] : [`Curve ${line}`]),
    ...(candidate.endedAt === undefined ? [] : [formatDuration(candidate.endedAt - candidate.startedAt)]),
    `commit ${codeSpan(shortSha(candidate.commit ?? candidate.link.head))}`,
    ...(candidate.atHead ? [] : ['of an earlier head']),
  ];
  return [
    `**Best candidate** ${codeLink(candidate.name, links.candidate(candidate.iid))} of ${out}, in experiment ` +
      `${codeLink(candidate.experimentName, links.experiment(candidate.experimentIid))}, ` +
      `chosen by ${codeSpan(primary.name)} (${rule}).`,
    facts.join(' · '),
  ].join('\n');
}
