"""A file of several parts: up, listed, down and compared, whichever way the client takes it."""

import os
import tempfile

import mlflow
from mlflow import MlflowClient
from mlflow.artifacts import download_artifacts

client = MlflowClient()
content = bytes(range(256)) * (12 * 1024 * 4 + 1)

with mlflow.start_run() as run, tempfile.TemporaryDirectory() as folder:
    for name, artifact_path in [("large ø+1.bin", None), ("large.bin", "a folder/deep")]:
        local = os.path.join(folder, name)
        with open(local, "wb") as file:
            file.write(content)
        mlflow.log_artifact(local, artifact_path)
        path = f"{artifact_path}/{name}" if artifact_path else name
        listed = {f.path: f.file_size for f in client.list_artifacts(run.info.run_id, artifact_path)}
        assert listed[path] == len(content), listed
        with tempfile.TemporaryDirectory() as target:
            down = download_artifacts(run_id=run.info.run_id, artifact_path=path, dst_path=target)
            with open(down, "rb") as file:
                assert file.read() == content
print("ok")
