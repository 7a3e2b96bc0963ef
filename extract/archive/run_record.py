"""``run.json``: with what a dataset was made, when, and how much it holds."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from extract.dataset.tables import Counts
from extract.judging.model import find_models, load_model
from extract.schema import TABLES

VOCABULARY_FOLDER = "knowledge"
"""Folder of the package whose files decide what is read, as do the models."""
DOCUMENTATION = (".py", ".pyc", ".md")
NO_MODEL = (
    "The trained model is missing, damaged or made for another version: rules alone judged what is a task, "
    "and confidence is not calibrated. Install vnplans anew, or make the model again with vnplans train."
)


def build_run_record(
    options: Mapping[str, Any], counts: Counts, started: datetime, dropped: Mapping[str, int] | None = None
) -> dict[str, Any]:
    """Build the record of a run that ends now; only here do times stand.

    Takes the options, the counts, the time of the start (UTC), and how many rows of each table were left
    out because their confidence was too low.

    >>> record = build_run_record({"workers": 1}, Counts(), datetime.now(UTC))
    >>> record["options"], record["counts"]["rows"]["tasks"]
    ({'workers': 1}, 0)
    """
    finished = datetime.now(UTC)
    return {
        "vnplans": find_version(),
        "python": platform.python_version(),
        "options": dict(options),
        "vocabulary": _checksums(files("extract") / VOCABULARY_FOLDER),
        "models": _checksums(find_models()),
        "warnings": [] if load_model() else [NO_MODEL],
        "counts": {
            "rows": {table: counts.rows[table] for table in TABLES},
            "status": dict(sorted(counts.statuses.items())),
            "kind": dict(sorted(counts.kinds.items())),
            "problems": dict(sorted(counts.problems.items())),
            "dropped": dict(sorted((dropped or {}).items())),
        },
        "started": started.isoformat(timespec="seconds"),
        "finished": finished.isoformat(timespec="seconds"),
        "seconds": round((finished - started).total_seconds(), 3),
    }


def find_version() -> str:
    """Give the version of this package, ``0+unknown`` when it runs without being installed.

    >>> find_version()[0].isdigit()
    True
    """
    try:
        return version("vnplans")
    except PackageNotFoundError:
        return "0+unknown"


def _checksums(folder: Traversable) -> dict[str, str]:
    """Give the SHA-256 of every data file of a folder, by name; empty for a file that cannot be read."""
    if not folder.is_dir():
        return {}
    data = (entry for entry in folder.iterdir() if entry.is_file() and not entry.name.endswith(DOCUMENTATION))
    return {entry.name: _checksum(entry) for entry in sorted(data, key=lambda e: e.name)}


def _checksum(entry: Traversable) -> str:
    try:
        return sha256(entry.read_bytes()).hexdigest()
    except OSError:
        return ""
