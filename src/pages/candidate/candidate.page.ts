import type { CandidateDetails } from '../../candidates';
import { html, note, pagePath, type Addresses, type Html, type NamedValue, type ProjectId } from '../../common';
import type { Experiment } from '../../experiments';
import { formatDuration, formatTime, type Curve, type MergeRequestOfCandidate } from '../../merge-requests';
import { clientTime, experimentLink, statusBadge } from '../labels';
import { artifactsCard, type ArtifactsFolder } from './artifacts-card';
import { metricsCard } from './metrics-card';

/** What the page shows. */
export interface CandidatePageContent {
  readonly addresses: Addresses;
  readonly project: { readonly id: ProjectId; readonly path: string };
  readonly details: CandidateDetails;
  readonly experiment: Experiment;
  readonly mergeRequests: readonly MergeRequestOfCandidate[];
  /** By the metric's name. */
  readonly curves: ReadonlyMap<string, Curve>;
  readonly artifacts: ArtifactsFolder;
}

/** A candidate with all that was logged to it. */
export function candidatePage(content: CandidatePageContent): Html {
  const { addresses, project, details, experiment } = content;
  const { candidate, data } = details;
  const deleted = candidate.deletedAt;
  return html`<p class="small">${experimentLink(addresses, project.path, experiment.iid, experiment.name)}</p>
<h1>${candidate.name} ${statusBadge(candidate.status)}</h1>
${deleted !== undefined && note('warn', html`<p>This candidate was deleted on ${formatTime(deleted)}.</p>`)}
${facts(content)}
${metricsCard(data.metrics, content.curves)}
<div class="grid">${namedCard('Parameters', 'No parameters were logged.', data.params)}${namedCard('Tags', 'There are no tags.', data.tags)}</div>
${datasetsCard(details)}
${artifactsCard(addresses, project, candidate.iid, content.artifacts)}`;
}

function facts({ addresses, project, details, mergeRequests }: CandidatePageContent): Html {
  const { iid, eid, startedAt, endedAt, createdBy, userName, commit, branch } = details.candidate;
  return html`<section class="card"><dl>
<dt>Number</dt><dd>${iid}</dd>
<dt>Run ID</dt><dd><code>${eid.replaceAll('-', '')}</code></dd>
<dt>Started</dt><dd>${clientTime(startedAt)}</dd>
<dt>Ended</dt><dd>${clientTime(endedAt)}${endedAt !== undefined && ` (${formatDuration(endedAt - startedAt)})`}</dd>
<dt>Logged by</dt><dd>${createdBy}${userName !== '' && userName !== createdBy && html` <span class="soft">(as ${userName})</span>`}</dd>
<dt>Commit</dt><dd>${commit === undefined ? '–' : html`<code>${commit}</code>`}</dd>
<dt>Branch</dt><dd>${branch ?? '–'}</dd>
<dt>Merge requests</dt><dd>${
    mergeRequests.length === 0
      ? '–'
      : mergeRequests.map(
          ({ iid: number, title, proven }) =>
            html`<a href="${pagePath(addresses, project.path, `merge_requests/${number}`)}">!${number} ${title}</a> <span class="soft">(${
              proven ? 'proved' : 'claimed'
            })</span> `,
        )
  }</dd></dl></section>`;
}

function namedCard(title: string, none: string, values: readonly NamedValue[]): Html {
  const rows = values.map(({ name, value }) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`);
  return html`<section class="card"><h2>${title}</h2>${
    values.length === 0
      ? html`<p class="soft">${none}</p>`
      : html`<div class="scroll" tabindex="0"><table><thead><tr><th scope="col">Name</th><th scope="col">Value</th></tr></thead><tbody>${rows}</tbody></table></div>`
  }</section>`;
}

function datasetsCard({ data }: CandidateDetails): Html | undefined {
  if (data.inputs.length === 0) return undefined;
  return html`<section class="card"><h2>Datasets</h2><div class="scroll" tabindex="0"><table>
<thead><tr><th scope="col">Name</th><th scope="col">Digest</th><th scope="col">Source</th><th scope="col">Used as</th></tr></thead>
<tbody>${data.inputs.map(
    ({ dataset, tags }) =>
      html`<tr><th scope="row">${dataset.name}</th><td><code>${dataset.digest}</code></td><td>${dataset.sourceType}</td><td>${
        tags.map(({ value }) => value).join(', ') || '–'
      }</td></tr>`,
  )}</tbody></table></div></section>`;
}
