"""search_runs and search_experiments: filters, orders, several experiments, pages."""

import math

import mlflow
from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag, ViewType

client = MlflowClient()
first = client.create_experiment("search one", tags={"team": "blue"})
second = client.create_experiment("search two")
ids = {}
for number in range(24):
    experiment = first if number % 3 else second
    run = client.create_run(experiment, run_name=f"run {number:02d}", start_time=1_700_000_000_000 + number)
    metrics = [Metric("acc", number / 24, 1_700_000_000_000, 0), Metric("loss rate", 1.0 - number / 24, 1_700_000_000_000, 0)]
    if number == 7:
        metrics.append(Metric("odd", math.nan, 1_700_000_000_000, 0))
    if number == 8:
        metrics.append(Metric("odd", math.inf, 1_700_000_000_000, 0))
    if number == 9:
        metrics.append(Metric("odd", 1.0, 1_700_000_000_000, 0))
    client.log_batch(
        run.info.run_id,
        metrics,
        [Param("kind", "tree" if number % 2 else "Forest"), Param("depth", str(number))],
        [RunTag("owner", f"u{number % 4}")],
    )
    client.set_terminated(run.info.run_id, "FINISHED" if number % 5 else "FAILED")
    ids[run.info.run_id] = number


def search(filter_string="", order_by=None, experiments=(first, second), view=ViewType.ACTIVE_ONLY, **more):
    page = client.search_runs(list(experiments), filter_string, view, order_by=order_by or ["attributes.start_time ASC"], **more)
    return [ids[run.info.run_id] for run in page]


everything = list(range(24))
assert search() == everything
assert search(experiments=[first]) == [n for n in everything if n % 3]
assert search("metrics.acc >= 0.5") == everything[12:]
assert search('metrics."loss rate" < 0.25 and params.kind = "tree"') == [n for n in everything if 1 - n / 24 < 0.25 and n % 2]
assert search("metrics.`loss rate` <= 0.5 AND metric.acc != 0.5") == everything[13:]
assert search("params.kind LIKE 'For%'") == everything[::2]
assert search("parameters.kind ILIKE 'fOREST'") == everything[::2]
assert search("params.kind != 'tree'") == everything[::2]
assert search("tags.nothing IS NULL") == everything
assert search("tags.nothing IS NOT NULL") == []
assert search("attributes.status = 'FAILED'") == everything[::5]
assert search("run_name = 'run 03'") == [3]
assert search("attributes.run_name LIKE '%1_'") == everything[10:20]
assert search(f"attributes.start_time > {1_700_000_000_020}") == [21, 22, 23]
some = [run_id for run_id, number in ids.items() if number in (2, 4)]
assert search(f"run_id IN ('{some[0]}', '{some[1]}')") == [2, 4]
assert search(order_by=["metrics.acc DESC"]) == everything[::-1]
assert search(order_by=["params.kind ASC", "metrics.acc DESC"]) == everything[::2][::-1] + everything[1::2][::-1]
assert search(order_by=["metrics.odd ASC", "start_time ASC"])[:3] == [9, 8, 7], "numbers, infinity, NaN, then none"
assert search(order_by=["tag.owner DESC", "start_time DESC"])[0] == 23
assert search("metrics.acc >= 0", max_results=5, order_by=["metrics.acc DESC"]) == [23, 22, 21, 20, 19]

seen, token = [], None
while True:
    page = client.search_runs([first, second], order_by=["metrics.acc DESC"], max_results=7, page_token=token)
    seen += [ids[run.info.run_id] for run in page]
    token = page.token
    if not token:
        break
assert seen == everything[::-1], seen

frame = mlflow.search_runs(search_all_experiments=True, filter_string="metrics.acc > 0.9", order_by=["metrics.acc"])
assert list(frame["params.depth"]) == ["22", "23"], frame
assert len(mlflow.search_runs(experiment_names=["search one", "search two"], max_results=1000)) == 24

client.delete_run(some[0])
assert 2 not in search() and search(view=ViewType.DELETED_ONLY) == [2] and len(search(view=ViewType.ALL)) == 24
client.restore_run(some[0])
assert search() == everything

found = client.search_experiments(filter_string="name LIKE 'search %'", order_by=["name DESC"])
assert [e.name for e in found] == ["search two", "search one"]
assert [e.name for e in client.search_experiments(filter_string="tags.team = 'blue'")] == ["search one"]
page = client.search_experiments(max_results=1, order_by=["experiment_id ASC"])
assert page[0].experiment_id == "0" and page.token
print("ok")
