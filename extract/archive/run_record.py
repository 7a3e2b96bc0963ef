"""``run.json``: with what a dataset was made, when, and how much it holds."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from typing import Any

from extract.dataset.tables import Counts
from extract.schema import TABLES

# Folders of the package whose files decide what is read.
VOCABULARY_FOLDER = "knowledge"
MODEL_FOLDER = "models"
DOCUMENTATION = (".py", ".pyc", ".md")


def build_run_record(options: Mapping[str, Any], counts: Counts, started: datetime) -> dict[str, Any]:
    """Build the record of a run that ends now; only here do times stand.

    Takes the options, the counts and the time of the start (UTC).

    >>> record = build_run_record({"workers": 1}, Counts(), datetime.now(UTC))
    >>> record["options"], record["counts"]["rows"]["tasks"]
    ({'workers': 1}, 0)
    """
    finished = datetime.now(UTC)
    return {
        "vnplans": find_version(),
        "python": platform.python_version(),
        "options": dict(options),
        "vocabulary": _checksums(VOCABULARY_FOLDER),
        "models": _checksums(MODEL_FOLDER),
        "counts": {
            "rows": {table: counts.rows[table] for table in TABLES},
            "status": dict(sorted(counts.statuses.items())),
            "kind": dict(sorted(counts.kinds.items())),
            "problems": dict(sorted(counts.problems.items())),
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


def _checksums(folder: str) -> dict[str, str]:
    """Give the SHA-256 of every data file of a folder of the package, by name."""
    root = files("extract") / folder
    if not root.is_dir():
        return {}
    data = (entry for entry in root.iterdir() if entry.is_file() and not entry.name.endswith(DOCUMENTATION))
    return {
        entry.name: sha256(entry.read_bytes()).hexdigest() for entry in sorted(data, key=lambda e: e.name)
    }
