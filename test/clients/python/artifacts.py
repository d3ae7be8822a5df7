"""Figures, texts, tables and folders as artifacts: logged, listed, downloaded, deleted."""

import json
import os
import tempfile

import matplotlib.pyplot as plt
import mlflow
import numpy as np
from mlflow import MlflowClient
from mlflow.artifacts import download_artifacts, load_dict, load_text

client = MlflowClient()
mlflow.set_experiment("artifacts")


def names(run_id, path=None):
    return {f.path: (f.is_dir, f.file_size) for f in client.list_artifacts(run_id, path)}


with mlflow.start_run() as run, tempfile.TemporaryDirectory() as folder:
    run_id = run.info.run_id
    assert run.info.artifact_uri.startswith("mlflow-artifacts:/"), run.info.artifact_uri
    assert names(run_id) == {}
    figure, axes = plt.subplots()
    axes.plot([1, 2, 3])
    mlflow.log_figure(figure, "plots/curve.png")
    mlflow.log_dict({"a": [1, 2]}, "config/settings.json")
    mlflow.log_dict({"b": 1}, "config/settings.yaml")
    mlflow.log_text("<h1>hällo</h1>", "notes.html")
    mlflow.log_image(np.zeros((4, 4, 3), dtype=np.uint8), "image.png")
    mlflow.log_table({"x": [1, 2], "y": ["a", "b"]}, "table.json")
    with open(os.path.join(folder, "empty.bin"), "wb"):
        pass
    os.makedirs(os.path.join(folder, "deep", "er"))
    with open(os.path.join(folder, "deep", "er", "bytes.bin"), "wb") as file:
        file.write(bytes(range(256)) * 4096)
    mlflow.log_artifacts(folder, "tree")

root = names(run_id)
assert root["plots"][0] and root["config"][0] and root["tree"][0], root
assert root["notes.html"] == (False, len("<h1>hällo</h1>".encode())), root
assert set(names(run_id, "config")) == {"config/settings.json", "config/settings.yaml"}
assert names(run_id, "tree")["tree/empty.bin"] in ((False, 0), (False, None))
assert names(run_id, "tree/deep/er") == {"tree/deep/er/bytes.bin": (False, 256 * 4096)}
assert names(run_id, "notes.html") == {} and names(run_id, "nowhere") == {}

uri = run.info.artifact_uri
assert load_dict(uri + "/config/settings.json") == {"a": [1, 2]}
assert load_text(uri + "/config/settings.yaml").strip() == "b: 1"
assert load_text(uri + "/notes.html") == "<h1>hällo</h1>"
assert load_text(f"runs:/{run_id}/notes.html") == "<h1>hällo</h1>"
with open(download_artifacts(run_id=run_id, artifact_path="tree/deep/er/bytes.bin"), "rb") as file:
    assert file.read() == bytes(range(256)) * 4096
with open(download_artifacts(run_id=run_id, artifact_path="plots/curve.png"), "rb") as file:
    assert file.read(8) == b"\x89PNG\r\n\x1a\n"
whole = download_artifacts(run_id=run_id)
assert os.path.getsize(os.path.join(whole, "tree", "empty.bin")) == 0
assert os.path.exists(os.path.join(whole, "tree", "deep", "er", "bytes.bin"))
assert json.load(open(os.path.join(whole, "table.json")))["columns"] == ["x", "y"]

with mlflow.start_run(run_id=run_id):
    mlflow.log_text("second", "notes.html")
    mlflow.log_table({"x": [3], "y": ["c"]}, "table.json")
assert load_text(uri + "/notes.html") == "second", "an artifact is replaced by one of its name"
assert len(mlflow.load_table("table.json", run_ids=[run_id])) == 3

ODD = ["two words.txt", "plus+plus.txt", "größe 測試.txt", "a&b=c;d.txt", "semi;colon,comma.txt", "brackets[1](2){3}.txt", "quote's.txt", "~tilde@at!.txt", "100%.txt"]
with tempfile.TemporaryDirectory() as folder:
    for name in ODD:
        os.makedirs(os.path.join(folder, "sub folder"), exist_ok=True)
        for path in (name, os.path.join("sub folder", name)):
            with open(os.path.join(folder, path), "w") as file:
                file.write(path)
    with mlflow.start_run() as odd:
        mlflow.log_artifacts(folder)
    assert set(names(odd.info.run_id)) == {*ODD, "sub folder"}, names(odd.info.run_id)
    for name in ODD:
        for path in (name, f"sub folder/{name}"):
            assert load_text(f"runs:/{odd.info.run_id}/{path}") == path, path

from mlflow.store.artifact.artifact_repository_registry import get_artifact_repository

repository = get_artifact_repository(uri)
repository.delete_artifacts("tree/deep")
assert set(names(run_id, "tree")) == {"tree/empty.bin"}
repository.delete_artifacts("notes.html")
assert "notes.html" not in names(run_id)
try:
    load_text(uri + "/notes.html")
    raise AssertionError("a deleted artifact was read")
except mlflow.exceptions.MlflowException:
    pass
print("ok")
