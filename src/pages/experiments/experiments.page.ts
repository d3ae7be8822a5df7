import type { Activity } from '../../candidates';
import { html, pagePath, type Addresses, type ExperimentIid, type Html, type ProjectId } from '../../common';
import type { Experiment } from '../../experiments';
import { formatTime } from '../../merge-requests';
import { clientTime, experimentLink } from '../labels';

/** What the list shows. */
export interface ExperimentsPageContent {
  readonly addresses: Addresses;
  readonly project: { readonly id: ProjectId; readonly path: string };
  readonly experiments: readonly Experiment[];
  readonly activity: ReadonlyMap<ExperimentIid, Activity>;
  /** Whether this is the list's first page. */
  readonly first: boolean;
  readonly nextPageToken: string | undefined;
}

/** The list of experiments, and how to begin when nothing was logged yet. */
export function experimentsPage(content: ExperimentsPageContent): Html {
  const { addresses, project, experiments, activity, first, nextPageToken } = content;
  const next = `${pagePath(addresses, project.path, 'experiments')}?page=${encodeURIComponent(nextPageToken ?? '')}`;
  return html`<h1>Experiments</h1>
${first && activity.size === 0 && snippet(content)}
<section class="card">${experiments.length === 0 ? html`<p class="empty">There are no experiments here.</p>` : table(content)}</section>
${nextPageToken !== undefined && html`<p><a href="${next}" rel="next">Next page</a></p>`}`;
}

function table({ addresses, project, experiments, activity }: ExperimentsPageContent): Html {
  return html`<div class="scroll" tabindex="0"><table>
<thead><tr><th scope="col">Experiment</th><th scope="col" class="number">Candidates</th><th scope="col" class="number">Running</th><th scope="col">Last activity</th><th scope="col">Created</th><th scope="col">By</th></tr></thead>
<tbody>${experiments.map(({ iid, name, createdAt, createdBy }) => {
    const found = activity.get(iid);
    return html`<tr><th scope="row">${experimentLink(addresses, project.path, iid, name)}</th><td class="number">${
      found?.candidates ?? 0
    }</td><td class="number">${found?.running ?? 0}</td><td>${clientTime(found?.lastAt)}</td><td>${formatTime(
      createdAt,
    )}</td><td>${createdBy}</td></tr>`;
  })}</tbody></table></div>`;
}

function snippet({ addresses, project }: ExperimentsPageContent): Html {
  return html`<section class="card"><h2>Log the first candidate</h2>
<p>Nothing was logged to this project yet. With the MLflow client, unchanged:</p>
<pre tabindex="0"><code>pip install mlflow
export MLFLOW_TRACKING_URI='${addresses.trackingUri(project.id)}'
export MLFLOW_TRACKING_TOKEN='&lt;your token&gt;'</code></pre>
<pre tabindex="0"><code>import mlflow

mlflow.set_experiment("first steps")
with mlflow.start_run():
    mlflow.log_param("learning_rate", 0.01)
    mlflow.log_metric("accuracy", 0.93)</code></pre></section>`;
}
