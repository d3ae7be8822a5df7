"""log_model with signature and example, and loading it back."""

import mlflow
import numpy as np
from mlflow import MlflowClient
from mlflow.models import infer_signature
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression

X, y = load_iris(return_X_y=True, as_frame=True)
model = LogisticRegression(max_iter=500).fit(X, y)
client = MlflowClient()
mlflow.set_experiment("models")
three = int(mlflow.__version__.split(".")[0]) >= 3

with mlflow.start_run() as run:
    place = {"name": "model"} if three else {"artifact_path": "model"}
    pickled = {"serialization_format": "cloudpickle"}
    info = mlflow.sklearn.log_model(
        model, signature=infer_signature(X, model.predict(X)), input_example=X.head(2), pip_requirements=["scikit-learn"],
        **place, **pickled,
    )
    mlflow.log_metric("accuracy", model.score(X, y))

uri = f"runs:/{run.info.run_id}/model"
loaded = mlflow.sklearn.load_model(uri)
assert np.array_equal(loaded.predict(X), model.predict(X))
generic = mlflow.pyfunc.load_model(info.model_uri)
assert np.array_equal(generic.predict(X), model.predict(X))
assert generic.metadata.signature.inputs.input_names() == list(X.columns)
described = mlflow.models.get_model_info(uri)
assert described.run_id == run.info.run_id and described.flavors.keys() >= {"sklearn", "python_function"}
assert described.saved_input_example_info is not None
requirements = mlflow.pyfunc.get_model_dependencies(uri)
assert "scikit-learn" in open(requirements).read()

if three:
    logged = mlflow.get_logged_model(info.model_id)
    assert logged.name == "model" and logged.source_run_id == run.info.run_id and logged.status == "READY", logged
    found = mlflow.search_logged_models(experiment_ids=[run.info.experiment_id], output_format="list")
    assert [m.model_id for m in found] == [info.model_id]
    outputs = client.get_run(run.info.run_id).outputs.model_outputs
    assert [o.model_id for o in outputs] == [info.model_id]
else:
    history = client.get_run(run.info.run_id).data.tags["mlflow.log-model.history"]
    assert run.info.run_id in history
    assert "model" in {f.path for f in client.list_artifacts(run.info.run_id)}
print("ok")
