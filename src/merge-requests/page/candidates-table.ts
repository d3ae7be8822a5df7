import { badge, html, pagePath, type Html, type Tone } from '../../common';
import type { CandidateStatus } from '../../candidates';
import { plainText } from '../markdown/markdown-escape';
import { differingParams } from '../report/comparison';
import { formatChange, formatValue, shortSha } from '../report/numbers';
import type { LinkedCandidate } from '../report/report';
import type { MergeRequestPageContent } from './merge-request-content';

const paramsShown = 6;
const metricsShown = 4;

const tones: Readonly<Record<CandidateStatus, Tone>> = {
  running: 'info',
  scheduled: 'info',
  finished: 'good',
  failed: 'bad',
  killed: 'warn',
};

const sources: Readonly<Record<LinkedCandidate['link']['source'], string>> = {
  token: 'by its token',
  tag: 'by its tag',
  experiment: 'by its experiment',
  commit: 'by its commit',
  branch: 'by its branch',
};

/** Every linked candidate: what it changed, what it reached, and how it came here. */
export function candidatesTable(content: MergeRequestPageContent): Html {
  const { report, listed } = content;
  if (listed.length === 0)
    return html`<section class="card"><h2>Candidates</h2><p class="empty">No candidate is linked to this merge request.</p></section>`;
  const more = report.candidates.length - listed.length;
  const names = metricNames(content);
  return html`<section class="card"><h2>Candidates</h2><div class="scroll" tabindex="0"><table>
<caption>Best first; metrics with their change against the baseline, parameters that differ from it</caption>
<thead><tr><th scope="col">Candidate</th>${names.map((name) => html`<th scope="col" class="number">${plainText(name)}</th>`)}<th scope="col">Parameters</th><th scope="col">Status</th><th scope="col">Commit</th><th scope="col">Author</th><th scope="col">Link</th></tr></thead>
<tbody>${listed.map((candidate) => row(content, candidate, names))}</tbody></table></div>
${more > 0 && html`<p class="soft">${more} more candidates are not listed here.</p>`}</section>`;
}

function metricNames({ report, listed, details }: MergeRequestPageContent): string[] {
  const others = listed.flatMap(({ iid }) => details.get(iid)?.data.metrics.map(({ name }) => name) ?? []);
  const primary = report.primary === undefined ? [] : [report.primary.name];
  return [...new Set([...primary, ...others.sort()])].slice(0, metricsShown);
}

function row(content: MergeRequestPageContent, candidate: LinkedCandidate, names: readonly string[]): Html {
  const { report, addresses } = content;
  const { iid, name, status, atHead, link, commit, createdBy } = candidate;
  const address = pagePath(addresses, report.project.path, `candidates/${String(iid)}`);
  const best = iid === report.best?.candidate.iid;
  return html`<tr><th scope="row"><a href="${address}">${plainText(name)}</a>${best && html` ${badge('good', 'best')}`}</th>${names.map(
    (metric) => metricCell(content, candidate, metric),
  )}<td class="small wide">${params(content, candidate)}</td><td>${badge(tones[status], status)}</td><td class="nowrap"><code>${shortSha(
    commit ?? link.head,
  )}</code>${!atHead && html`<br><span class="soft small">earlier head</span>`}</td><td>${plainText(createdBy)}</td><td class="small nowrap">${
    sources[link.source]
  }, ${link.proven ? 'proved' : 'claimed'}</td></tr>`;
}

function metricCell({ details, report }: MergeRequestPageContent, { iid }: LinkedCandidate, name: string): Html {
  const value = details.get(iid)?.data.metrics.find((metric) => metric.name === name)?.value;
  const base = report.baseline?.metrics.find((metric) => metric.name === name)?.value;
  if (value === undefined) return html`<td class="number">–</td>`;
  const change = base !== undefined && html`<br><span class="soft small">${formatChange(value, base)}</span>`;
  return html`<td class="number">${formatValue(value)}${change}</td>`;
}

function params({ details, report }: MergeRequestPageContent, { iid }: LinkedCandidate): Html[] | string {
  const own = details.get(iid)?.data.params ?? [];
  const shown =
    report.baseline === undefined
      ? own
      : differingParams(own, report.baseline.params).map(({ name, value = '–' }) => ({ name, value }));
  if (shown.length === 0) return '–';
  const more = shown.length - paramsShown;
  return [
    ...shown
      .slice(0, paramsShown)
      .map(({ name, value }) => html`<code>${plainText(name)}=${plainText(value, 40)}</code> `),
    ...(more > 0 ? [html`and ${more} more`] : []),
  ];
}
