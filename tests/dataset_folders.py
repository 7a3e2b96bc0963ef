"""Datasets for the tests: extractions of a small plan, written to a folder and read back as plain rows."""

import csv

from stub_pipeline import extract_stub

from extract.dataset.writers import DatasetWriter

PLAN = "Nhiệm vụ\nXây dựng kế hoạch\n=HYPERLINK(1)\ncấp 86.5 thẻ\ncấp 149 thẻ\n"


def write(folder, *extractions, formats=("csv", "parquet")):
    folder.mkdir(exist_ok=True)
    with DatasetWriter(folder, formats) as writer:
        for extraction in extractions:
            writer.add(extraction)
        writer.finish()
    return folder


def plan(text=PLAN, source="kế hoạch.txt"):
    return extract_stub(source, text.encode("utf-8", "surrogatepass"))


def rows(folder, table):
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
