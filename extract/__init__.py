"""Reads Vietnamese administrative plans, dispatches, decisions and news into a dataset.

The names below are the public API. Each is imported when it is first asked for, so that ``import extract``
costs nothing and a use of one part does not load the others (PEP 562).

>>> from extract import find_quantities
>>> [(found.comparator, found.value, found.unit) for found in find_quantities("đạt trên 95,5%")]
[('>', 95.5, '%')]
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extract.api import extract_document
    from extract.archive.engine import extract_archive
    from extract.dataset.reading import load_dataset
    from extract.mentions.citations import find_citations
    from extract.mentions.organ_names import find_organs
    from extract.mentions.periods import find_periods
    from extract.mentions.quantities import find_quantities
    from extract.schema import Document, Extraction, Group, Indicator, Problem, Reference, Task, TaskUnit

__all__ = [
    "Document",
    "Extraction",
    "Group",
    "Indicator",
    "Problem",
    "Reference",
    "Task",
    "TaskUnit",
    "extract_archive",
    "extract_document",
    "find_citations",
    "find_organs",
    "find_periods",
    "find_quantities",
    "load_dataset",
]

_MODULES = {
    "extract_archive": "extract.archive.engine",
    "extract_document": "extract.api",
    "find_citations": "extract.mentions.citations",
    "find_organs": "extract.mentions.organ_names",
    "find_periods": "extract.mentions.periods",
    "find_quantities": "extract.mentions.quantities",
    "load_dataset": "extract.dataset.reading",
}
_RECORDS = "extract.schema"


if not TYPE_CHECKING:  # a type checker that saw it would take every name for one of ours

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(_MODULES.get(name, _RECORDS)), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
