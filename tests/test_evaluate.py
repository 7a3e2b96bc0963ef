"""Scores against gold files: by hand on small cases, and equal to the reference script on large ones."""

import csv
import importlib.util
import json
import random
from pathlib import Path

import pytest
from gold_files import gold_indicator, gold_task, write, write_gold
from stub_pipeline import extract_stub, indicator

from extract import cli
from extract.errors import GoldError
from extract.evaluation import Evaluation, FieldScore, compare_evaluations, evaluate_dataset

SHARED = Path(__file__).parents[1] / "../shared"
SCRIPT = SHARED / "score" / "score.py"
GOLD = sorted((SHARED / "gold").glob("*.json"))
needs_shared = pytest.mark.skipif(not SCRIPT.is_file(), reason="../shared/score/score.py is missing")


def plan(text="Nhiệm vụ\nXây dựng kế hoạch tiêm chủng\ncấp 15 thẻ cho trẻ em\n", source="in/kh.txt"):
    return extract_stub(source, text.encode())


def scores(evaluation):
    return {score.name: (score.hits, score.said, score.gold) for score in evaluation.scores}


def test_fields_of_tasks_and_indicators_are_counted(tmp_path):
    folder = write(tmp_path / "out", plan())
    gold = write_gold(
        tmp_path / "kh.json",
        [gold_task("Xây dựng kế hoạch tiêm chủng", due="2025-12-31"), gold_task("Báo cáo hằng quý")],
        [gold_indicator(15, "cấp 15 thẻ"), gold_indicator(16, "cấp 16 thẻ")],
        {"kind": "plan", "number": "1/KH-UBND"},
    )
    assert scores(evaluate_dataset(folder, [gold])) == {
        "document kind": (1, 1, 1),
        "document number": (0, 0, 1),
        "task": (1, 2, 2),
        "task group": (1, 1, 1),
        "task lead": (1, 1, 1),
        "task support": (0, 2, 0),
        "task time": (1, 1, 1),
        "indicator value": (1, 1, 2),
        **{
            f"indicator {field}": (1, 1, 1)
            for field in ("kind", "measure", "comparator", "unit", "period", "name", "value_high")
        },
        "indicator whole": (1, 1, 2),
    }


def test_outcomes_name_the_records(tmp_path):
    folder = write(tmp_path / "out", plan())
    gold = write_gold(
        tmp_path / "kh.json",
        [gold_task("Xây dựng kế hoạch tiêm chủng"), gold_task("Báo cáo hằng quý")],
        [gold_indicator(15, "cấp 15 thẻ", unit="chiếc")],
    )
    found = [outcome[1:] for outcome in evaluate_dataset(folder, [gold]).outcomes]
    support = "support: gold [], said 'Sở Tài chính; Sở Nội vụ', due: gold None, said '2025-12-31'"
    assert found == [
        ("wrong task fields", f"Xây dựng kế hoạch tiêm chủng | {support}"),
        ("right task", "Xây dựng kế hoạch tiêm chủng"),
        ("missed task", "Báo cáo hằng quý"),
        ("false task", "cấp 15 thẻ cho trẻ em"),
        ("wrong indicator fields", "15 chiếc | cấp 15 thẻ | unit: gold 'chiếc', said 'thẻ'"),
    ]


def test_a_missing_document_counts_as_missed(tmp_path):
    folder = write(tmp_path / "out", plan(source="other.txt"))
    gold = write_gold(tmp_path / "kh.json", [gold_task("Xây dựng kế hoạch")], [gold_indicator(1, "một")])
    evaluation = evaluate_dataset(folder, [gold])
    assert scores(evaluation)["task"] == (0, 0, 1)
    assert evaluation.outcomes[0].what == "missing document"


def test_the_command_says_how_many_documents_are_missing(tmp_path, capsys):
    folder = write(tmp_path / "out", plan(source="other.txt"))
    gold = write_gold(tmp_path / "kh.json", [gold_task("Xây dựng kế hoạch")], [])
    assert cli.main(["evaluate", str(gold), "--dataset", str(folder)]) == 0
    assert "1 of the 1 gold documents are not in the dataset." in capsys.readouterr().out


def test_a_document_is_found_by_name_before_stem(tmp_path):
    one, two = plan(source="a/kh.pdf"), plan("Nhiệm vụ\nRà soát danh mục\n", "b/kh.txt")
    gold = write_gold(tmp_path / "kh.json", [gold_task("Rà soát danh mục")])
    assert scores(evaluate_dataset(write(tmp_path / "both", one, two), [gold]))["task"] == (1, 1, 1)
    assert scores(evaluate_dataset(write(tmp_path / "stem", one), [gold]))["task"] == (0, 2, 1)


def test_only_annotated_pages_count(tmp_path):
    extraction = plan("Nhiệm vụ\nmột hai ba\nbốn năm sáu\nbảy tám chín\n")
    for page, task in enumerate(extraction.tasks, 1):
        task.page = page
    extraction.tasks[2].page = None
    gold = write_gold(tmp_path / "kh.json", [gold_task("một hai ba")], pages=[1, 1])
    assert scores(evaluate_dataset(write(tmp_path / "out", extraction), [gold]))["task"] == (1, 2, 1)


def test_a_parquet_dataset_scores_as_a_csv_one(tmp_path):
    gold = [
        write_gold(tmp_path / "kh.json", [gold_task("cấp 15 thẻ cho trẻ em")], [gold_indicator(15, "15")])
    ]
    one = write(tmp_path / "csv", plan(), formats=("csv",))
    two = write(tmp_path / "parquet", plan(), formats=("parquet",))
    assert evaluate_dataset(one, gold) == evaluate_dataset(two, gold)


@pytest.mark.parametrize(
    ("score", "shares"),
    [
        (FieldScore("a", 1, 2, 4), (0.5, 0.25, 1 / 3)),
        (FieldScore("a", 0, 0, 3), (0.0, 0.0, 0.0)),
        (FieldScore("a", 0, 3, 0), (0.0, 1.0, 0.0)),
        (FieldScore("a", 0, 0, 0), (1.0, 1.0, 1.0)),
    ],
)
def test_shares_at_the_edges(score, shares):
    assert (score.precision, score.recall, score.f1) == pytest.approx(shares)


def test_changes_between_two_datasets(tmp_path):
    old = write(tmp_path / "old", plan("Nhiệm vụ\nXây dựng kế hoạch\nThừa ra ở đây\n"))
    new = write(tmp_path / "new", plan("Nhiệm vụ\nRà soát danh mục\nThừa ra chỗ khác hẳn\n"))
    gold = [write_gold(tmp_path / "kh.json", [gold_task("Xây dựng kế hoạch"), gold_task("Rà soát danh mục")])]
    changes = compare_evaluations(evaluate_dataset(new, gold), evaluate_dataset(old, gold))
    assert [[outcome.text for outcome in outcomes] for outcomes in changes] == [
        ["Rà soát danh mục"],
        ["Xây dựng kế hoạch"],
        ["Thừa ra chỗ khác hẳn"],
        ["Thừa ra ở đây"],
    ]


def test_records_found_twice_are_counted_twice(tmp_path):
    twice, once = (
        evaluate_dataset(
            write(tmp_path / f"{times}", plan("Nhiệm vụ\n" + "Xây dựng kế hoạch\n" * times)),
            [write_gold(tmp_path / "kh.json", [gold_task("Xây dựng kế hoạch")] * 2)],
        )
        for times in (2, 1)
    )
    assert len(compare_evaluations(twice, once).gained) == 1
    assert compare_evaluations(once, once) == ((), (), (), ())


@pytest.mark.parametrize(
    "content",
    [
        "", "{", "[]", "{}", '{"source": "a", "document": {}, "tasks": []}',
        '{"source": "a", "document": {}, "tasks": [{"lead": []}], "indicators": []}',
    ],
)  # fmt: skip
def test_broken_gold_is_refused(tmp_path, content):
    (tmp_path / "gold.json").write_text(content, encoding="utf-8")
    with pytest.raises(GoldError, match=r"gold\.json"):
        evaluate_dataset(write(tmp_path / "out", plan()), [tmp_path / "gold.json"])


def test_the_command_prints_and_writes_scores(tmp_path, capsys):
    folder = write(tmp_path / "out", plan())
    gold, report = tmp_path / "gold", tmp_path / "report.json"
    gold.mkdir()
    write_gold(gold / "kh.json", [gold_task("Xây dựng kế hoạch tiêm chủng")])
    arguments = ["evaluate", gold, "--dataset", folder, "--against", folder, "--json", report]
    assert cli.main([str(argument) for argument in arguments]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["task", "0.500", "1.000", "0.667", "0.667", "-", "0.667", "1"] in lines
    assert ["Gained:", "0"] in lines
    written = json.loads(report.read_text("utf-8"))
    assert written["scores"] == written["scores_against"]
    assert written["scores"]["task"] == {
        "precision": 0.5, "recall": 1.0, "f1": pytest.approx(2 / 3), "hits": 1, "said": 2, "gold": 1,
        "f1_interval": pytest.approx([2 / 3, 2 / 3]),
    }  # fmt: skip
    assert written["gained"] == written["lost"] == []


def test_a_report_that_cannot_be_written_is_told(tmp_path, capsys):
    folder = write(tmp_path / "out", plan())
    gold = write_gold(tmp_path / "kh.json")
    report = tmp_path / "nowhere" / "report.json"
    assert cli.main(["evaluate", str(gold), "--dataset", str(folder), "--json", str(report)]) == 2
    assert "Cannot write" in capsys.readouterr().err


def reference():
    """Load the reference script as a module."""
    specification = importlib.util.spec_from_file_location("reference_score", SCRIPT)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def disturbed(gold, source, chance):
    """Make a document from a gold file as a reader would that errs with a given chance."""
    extraction = extract_stub(source, f"{source}\n".encode())
    key = extraction.document.document_id
    extraction.document.kind = gold["document"]["kind"] if chance.random() < 0.8 else "other"
    extraction.document.number = gold["document"]["number"] or ""
    extraction.document.issued = gold["document"]["issued"] or "2024-01-01"
    for number, record in enumerate(gold["tasks"], 1):
        if chance.random() < 0.8:
            text = " ".join(word for word in record["text"].split() if chance.random() < 0.8)
            task = extract_stub(source, f"{source}\n{text}\n".encode()).tasks
            for found in task:
                found.task_id, found.document_id = f"{key}-{number}", key
                found.group = record["group"] or "" if chance.random() < 0.8 else "+"
                found.lead = tuple(record["lead"]) if chance.random() < 0.8 else ()
                found.support = tuple(record["support"])
                found.due_date, found.page = record["due"] or "", chance.choice([1, 4, 12, None])
                extraction.tasks.append(found)
    for number, record in enumerate(gold["indicators"], 1):
        changed = {} if chance.random() < 0.8 else {"unit": "cái", "comparator": ">="}
        names = ("name", "kind", "measure", "comparator", "value_high", "unit", "quote")
        fields = {name: record[name] for name in names} | {"period": record["period"] or ""} | changed
        value = record["value"] if chance.random() < 0.9 else record["value"] + 1
        extraction.indicators.append(indicator(key, number, value, **fields))
    return extraction


@needs_shared
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_scores_equal_those_of_the_reference_script(tmp_path, seed):
    chance = random.Random(seed)
    golds = [json.loads(path.read_text("utf-8")) for path in GOLD]
    written = [disturbed(gold, gold["source"], chance) for gold in golds[:-1]]
    folder = write(tmp_path / "out", *written)
    limit = csv.field_size_limit()
    tally, details = reference().score_all(folder, GOLD)
    csv.field_size_limit(limit)
    expected = {name: (tally.hit[name], tally.said[name], gold) for name, *_, gold in tally.rows()}
    shares = {name: (p, r, f) for name, p, r, f, _ in tally.rows()}
    evaluation = evaluate_dataset(folder, GOLD)
    assert scores(evaluation) == expected
    assert {s.name: (s.precision, s.recall, s.f1) for s in evaluation.scores} == shares
    missed = sorted(text for rows in details.values() for what, text in rows if what == "missed task")
    assert sorted(o.text for o in evaluation.outcomes if o.what == "missed task") == missed
    assert expected["task"][0] > 100


def test_an_evaluation_is_a_value():
    assert Evaluation((), ()) == Evaluation((), ())
