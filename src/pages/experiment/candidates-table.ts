import type { CandidateDetails } from '../../candidates';
import { html, type Html } from '../../common';
import { formatDuration, formatValue, shortSha } from '../../merge-requests';
import { candidateLink, clientTime, statusBadge } from '../labels';
import { columnsOf, type Columns } from './columns';
import type { ExperimentPageContent } from './experiment-content';

/** One page of candidates with their metrics and params. */
export function candidatesTable(content: ExperimentPageContent): Html {
  const { items } = content.found;
  const columns = columnsOf(items);
  const cut =
    columns.left > 0 &&
    html`<p class="soft">${columns.left} more metrics and parameters have no column here; each candidate's page shows all of its own.</p>`;
  return html`<div class="scroll" tabindex="0"><table><caption>Candidates; metrics by their latest value</caption>
<thead><tr><th scope="col">Candidate</th><th scope="col">Status</th><th scope="col">Started</th><th scope="col">Took</th>${[
    ...columns.metrics,
  ].map((name) => html`<th scope="col" class="number">${name}</th>`)}${[...columns.params].map(
    (name) => html`<th scope="col">${name}</th>`,
  )}<th scope="col">Commit</th><th scope="col">Author</th></tr></thead>
<tbody>${items.map((details) => row(content, details, columns))}</tbody></table></div>${cut}`;
}

function row(
  { addresses, path }: ExperimentPageContent,
  { candidate, data }: CandidateDetails,
  columns: Columns,
): Html {
  const { iid, name, status, startedAt, endedAt, commit, createdBy } = candidate;
  const metrics = new Map(data.metrics.map((metric) => [metric.name, formatValue(metric.value)]));
  const params = new Map(data.params.map((param) => [param.name, param.value]));
  return html`<tr><th scope="row">${candidateLink(addresses, path, iid, name)}</th><td>${statusBadge(status)}</td><td class="nowrap">${clientTime(
    startedAt,
  )}</td><td class="nowrap">${endedAt === undefined ? '–' : formatDuration(endedAt - startedAt)}</td>${columns.metrics.map(
    (column) => html`<td class="number">${metrics.get(column) ?? '–'}</td>`,
  )}${columns.params.map((column) => html`<td>${cutText(params.get(column) ?? '–')}</td>`)}<td class="nowrap">${
    commit === undefined ? '–' : html`<code>${shortSha(commit)}</code>`
  }</td><td>${createdBy}</td></tr>`;
}

function cutText(text: string): string {
  const characters = Array.from(text);
  return characters.length <= 60 ? text : `${characters.slice(0, 59).join('')}…`;
}
