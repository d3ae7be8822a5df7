import { html, note, pagePath, type Html } from '../../common';
import { formatTime } from '../../merge-requests';
import { candidatesTable } from './candidates-table';
import type { CandidatesQuestion, ExperimentPageContent } from './experiment-content';

/** The experiment, the question to its candidates, and the answer. */
export function experimentPage(content: ExperimentPageContent): Html {
  const { experiment, addresses, path, error, found, question } = content;
  const { name, createdBy, createdAt, deletedAt, tags } = experiment;
  return html`<p class="small"><a href="${pagePath(addresses, path, 'experiments')}">Experiments</a></p>
<h1>${name}</h1>
<p class="soft">Created ${formatTime(createdAt)} by ${createdBy}</p>
${deletedAt !== undefined && note('warn', html`<p>This experiment was deleted on ${formatTime(deletedAt)}.</p>`)}
${tags.length > 0 && html`<dl>${tags.map((tag) => html`<dt>${tag.name}</dt><dd>${tag.value}</dd>`)}</dl>`}
${form(content)}
${error === undefined && html`<section class="card">${answer(content)}</section>`}
${found.nextPageToken !== undefined && html`<p><a href="${address(content, { ...question, pageToken: found.nextPageToken })}" rel="next">Next page</a></p>`}`;
}

function address({ addresses, path, experiment }: ExperimentPageContent, question: CandidatesQuestion): string {
  const query = new URLSearchParams();
  if (question.filter !== undefined) query.set('filter', question.filter);
  if (question.orderBy !== undefined) query.set('order_by', question.orderBy);
  if (question.pageToken !== undefined) query.set('page', question.pageToken);
  return `${pagePath(addresses, path, `experiments/${experiment.iid}`)}?${query.toString()}`;
}

function form({ addresses, path, experiment, question, error }: ExperimentPageContent): Html {
  const action = pagePath(addresses, path, `experiments/${experiment.iid}`);
  const wrong = (name: string): Html | false =>
    error !== undefined && error.field === name && html` aria-invalid="true" aria-describedby="problem"`;
  return html`<form class="card" method="get" action="${action}">
<div class="grid"><div class="field"><label for="filter">Filter <span class="soft">in MLflow's language</span></label>
<input id="filter" name="filter" value="${question.filter ?? ''}" placeholder="metrics.accuracy &gt; 0.9 AND params.model = 'tree'"${wrong('filter')}></div>
<div class="field"><label for="order_by">Order</label>
<input id="order_by" name="order_by" value="${question.orderBy ?? ''}" placeholder="metrics.accuracy DESC"${wrong('order_by')}></div></div>
${error !== undefined && html`<div id="problem">${note('bad', html`<p>${error.message}</p>`)}</div>`}
<button>Show</button></form>`;
}

function answer(content: ExperimentPageContent): Html {
  const { found, question } = content;
  if (found.items.length > 0) return candidatesTable(content);
  const asked = question.filter !== undefined || question.pageToken !== undefined;
  return html`<p class="empty">${asked ? 'No candidate matches.' : 'No candidate was logged to this experiment yet.'}</p>`;
}
