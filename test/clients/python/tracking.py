"""Metrics with steps, NaN and infinities, params and tags: what was logged is what is read."""

import math
import time

import mlflow
from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag

client = MlflowClient()
mlflow.set_experiment("tracking")


def same(a, b):
    return a == b or (math.isnan(a) and math.isnan(b))


VALUES = [0.0, -1.5, 1e-300, 1.7976931348623157e308, math.nan, math.inf, -math.inf, 0.1, 5e-324, 123456789012345.0]

with mlflow.start_run(run_name="metrics") as run:
    run_id = run.info.run_id
    for step, value in enumerate(VALUES):
        mlflow.log_metric("odd", value, step=step)
    mlflow.log_metrics({"a": 1.0, "b/c d": 2.5, "größe": 3}, step=4)
    mlflow.log_metric("negative", 1, step=-3)
    mlflow.log_metric("late", 2.0, step=9)
    mlflow.log_metric("late", 1.0, step=3)
    mlflow.log_params({"lr": 0.1, "layers": [64, 32], "empty": "", "none": None, "text": "x" * 6000})
    mlflow.log_param("lr", 0.1)
    mlflow.set_tags({"team": "blue", "größe": "ä\n\"'\\ %00", "long": "y" * 5000})
    mlflow.set_tag("team", "green")
    mlflow.set_tag("mlflow.note.content", "# A *note*")

history = client.get_metric_history(run_id, "odd")
assert len(history) == len(VALUES), history
for step, value in enumerate(VALUES):
    point = next(p for p in history if p.step == step)
    assert same(point.value, value), (step, value, point.value)
    assert abs(point.timestamp - time.time() * 1000) < 300_000

read = client.get_run(run_id)
assert read.data.metrics["odd"] == VALUES[-1]
assert read.data.metrics["late"] == 2.0, "the latest is that of the highest step"
assert read.data.metrics["b/c d"] == 2.5 and read.data.metrics["größe"] == 3
assert client.get_metric_history(run_id, "negative")[0].step == -3
assert read.data.params == {"lr": "0.1", "layers": "[64, 32]", "empty": "", "none": "None", "text": "x" * 6000}, read.data.params
assert read.data.tags["team"] == "green" and read.data.tags["größe"] == "ä\n\"'\\ %00"
assert read.data.tags["long"] == "y" * 5000
assert read.data.tags["mlflow.runName"] == "metrics" == read.info.run_name
assert read.info.end_time >= read.info.start_time

with mlflow.start_run() as nan_run:
    for value in (math.nan,):
        mlflow.log_metric("loss", value)
assert math.isnan(client.get_run(nan_run.info.run_id).data.metrics["loss"])
with mlflow.start_run() as inf_run:
    mlflow.log_metric("loss", -math.inf)
assert client.get_run(inf_run.info.run_id).data.metrics["loss"] == -math.inf

now = int(time.time() * 1000)
batch = client.create_run(run.info.experiment_id, run_name="batch").info.run_id
points = [Metric(f"m{i % 7}", i * 0.5, now + i, i) for i in range(1000)]
client.log_batch(batch, metrics=points)
client.log_batch(batch, params=[Param(f"p{i}", str(i)) for i in range(100)])
client.log_batch(batch, tags=[RunTag(f"t{i}", str(i)) for i in range(100)])
client.log_batch(batch, metrics=points)
assert sum(len(client.get_metric_history(batch, f"m{i}")) for i in range(7)) == 1000, "a batch again adds nothing"
read = client.get_run(batch)
assert len(read.data.params) == 100 and read.data.tags["t99"] == "99"
assert read.data.metrics["m5"] == max(p.value for p in points if p.key == "m5")

with mlflow.start_run(run_name="many") as many:
    for step in range(50):
        mlflow.log_metric("curve", step / 50, step=step, synchronous=False)
    mlflow.flush_async_logging()
assert [p.value for p in client.get_metric_history(many.info.run_id, "curve")] == [s / 50 for s in range(50)]

client.delete_tag(run_id, "team")
assert "team" not in client.get_run(run_id).data.tags
unnamed = client.create_run(run.info.experiment_id)
assert unnamed.info.run_name, "a run gets a readable name"
print("ok")
