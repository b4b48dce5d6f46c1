"""Reads the reviewed data files that ship inside the package."""

import csv
import json
from importlib import resources
from typing import Any

import yaml

_DATA = resources.files("safar.reference") / "data"


def read_text(path: str) -> str:
    """Return the text of one data file, `path` relative to `safar/reference/data`."""
    return (_DATA / path).read_text(encoding="utf-8")


def read_yaml(path: str) -> Any:
    return yaml.safe_load(read_text(path))


def read_csv(path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(read_text(path).splitlines()))


def read_json(path: str) -> Any:
    return json.loads(read_text(path))


def names_in(folder: str, ending: str) -> list[str]:
    """Return the names without ending of all data files in one folder, in order."""
    return sorted(
        entry.name.removesuffix(ending) for entry in (_DATA / folder).iterdir() if entry.name.endswith(ending)
    )
