"""Logged models: their states, params, tags and metrics, and finding them by what they reach on a dataset."""

import mlflow
import pandas as pd
from mlflow import MlflowClient
from mlflow.entities import LoggedModelInput, LoggedModelOutput, LoggedModelStatus
from mlflow.exceptions import MlflowException

client = MlflowClient()
experiment = mlflow.set_experiment("logged models").experiment_id


def refused(code, work):
    try:
        work()
    except MlflowException as error:
        assert error.error_code == code, (error.error_code, str(error))
        return
    raise AssertionError(f"not refused with {code}")


def names(**search):
    return [model.name for model in client.search_logged_models(experiment_ids=[experiment], **search)]


train = mlflow.data.from_pandas(pd.DataFrame({"x": [1, 2]}), name="train")
test = mlflow.data.from_pandas(pd.DataFrame({"x": [3]}), name="test")
models = {}
with mlflow.start_run() as run:
    for name, on_train, on_test in (("a", 0.9, 0.5), ("b", 0.8, 0.7), ("c", 0.7, None)):
        model = mlflow.initialize_logged_model(name=name, params={"depth": name}, tags={"kind": "tree"}, model_type="classifier")
        assert model.status == LoggedModelStatus.PENDING and model.source_run_id == run.info.run_id
        models[name] = model.model_id
        mlflow.log_metric("acc", on_train, step=1, model_id=model.model_id, dataset=train)
        if on_test is not None:
            mlflow.log_metric("acc", 0.1, step=0, model_id=model.model_id, dataset=test)
            mlflow.log_metric("acc", on_test, step=1, model_id=model.model_id, dataset=test)
    mlflow.finalize_logged_model(models["a"], "READY")
    mlflow.finalize_logged_model(models["b"], "FAILED")

read = mlflow.get_logged_model(models["a"])
assert read.status == LoggedModelStatus.READY and read.params == {"depth": "a"} and read.tags["kind"] == "tree", read
assert read.model_type == "classifier"
assert {(metric.dataset_name, metric.value) for metric in read.metrics} == {("train", 0.9), ("test", 0.1), ("test", 0.5)}
assert all(metric.run_id == run.info.run_id and metric.model_id == read.model_id for metric in read.metrics)

client.log_model_params(models["a"], {"lr": "0.1"})
client.set_logged_model_tags(models["a"], {"kind": "bush", "note": "two\nlines"})
client.delete_logged_model_tag(models["a"], "note")
read = client.get_logged_model(models["a"])
assert read.params == {"depth": "a", "lr": "0.1"} and read.tags["kind"] == "bush" and "note" not in read.tags, read
refused("RESOURCE_DOES_NOT_EXIST", lambda: client.delete_logged_model_tag(models["a"], "note"))

# A metric of one dataset orders; models without it come last in either direction.
on_test = {"field_name": "metrics.acc", "dataset_name": "test", "dataset_digest": test.digest}
assert names(order_by=[{**on_test, "ascending": False}]) == ["b", "a", "c"]
assert names(order_by=[{**on_test, "ascending": True}]) == ["a", "b", "c"]
assert names(order_by=[{**on_test, "dataset_name": "train", "dataset_digest": train.digest}]) == ["c", "b", "a"]
by_name = [{"field_name": "name", "ascending": True}]
assert names(order_by=by_name, datasets=[{"dataset_name": "test", "dataset_digest": test.digest}]) == ["a", "b"]
narrowed = [{"dataset_name": "train", "dataset_digest": train.digest}]
assert names(order_by=by_name, filter_string="metrics.acc > 0.75", datasets=narrowed) == ["a", "b"]
assert names(order_by=by_name, filter_string="params.depth IN ('a', 'c') AND tags.kind LIKE '%u%'") == ["a"]
assert names(order_by=by_name, filter_string="model_type = 'classifier' AND creation_timestamp > 0") == ["a", "b", "c"]
refused("INVALID_PARAMETER_VALUE", lambda: names(filter_string="nonsense"))
refused("INVALID_PARAMETER_VALUE", lambda: names(order_by=[{"field_name": "params.depth"}]))

page = client.search_logged_models(experiment_ids=[experiment], max_results=2, order_by=by_name)
rest = client.search_logged_models(experiment_ids=[experiment], max_results=2, order_by=by_name, page_token=page.token)
assert [one.name for one in list(page) + list(rest)] == ["a", "b", "c"] and not rest.token
assert len(mlflow.search_logged_models(experiment_ids=[experiment])) == 3

client.log_outputs(run.info.run_id, [LoggedModelOutput(model_id=models["a"], step=4)])
client.log_inputs(run.info.run_id, models=[LoggedModelInput(model_id=models["b"])])  # as log_metric did already
read = client.get_run(run.info.run_id)
assert [(one.model_id, one.step) for one in read.outputs.model_outputs] == [(models["a"], 4)], read.outputs
assert sorted(one.model_id for one in read.inputs.model_inputs) == sorted(models.values()), read.inputs

client.delete_logged_model(models["c"])
assert names(order_by=by_name) == ["a", "b"]
refused("RESOURCE_DOES_NOT_EXIST", lambda: client.get_logged_model(models["c"]))
print("ok")
