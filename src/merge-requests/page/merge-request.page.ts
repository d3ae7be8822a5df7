import { badge, html, note, pagePath, type CandidateIid, type Html, type Tone } from '../../common';
import { candidatesPlot } from '../plot/candidates-plot';
import { curvesPlot } from '../plot/curves-plot';
import { headlineText } from '../report/headline-text';
import { formatAge, formatTime, shortSha } from '../report/numbers';
import type { MergeRequestReport, Verdict } from '../report/report';
import { candidatesTable } from './candidates-table';
import { comparisonTable, differencesTable } from './comparison-tables';
import type { MergeRequestPageContent } from './merge-request-content';

/** The page's body: the verdict first, then why, then every candidate. */
export function mergeRequestPage(content: MergeRequestPageContent): Html {
  const { report, curves } = content;
  const { primary } = report;
  const dots = candidatesPlot(report);
  const lines = primary && curvesPlot(primary.name, curves);
  return html`${heading(report)}${verdict(report)}${settingsHint(content)}
${comparison(content)}
<div class="grid">${dots && html`<section class="card"><h2>${primary?.name} of the candidates</h2>${dots}<p class="soft small">Filled dots stand for the current head, hollow ones for earlier heads; the ring marks the best.</p></section>`}
${lines && html`<section class="card"><h2>Curves of ${primary.name}</h2>${lines}</section>`}</div>
${candidatesTable(content)}
${history(report.verdicts)}`;
}

function heading({ mergeRequest }: MergeRequestReport): Html {
  const { iid, title, state, author, sourceBranch, targetBranch, head, webUrl } = mergeRequest;
  const number = html`<span class="soft">!${iid}</span>`;
  const link = /^https?:\/\//.test(webUrl) ? html`<a href="${webUrl}">${title}</a>` : title;
  return html`<h1>${number} ${link}</h1>
<p class="soft">${badge(stateTones[state], state)} by ${author} · <code>${sourceBranch}</code> into <code>${targetBranch}</code> · head <code>${shortSha(head)}</code></p>`;
}

const stateTones: Readonly<Record<MergeRequestReport['mergeRequest']['state'], Tone>> = {
  open: 'info',
  merged: 'good',
  closed: 'quiet',
};

function verdict({ headline, counts, mergeRequest }: MergeRequestReport): Html {
  const tones = { '✅': 'good', '⚠️': 'warn', '❌': 'bad', '⏳': 'info', ℹ️: 'info' } as const;
  const { finished, running, failed, total } = counts;
  const closed =
    mergeRequest.state !== 'open' && html`<p>This merge request is ${mergeRequest.state}: no further updates.</p>`;
  return note(
    tones[headline.icon],
    html`<p>${badge(tones[headline.icon], headline.state)} <strong>${headlineText(headline)}</strong></p>
<p>${total} linked: ${finished} finished, ${running} running, ${failed} failed or killed.</p>${closed}`,
  );
}

function settingsHint({ report, addresses }: MergeRequestPageContent): Html | undefined {
  if (report.primary !== undefined) return undefined;
  const settings = pagePath(addresses, report.project.path, 'settings');
  return note(
    'info',
    html`<p>No primary metric is set, so no candidate is called the best. A maintainer sets its name and its direction (whether higher or lower is better) in the <a href="${settings}">project's settings</a>.</p>`,
  );
}

function comparison({ report, addresses, now }: MergeRequestPageContent): Html | undefined {
  const { best, baseline, project, mergeRequest, primary } = report;
  if (best === undefined || primary === undefined) return undefined;
  const link = (iid: CandidateIid, name: string): Html =>
    html`<a href="${pagePath(addresses, project.path, `candidates/${String(iid)}`)}">${name}</a>`;
  const base =
    baseline === undefined
      ? html`There is no baseline on <code>${mergeRequest.targetBranch}</code> yet: no finished candidate of this experiment from there has ${primary.name}.`
      : html`The baseline is ${link(baseline.candidate.iid, baseline.candidate.name)}, the best finished candidate ${
          baseline.foundBy === 'branch' ? 'logged on' : 'whose commit is on'
        } <code>${mergeRequest.targetBranch}</code> (${formatAge(now.getTime() - (baseline.candidate.endedAt ?? baseline.candidate.startedAt))}).`;
  return html`<section class="card"><h2>Best candidate</h2>
<p>${link(best.candidate.iid, best.candidate.name)} in experiment ${best.candidate.experimentName}, chosen by ${primary.name} (${
    primary.direction === 'maximize' ? 'higher' : 'lower'
  } is better)${!best.candidate.atHead && ', of an earlier head'}. ${base}</p>
${comparisonTable(report)}${differencesTable(report)}</section>`;
}

function history(verdicts: readonly Verdict[]): Html | undefined {
  if (verdicts.length === 0) return undefined;
  return html`<section class="card"><h2>Verdicts by head</h2><div class="scroll" tabindex="0"><table>
<thead><tr><th scope="col">Head</th><th scope="col">State</th><th scope="col">Verdict</th><th scope="col">Time</th></tr></thead>
<tbody>${verdicts.map(
    ({ head, state, headline, decidedAt }) =>
      html`<tr><td class="nowrap"><code>${shortSha(head)}</code></td><td>${state}</td><td>${headline}</td><td class="nowrap">${formatTime(decidedAt)}</td></tr>`,
  )}</tbody></table></div></section>`;
}
