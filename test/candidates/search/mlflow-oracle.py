"""Reads {"filters": [...], "orders": [...]} from the file named first and prints what MLflow's own parser makes of each, as JSON."""

import json
import sys

from mlflow.utils.search_utils import SearchUtils


def read_filter(text):
    comparisons = []
    for found in SearchUtils.parse_search_filter(text):
        kind, value = found["type"], found["value"]
        name = SearchUtils.translate_key_alias(found["key"])
        operator = found["comparator"].upper()
        if SearchUtils.is_metric(kind, operator):
            value = float(value)
        elif not (
            SearchUtils.is_param(kind, operator)
            or SearchUtils.is_tag(kind, operator)
            or SearchUtils.is_dataset(kind, operator)
            or SearchUtils.is_attribute(kind, name, operator)
        ):
            raise ValueError("no such column")
        if isinstance(value, float):
            value = repr(value)
        elif isinstance(value, int):
            value = repr(float(value))
        comparisons.append([kind, name, operator, list(value) if isinstance(value, tuple) else value])
    return comparisons


def read_order(text):
    kind, key, ascending = SearchUtils.parse_order_by_for_search_runs(text)
    if kind == "dataset":
        raise ValueError("no order by dataset")
    return [kind, SearchUtils.translate_key_alias(key), not ascending]


def outcome(read, text):
    try:
        return {"read": read(text)}
    except Exception as error:
        return {"refused": f"{type(error).__name__}: {error}"}


with open(sys.argv[1], encoding="utf-8") as file:
    corpus = json.load(file)
print(
    json.dumps(
        {
            "filters": [outcome(read_filter, text) for text in corpus["filters"]],
            "orders": [outcome(read_order, text) for text in corpus["orders"]],
        }
    )
)
