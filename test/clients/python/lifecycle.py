"""Experiments and runs through MlflowClient: created, renamed, tagged, deleted, restored."""

import mlflow
from mlflow import MlflowClient
from mlflow.entities import ViewType
from mlflow.exceptions import MlflowException

client = MlflowClient()


def refused(code, work):
    try:
        work()
    except MlflowException as error:
        assert error.error_code == code, (error.error_code, str(error))
        return str(error)
    raise AssertionError(f"not refused with {code}")


default = client.get_experiment("0")
assert default.name == "Default" and default.lifecycle_stage == "active"
assert client.get_experiment_by_name("Default").experiment_id == "0"
assert client.get_experiment_by_name("nowhere") is None

iid = client.create_experiment("first name", tags={"a": "1"})
assert iid.isdigit() and iid != "0"
client.set_experiment_tag(iid, "b", "two words")
client.rename_experiment(iid, "Über 実験 №1")
read = client.get_experiment(iid)
assert read.name == "Über 実験 №1" and read.tags == {"a": "1", "b": "two words"}, read
assert read.artifact_location.startswith("mlflow-artifacts:/") and read.creation_time <= read.last_update_time
if hasattr(client, "delete_experiment_tag"):
    client.delete_experiment_tag(iid, "a")
    assert client.get_experiment(iid).tags == {"b": "two words"}
refused("RESOURCE_ALREADY_EXISTS", lambda: client.create_experiment("Default"))

run = client.create_run(iid, tags={"mlflow.user": "ada", "k": "v"}, run_name="one", start_time=1_700_000_000_000)
run_id = run.info.run_id
assert len(run_id) == 32 and run.info.status == "RUNNING" and run.info.start_time == 1_700_000_000_000
assert run.info.experiment_id == iid and run.data.tags["k"] == "v"
client.update_run(run_id, name="renamed", status="SCHEDULED")
assert client.get_run(run_id).info.run_name == "renamed"
assert client.get_run(run_id).data.tags["mlflow.runName"] == "renamed"
client.set_tag(run_id, "mlflow.runName", "by tag")
assert client.get_run(run_id).info.run_name == "by tag"
client.set_terminated(run_id, "KILLED", end_time=1_700_000_001_000)
ended = client.get_run(run_id).info
assert ended.status == "KILLED" and ended.end_time == 1_700_000_001_000

client.log_param(run_id, "depth", 3)
message = refused("INVALID_PARAMETER_VALUE", lambda: client.log_param(run_id, "depth", 4))
assert "depth" in message and "3" in message and "4" in message, message

client.delete_run(run_id)
assert client.get_run(run_id).info.lifecycle_stage == "deleted"
refused("INVALID_PARAMETER_VALUE", lambda: client.log_metric(run_id, "m", 1))
refused("INVALID_PARAMETER_VALUE", lambda: client.set_tag(run_id, "k", "w"))
client.restore_run(run_id)
client.log_metric(run_id, "m", 1)
assert client.get_run(run_id).info.lifecycle_stage == "active"

client.delete_experiment(iid)
assert client.get_experiment(iid).lifecycle_stage == "deleted"
assert iid in [e.experiment_id for e in client.search_experiments(ViewType.DELETED_ONLY)]
assert iid not in [e.experiment_id for e in client.search_experiments()]
refused("INVALID_PARAMETER_VALUE", lambda: client.create_run(iid))
client.restore_experiment(iid)
assert client.get_experiment(iid).lifecycle_stage == "active"
assert client.get_run(run_id).data.metrics == {"m": 1.0}
client.create_run(iid)

missing = "0" * 32
assert "404" not in refused("RESOURCE_DOES_NOT_EXIST", lambda: client.get_run(missing))
refused("RESOURCE_DOES_NOT_EXIST", lambda: client.log_metric(missing, "m", 1))
refused("RESOURCE_DOES_NOT_EXIST", lambda: client.get_experiment("4711"))
refused("RESOURCE_DOES_NOT_EXIST", lambda: client.create_run("4711"))
refused("RESOURCE_DOES_NOT_EXIST", lambda: client.delete_tag(run_id, "never there"))
for wrong in ("metrics.acc >", "metrics.acc = 'text'", "nonsense.acc = 1", "params.a > 'b'", "metrics.acc = 1 OR", "attributes.status ~ 'x'"):
    refused("INVALID_PARAMETER_VALUE", lambda: client.search_runs(["0"], wrong))
refused("INVALID_PARAMETER_VALUE", lambda: client.search_runs(["0"], order_by=["nonsense DESC DESC"]))
refused("INVALID_PARAMETER_VALUE", lambda: client.search_runs(["0"], page_token="garbage"))

with mlflow.start_run(experiment_id=iid) as failing:
    pass
try:
    with mlflow.start_run(experiment_id=iid) as failing:
        raise RuntimeError("training failed")
except RuntimeError:
    pass
assert client.get_run(failing.info.run_id).info.status == "FAILED"
with mlflow.start_run(run_id=failing.info.run_id):
    mlflow.log_metric("resumed", 1)
assert client.get_run(failing.info.run_id).info.status == "FINISHED"
print("ok")
