"""What users rely on without reading it anywhere: the same list as test/mlflow/semantics, as the client sees it."""

import math
from concurrent.futures import ThreadPoolExecutor

import mlflow
from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag
from mlflow.exceptions import MlflowException

client = MlflowClient()


def refused(code, work):
    try:
        work()
    except MlflowException as error:
        assert error.error_code == code, (error.error_code, str(error))
        return
    raise AssertionError(f"not refused with {code}")


def new_run(experiment="0", **fields):
    return client.create_run(experiment, **fields).info.run_id


def read(run_id):
    return client.get_run(run_id)


# The latest point: by step, then time, then value.
points = [(1.0, 900, 1), (7.0, 100, 5), (3.0, 100, 5), (2.0, 101, 5), (2.5, 101, 5), (9.0, 999, -7)]
for order in (points, points[::-1]):
    run = new_run()
    for value, timestamp, step in order:
        client.log_metric(run, "m", value, timestamp=timestamp, step=step)
    assert read(run).data.metrics == {"m": 2.5}, read(run).data.metrics

# The history: by time, then step, then value; an equal point once.
for _ in range(2):
    client.log_batch(run, metrics=[Metric("m", value, timestamp, step) for value, timestamp, step in points])
history = [(point.value, point.timestamp, point.step) for point in client.get_metric_history(run, "m")]
assert history == sorted(points, key=lambda point: (point[1], point[2], point[0])), history
assert client.get_metric_history(run, "never") == []

# Numbers that JSON has not.
for key, value in {"nan": math.nan, "up": math.inf, "down": -math.inf}.items():
    client.log_metric(run, key, value)
metrics = read(run).data.metrics
assert math.isnan(metrics["nan"]) and metrics["up"] == math.inf and metrics["down"] == -math.inf, metrics

# Params stay, equal repeats are no error, and a batch is all or nothing.
client.log_param(run, "depth", 3)
client.log_param(run, "depth", 3)
refused("INVALID_PARAMETER_VALUE", lambda: client.log_param(run, "depth", 4))
changed = [Param("fresh", "1"), Param("depth", "4")]
refused("INVALID_PARAMETER_VALUE", lambda: client.log_batch(run, params=changed, tags=[RunTag("never", "1")]))
assert read(run).data.params == {"depth": "3"} and "never" not in read(run).data.tags
client.log_param(run, "long", "v" * 6_500)
assert read(run).data.params["long"] == "v" * 6_000

# Tags are replaced.
client.set_tag(run, "t", "1")
client.set_tag(run, "t", "2")
assert read(run).data.tags["t"] == "2"
client.delete_tag(run, "t")
assert "t" not in read(run).data.tags

# The name is its tag, and the tag the name.
client.set_tag(run, "mlflow.runName", "by tag")
assert read(run).info.run_name == "by tag"
client.update_run(run, name="by update")
assert read(run).data.tags["mlflow.runName"] == "by update"
assert new_run(run_name="given") and read(new_run(run_name="given")).data.tags["mlflow.runName"] == "given"
refused("INVALID_PARAMETER_VALUE", lambda: client.create_run("0", run_name="a", tags={"mlflow.runName": "b"}))

# The user, the note, the parent.
experiment = client.create_experiment("semantics")
parent = new_run(experiment, tags={"mlflow.user": "grace", "mlflow.note.content": "# Note"})
assert read(parent).info.user_id == "grace" and read(parent).data.tags["mlflow.note.content"] == "# Note"
with mlflow.start_run(run_id=parent):
    with mlflow.start_run(experiment_id=experiment, nested=True, description="inner") as inner:
        pass
child = inner.info.run_id
assert read(child).data.tags["mlflow.parentRunId"] == parent
assert read(child).data.tags["mlflow.note.content"] == "inner"
if hasattr(mlflow, "get_parent_run"):
    assert mlflow.get_parent_run(child).info.run_id == parent

# A deleted parent leaves its children, and they are still found by it.
client.delete_run(parent)
found = client.search_runs([experiment], f"tags.mlflow.parentRunId = '{parent}'")
assert [one.info.run_id for one in found] == [child]
assert read(child).info.lifecycle_stage == "active" and read(parent).info.lifecycle_stage == "deleted"
refused("INVALID_PARAMETER_VALUE", lambda: client.log_metric(parent, "m", 1))

# An experiment takes its runs with it; the one deleted before does not come back (with MLflow's own server it does).
client.delete_experiment(experiment)
assert read(child).info.lifecycle_stage == "deleted"
refused("INVALID_PARAMETER_VALUE", lambda: client.create_run(experiment))
client.restore_experiment(experiment)
assert read(child).info.lifecycle_stage == "active" and read(parent).info.lifecycle_stage == "deleted"

# A deleted experiment's name is free (with MLflow's own server it is not).
client.delete_experiment(experiment)
again = client.create_experiment("semantics")
assert again != experiment and client.get_experiment_by_name("semantics").experiment_id == again
refused("RESOURCE_ALREADY_EXISTS", lambda: client.restore_experiment(experiment))


# One of many creations of one name wins; set_experiment copes with losing.
def create(_):
    try:
        return MlflowClient().create_experiment("contended")
    except MlflowException as error:
        return error.error_code


with ThreadPoolExecutor(8) as pool:
    answers = list(pool.map(create, range(8)))
assert answers.count("RESOURCE_ALREADY_EXISTS") == 7, answers
with ThreadPoolExecutor(8) as pool:
    chosen = set(pool.map(lambda _: mlflow.set_experiment("contended too").experiment_id, range(8)))
assert len(chosen) == 1, chosen
print("ok")
