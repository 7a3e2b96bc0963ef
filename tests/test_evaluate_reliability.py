"""Confidence against what was right: bins and the expected calibration error, worked out by hand."""

import json

import pytest
from gold_files import gold_indicator, gold_task, write, write_gold
from stub_pipeline import extract_stub

from extract import cli
from extract.evaluation import evaluate_dataset
from extract.evaluation.reliability import Bin, Reliability, measure_by_record, measure_reliability
from extract.evaluation.scores import Judged


def test_a_table_by_hand():
    judged = [(0.95, True)] * 3 + [(0.91, False)] + [(0.15, False)] * 4
    measured = measure_reliability(judged)
    assert measured.bins == (
        Bin(0.1, 0.2, 4, pytest.approx(0.15), 0.0),
        Bin(0.9, 1.0, 4, pytest.approx(0.94), 0.75),
    )
    # half of the records are 0.15 away from what was right, the others 0.94 - 0.75
    assert measured.records == 8
    assert measured.expected_error == pytest.approx((0.15 + 0.19) / 2)


@pytest.mark.parametrize("tenths", range(1, 11))
def test_the_upper_end_belongs_to_a_bin(tenths):
    (found,) = measure_reliability([(tenths / 10, True)]).bins
    assert (found.low, found.high) == ((tenths - 1) / 10, tenths / 10)


@pytest.mark.parametrize(("confidence", "low"), [(0.0, 0.0), (1.0, 0.9), (0.30000000000000004, 0.3)])
def test_the_ends(confidence, low):
    assert measure_reliability([(confidence, True)]).bins[0].low == low


@pytest.mark.parametrize("share", [0.25, 0.5, 0.75])
def test_confidence_that_is_true_has_no_error(share):
    judged = [(share, place < 40 * share) for place in range(40)]
    assert measure_reliability(judged).expected_error == 0


def test_the_order_makes_no_difference():
    judged = [(number / 97 % 1, number % 3 > 0) for number in range(500)]
    assert measure_reliability(judged) == measure_reliability(reversed(judged))


def test_nothing_has_no_error():
    assert measure_reliability([]) == Reliability((), 0, 0.0)
    assert measure_by_record([]) == {}


def test_other_numbers_of_bins():
    assert [found.high for found in measure_reliability([(0.2, True), (0.6, True)], bins=2).bins] == [
        0.5,
        1.0,
    ]


def dataset(tmp_path):
    text = "Nhiệm vụ\nXây dựng kế hoạch\ncấp 15 thẻ\nRà soát danh mục\n"
    folder = write(
        tmp_path / "out", extract_stub("kh.txt", text.encode()), extract_stub("khac.txt", b"a\nb\n")
    )
    gold = write_gold(
        tmp_path / "kh.json",
        [gold_task("Xây dựng kế hoạch", lead=["Sở Nội vụ"])],
        [gold_indicator(15, "cấp 15 thẻ", unit="chiếc")],
    )
    return folder, gold


def test_records_of_gold_documents_are_judged(tmp_path):
    folder, gold = dataset(tmp_path)
    # a wrong unit makes neither a task nor the value of an indicator wrong; another document has no gold
    assert evaluate_dataset(folder, [gold]).judged == (
        Judged("task", 0.5, True),
        Judged("task", 0.5, False),
        Judged("task", 0.5, False),
        Judged("indicator value", 0.25, True),
    )


def test_the_command_prints_and_writes_it(tmp_path, capsys):
    folder, gold = dataset(tmp_path)
    report = tmp_path / "report.json"
    assert cli.main(["evaluate", str(gold), "--dataset", str(folder), "--json", str(report)]) == 0
    printed = capsys.readouterr().out
    assert ["0.4", "-", "0.5", "3", "0.500", "0.333"] in [line.split() for line in printed.splitlines()]
    assert "Expected calibration error 0.167; a task is right when its text" in printed
    written = json.loads(report.read_text("utf-8"))["reliability"]
    assert written["task"]["expected_calibration_error"] == pytest.approx(1 / 6)
    assert written["indicator value"]["bins"] == [
        {"low": 0.2, "high": 0.3, "records": 1, "confidence": 0.25, "right": 1.0}
    ]
