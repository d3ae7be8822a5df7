"""The task of train.mjs with scikit-learn and the MLflow client as it comes from PyPI.

    pip install mlflow scikit-learn matplotlib pandas
    export MLFLOW_TRACKING_URI=... MLFLOW_TRACKING_TOKEN=...
    python examples/penguins/train.py

Works with MLflow 2 and 3.
"""

import argparse
import inspect
import itertools
import os
import sys
import tempfile
import warnings
from pathlib import Path

import matplotlib

matplotlib.use("Agg")  # no window: it must run where there is no screen

import matplotlib.pyplot as plt
import mlflow
import pandas as pd
from mlflow.models import infer_signature
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import ConfusionMatrixDisplay, accuracy_score, classification_report, f1_score
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

SIZE = ["flipper_length_mm", "body_mass_g"]
FEATURES = {"baseline": SIZE, "proposal": [*SIZE, "bill_depth_mm"]}
SPLIT_SEED = 2014


def load_parts(features):
    """Three parts (60 %, 20 %, 20 %) with the same shares of species and sex."""
    rows = pd.read_csv(Path(__file__).with_name("penguins.csv")).dropna()
    strata = rows["species"] + rows["sex"]
    train, rest = train_test_split(rows, train_size=0.6, stratify=strata, random_state=SPLIT_SEED)
    validation, test = train_test_split(rest, train_size=0.5, stratify=strata[rest.index], random_state=SPLIT_SEED)
    return [(part[features].astype(float), part["sex"]) for part in (train, validation, test)]


def train_candidate(parts, hidden_units, learning_rate, l2):
    """One nested run: autolog tells scikit-learn's own parameters, the rest is told here."""
    (train_x, train_y), (val_x, val_y), (test_x, test_y) = parts
    with mlflow.start_run(run_name=f"tanh{hidden_units} lr={learning_rate} l2={l2}", nested=True) as run:
        mlflow.log_params(
            {
                "features": ",".join(train_x.columns),
                "hidden_units": hidden_units,
                "learning_rate": learning_rate,
                "l2": l2,
            }
        )
        network = MLPClassifier(
            (hidden_units,),
            activation="tanh",
            solver="sgd",
            learning_rate_init=learning_rate,
            alpha=l2,
            batch_size=16,
            max_iter=60,
            n_iter_no_change=60,
            random_state=7,
        )
        model = Pipeline([("scale", StandardScaler()), ("network", network)]).fit(train_x, train_y)
        for step, loss in enumerate(network.loss_curve_, start=1):
            mlflow.log_metric("train_loss", loss, step=step)
        guess = model.predict(val_x)
        scores = {
            "val_accuracy": accuracy_score(val_y, guess),
            "val_f1": f1_score(val_y, guess, average="macro"),
            "test_accuracy": accuracy_score(test_y, model.predict(test_x)),
        }
        mlflow.log_metrics(scores, step=network.n_iter_)
        log_pictures(val_y, guess, network.loss_curve_)
        return {"run_id": run.info.run_id, "model": model, **scores}


def log_pictures(actual, guess, losses):
    """A figure at the top, and a folder of more."""
    figure = ConfusionMatrixDisplay.from_predictions(actual, guess, colorbar=False).figure_
    mlflow.log_figure(figure, "confusion_matrix.png")
    plt.close(figure)
    with tempfile.TemporaryDirectory() as folder:
        figure, axes = plt.subplots()
        axes.plot(range(1, len(losses) + 1), losses)
        axes.set(xlabel="epoch", ylabel="training loss")
        figure.savefig(Path(folder, "training_loss.png"))
        plt.close(figure)
        Path(folder, "classes.txt").write_text(classification_report(actual, guess, zero_division=0))
        mlflow.log_artifacts(folder, "report")


def log_best_model(best, parts):
    """The best candidate's model on the parent run; loaded back, it must answer the same."""
    (train_x, _), (val_x, _), _ = parts
    known = inspect.signature(mlflow.sklearn.log_model).parameters
    options = {
        # MLflow 3 calls the model's name `name`, MLflow 2 `artifact_path`.
        "name" if "name" in known else "artifact_path": "model",
        "signature": infer_signature(train_x, best["model"].predict(train_x)),
        "input_example": train_x.head(3),
    }
    if "skops_trusted_types" in known:
        options["skops_trusted_types"] = ["sklearn.neural_network._stochastic_optimizers.SGDOptimizer"]
    mlflow.sklearn.log_model(best["model"], **options)
    loaded = mlflow.sklearn.load_model(f"runs:/{mlflow.active_run().info.run_id}/model")
    if list(loaded.predict(val_x)) != list(best["model"].predict(val_x)):
        raise RuntimeError("the model loaded from the server predicts otherwise than the one that was logged")


def parse_arguments():
    parser = argparse.ArgumentParser(description="Logs a sweep on the Palmer penguins to an MLflow tracking server.")
    parser.add_argument("--experiment", default="penguins-sklearn", help="created when there is none (%(default)s)")
    parser.add_argument("--grid", choices=FEATURES, default="baseline", help="which features (%(default)s)")
    parser.add_argument("--quick", action="store_true", help="2 candidates instead of 8")
    return parser.parse_args()


def main():
    arguments = parse_arguments()
    if not os.environ.get("MLFLOW_TRACKING_URI"):
        sys.exit("MLFLOW_TRACKING_URI must be the address of a tracking server")
    mlflow.set_experiment(arguments.experiment)
    # Only the best model is kept, by log_best_model.
    mlflow.sklearn.autolog(log_models=False)
    # Every candidate gets the same number of epochs, whether it has converged or not.
    warnings.simplefilter("ignore", ConvergenceWarning)
    parts = load_parts(FEATURES[arguments.grid])
    grid = list(itertools.product([4, 8], [0.003, 0.03], [0.0, 0.01]))
    with mlflow.start_run(run_name=f"scikit-learn sweep, {arguments.grid}") as parent:
        candidates = [train_candidate(parts, *point) for point in (grid[-2:] if arguments.quick else grid)]
        best = max(candidates, key=lambda candidate: candidate["val_accuracy"])
        mlflow.log_metric("best_val_accuracy", best["val_accuracy"])
        mlflow.set_tag("best_candidate", best["run_id"])
        log_best_model(best, parts)
    found = mlflow.search_runs(
        experiment_names=[arguments.experiment],
        filter_string=f"tags.`mlflow.parentRunId` = '{parent.info.run_id}'",
        order_by=["metrics.val_accuracy DESC"],
    )
    print(found[["tags.mlflow.runName", "metrics.val_accuracy", "metrics.test_accuracy"]].to_string(index=False))


if __name__ == "__main__":
    main()
