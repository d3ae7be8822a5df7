"""The least that shows that a client may write: one run with one metric."""

import mlflow

mlflow.set_experiment("who")
with mlflow.start_run() as run:
    mlflow.log_metric("m", 1)
assert mlflow.get_run(run.info.run_id).data.metrics == {"m": 1.0}
print("ok")
