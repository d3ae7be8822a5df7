"""A scikit-learn sweep with autologging and nested runs, read back as a data scientist would."""

import mlflow
import pandas as pd
from mlflow import MlflowClient
from sklearn.datasets import load_iris
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, train_test_split

X, y = load_iris(return_X_y=True, as_frame=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=7)
client = MlflowClient()


def autologged_grid():
    mlflow.set_experiment("autolog")
    mlflow.sklearn.autolog(max_tuning_runs=4)
    with mlflow.start_run(run_name="grid") as parent:
        search = GridSearchCV(RandomForestClassifier(random_state=7), {"n_estimators": [3, 5], "max_depth": [1, 3]}, cv=3)
        search.fit(X_train, y_train)
        score = search.score(X_test, y_test)
    mlflow.sklearn.autolog(disable=True)

    run = client.get_run(parent.info.run_id)
    assert run.info.status == "FINISHED", run.info.status
    assert run.data.params["cv"] == "3", run.data.params
    assert run.data.params["best_max_depth"] == str(search.best_params_["max_depth"])
    assert run.data.metrics["best_cv_score"] == search.best_score_
    assert run.data.metrics["training_score"] == search.score(X_train, y_train)
    assert any(abs(value - score) < 1e-12 for value in run.data.metrics.values()), run.data.metrics
    assert run.data.tags["estimator_name"] == "GridSearchCV"

    inputs = run.inputs.dataset_inputs
    assert len(inputs) >= 1, inputs
    train = next(i for i in inputs if any(t.key == "mlflow.data.context" and t.value == "train" for t in i.tags))
    assert train.dataset.name and train.dataset.digest and "num_rows" in train.dataset.profile, train.dataset

    children = mlflow.search_runs(
        experiment_names=["autolog"], filter_string=f"tags.mlflow.parentRunId = '{run.info.run_id}'"
    )
    assert len(children) == 4, children
    assert set(children["params.n_estimators"]) == {"3", "5"}
    assert children["metrics.mean_test_score"].max() == search.best_score_

    names = {f.path for f in client.list_artifacts(run.info.run_id)}
    assert "cv_results.csv" in names, names
    table = pd.read_csv(mlflow.artifacts.download_artifacts(run_id=run.info.run_id, artifact_path="cv_results.csv"))
    assert len(table) == 4


def nested_by_hand():
    mlflow.set_experiment("nested")
    with mlflow.start_run(run_name="outer") as outer:
        for strength in (0.1, 1.0, 10.0):
            with mlflow.start_run(nested=True, run_name=f"C={strength}"):
                model = LogisticRegression(C=strength, max_iter=500).fit(X_train, y_train)
                mlflow.log_param("C", strength)
                mlflow.log_metric("accuracy", model.score(X_test, y_test))
    found = mlflow.search_runs(
        experiment_names=["nested"],
        filter_string=f"tags.`mlflow.parentRunId` = '{outer.info.run_id}' AND metrics.accuracy > 0.5",
        order_by=["metrics.accuracy DESC", "params.C ASC"],
    )
    assert len(found) == 3
    assert list(found["metrics.accuracy"]) == sorted(found["metrics.accuracy"], reverse=True)
    assert set(found["tags.mlflow.runName"]) == {"C=0.1", "C=1.0", "C=10.0"}


def logged_input():
    mlflow.set_experiment("inputs")
    dataset = mlflow.data.from_pandas(X_train, source="https://example.org/iris.csv", name="iris")
    with mlflow.start_run() as run:
        mlflow.log_input(dataset, context="training")
        mlflow.log_input(dataset, context="training")
    inputs = client.get_run(run.info.run_id).inputs.dataset_inputs
    assert [i.dataset.name for i in inputs] == ["iris"], inputs
    assert inputs[0].dataset.digest == dataset.digest
    assert "example.org/iris.csv" in inputs[0].dataset.source
    found = mlflow.search_runs(
        experiment_names=["inputs"], filter_string="datasets.name = 'iris' AND dataset.context = 'training'"
    )
    assert list(found["run_id"]) == [run.info.run_id]


autologged_grid()
nested_by_hand()
logged_input()
print("ok")
