"""Gold files for the tests, and datasets to hold against them."""

import json

from extract.dataset.writers import DatasetWriter


def gold_task(text, **changes):
    task = {"marker": "-", "group": "I", "text": text, "lead": ["Sở Y tế"], "support": [], "start": None}
    return task | {"due": None, "recurrence": None} | changes


def gold_indicator(value, quote, **changes):
    fields = {
        "name": "số thẻ được cấp",
        "kind": "target",
        "measure": "level",
        "comparator": "=",
        "value": value,
    }
    return fields | {"value_high": None, "unit": "thẻ", "period": "2025", "quote": quote} | changes


def write_gold(path, tasks=(), indicators=(), document=None, **extra):
    gold = {"source": f"{path.stem}.txt", "document": document or {}, "tasks": list(tasks)}
    gold |= {"groups": [], "indicators": list(indicators)} | extra
    path.write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")
    return path


def write(folder, *extractions, formats=("csv",)):
    folder.mkdir()
    with DatasetWriter(folder, formats) as writer:
        for extraction in extractions:
            writer.add(extraction)
        writer.finish()
    return folder
