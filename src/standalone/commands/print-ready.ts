import type { Ready } from '../data/ready';

/** What a person reads when the server answers. */
export function printReady({ url, demo }: Ready): string {
  if (demo === undefined) return `Assay answers at ${url}\nStop it with Ctrl-C.\n`;
  const pages = `${url}/${demo.project}/-/ml`;
  return `
Assay answers at ${url}

  Experiments      ${pages}/experiments
  Merge request    ${pages}/merge_requests/1
  Tracking URI     ${demo.tracking_uri}
  Token            ${demo.token}

The pages of this demo are public to read. To log candidates of your own, with \`pip install mlflow\`:

  import os, mlflow
  os.environ["MLFLOW_TRACKING_URI"] = "${demo.tracking_uri}"
  os.environ["MLFLOW_TRACKING_TOKEN"] = "${demo.token}"
  mlflow.set_experiment("my-first")
  with mlflow.start_run():
      mlflow.log_param("lr", 0.1)
      mlflow.log_metric("accuracy", 0.93)

Stop it with Ctrl-C; the data stays.
`;
}
