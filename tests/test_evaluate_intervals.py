"""Bootstrap intervals: equal to those worked out by hand, and the same every time."""

from itertools import product

import numpy as np
import pytest
from gold_files import gold_task, write, write_gold
from stub_pipeline import extract_stub

from extract.evaluation import Evaluation, evaluate_dataset
from extract.evaluation.bootstrap import Interval, find_intervals
from extract.evaluation.report import build_scores, format_interval, list_notes
from extract.evaluation.scores import Counts

RIGHT, HALF, WRONG = ({"task": counts} for counts in (Counts(2, 2, 2), Counts(1, 2, 2), Counts(0, 2, 2)))


def f1(documents):
    hits, said, gold = (sum(counts[part] for counts in documents) for part in range(3))
    return 2 * hits / (said + gold)


def test_two_documents_by_hand():
    # Of two documents four samples can be drawn: F1 is 1 once, 1/2 twice and 0 once, 250 and 500 of 1,000
    # draws. The middle 95 % reach from 0 to 1, the middle 40 % lie all in 1/2.
    assert find_intervals([RIGHT, WRONG])["task"] == Interval(0.0, 1.0)
    assert find_intervals([RIGHT, WRONG], level=0.4)["task"] == Interval(0.5, 0.5)


@pytest.mark.parametrize("level", [0.5, 0.8, 0.95])
def test_all_samples_of_four_documents(level):
    documents = [
        {"task": counts}
        for counts in (Counts(9, 10, 12), Counts(3, 4, 3), Counts(0, 2, 5), Counts(30, 31, 40))
    ]
    every = [f1([one["task"] for one in sample]) for sample in product(documents, repeat=4)]
    expected = np.quantile(every, [(1 - level) / 2, (1 + level) / 2])
    found = find_intervals(documents, resamples=50_000, level=level)["task"]
    assert found == pytest.approx(tuple(expected), abs=0.02)


def test_one_document_gives_a_point():
    assert find_intervals([HALF])["task"] == Interval(0.5, 0.5)


def test_the_score_lies_within_and_more_documents_narrow_it():
    few, many = (find_intervals([RIGHT, HALF, WRONG, HALF] * times)["task"] for times in (1, 25))
    assert few.low < many.low < 0.5 < many.high < few.high


def test_the_same_counts_give_the_same_interval():
    documents = [{"task": Counts(place % 7, 7, 9 + place)} for place in range(20)]
    assert find_intervals(documents) == find_intervals(documents)
    assert find_intervals(documents) != find_intervals(documents, seed=1)


def test_draws_without_a_field_say_nothing_of_it():
    found = find_intervals([RIGHT, {"task": Counts(2, 2, 2), "task time": Counts(1, 1, 1)}])
    assert found["task time"] == Interval(1.0, 1.0)


def test_a_field_that_nobody_said_and_no_gold_has_gets_none():
    assert find_intervals([{"task lead": Counts(0, 0, 0)}]) == {}
    assert find_intervals([]) == {}
    assert format_interval(None) == ""


def test_said_only_and_gold_only_are_zero():
    said, gold = {"task": Counts(0, 3, 0)}, {"task": Counts(0, 0, 3)}
    assert find_intervals([said])["task"] == find_intervals([gold])["task"] == Interval(0.0, 0.0)


def test_scores_of_a_dataset_carry_them(tmp_path):
    one, two = (
        extract_stub(f"{name}.txt", f"Nhiệm vụ\nXây dựng kế hoạch {name}\n".encode())
        for name in ("một", "hai")
    )
    folder = write(tmp_path / "out", one, two)
    gold = [
        write_gold(tmp_path / "một.json", [gold_task("Xây dựng kế hoạch một")]),
        write_gold(tmp_path / "hai.json", [gold_task("Rà soát danh mục")]),
    ]
    evaluation = evaluate_dataset(folder, gold)
    assert [document["task"] for document in evaluation.documents] == [Counts(1, 1, 1), Counts(0, 1, 1)]
    assert build_scores(evaluation)["task"]["f1_interval"] == [0.0, 1.0]


@pytest.mark.parametrize(("documents", "words"), [(1, "1 document only"), (4, "4 documents only"), (5, "")])
def test_few_documents_are_told(documents, words):
    notes = list(list_notes(Evaluation((), (), documents=(RIGHT,) * documents)))
    assert bool(notes) is bool(words)
    assert all(words in note for note in notes)
