import { html, type Addresses, type Html } from '../../common';
import type { Project } from '../project';

const placeholder = '<your token>';

/** How a data scientist connects; the token is always a placeholder. */
export function connectionCard(addresses: Addresses, { id }: Project): Html {
  const uri = addresses.trackingUri(id);
  return html`<section class="card" aria-labelledby="connection">
    <h2 id="connection">Log from Python</h2>
    <dl>
      <dt>Tracking URI</dt><dd><code>${uri}</code></dd>
      <dt>Token</dt><dd>a forge token that may write to the repository, or an access token from below</dd>
    </dl>
    <h3>In the shell, or as variables of the CI job</h3>
    <pre tabindex="0"><code>pip install mlflow
export MLFLOW_TRACKING_URI='${uri}'
export MLFLOW_TRACKING_TOKEN='${placeholder}'</code></pre>
    <h3>In the training code</h3>
    <pre tabindex="0"><code>import mlflow

mlflow.set_experiment("first steps")
with mlflow.start_run():
    mlflow.log_param("learning_rate", 0.01)
    mlflow.log_metric("accuracy", 0.93)</code></pre>
  </section>`;
}
