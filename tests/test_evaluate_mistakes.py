"""Every wrong record gets one cause, by the rules in extract/evaluation/causes.py."""

from collections import Counter
from pathlib import Path

import pytest
from gold_files import gold_indicator, gold_task, write, write_gold
from stub_pipeline import extract_stub, indicator

from extract.evaluation import evaluate_dataset
from extract.evaluation.causes import DESCRIPTIONS, FIELD_CAUSES, Cause
from extract.evaluation.comparing import share_passage, split_words
from extract.evaluation.gold import Case
from extract.evaluation.mistakes import find_document_mistakes, find_indicator_mistakes, find_task_mistakes
from extract.evaluation.pairing import (
    INDICATOR_PARTS,
    TASK_TIMES,
    TASK_UNITS,
    pair_indicators,
    pair_tasks,
)

NURSERY = "Rà soát các vườn ươm cây giống trên địa bàn và đề nghị cấp phép cho vườn đủ điều kiện"
FENCE = "Dựng hàng rào quanh rừng phòng hộ ven biển và giao cho dân quân canh giữ hằng đêm"


def said_task(text, **changes):
    row = {"text": text, "group": "I", "lead": "Sở Y tế", "support": "", "start_date": "", "due_date": ""}
    return row | {"recurrence": "", "page": "", "start": "10", "end": "20"} | changes


def said_indicator(value, quote, **changes):
    row = {"name": "số thẻ được cấp", "kind": "target", "measure": "level", "comparator": "=", "value": value}
    row |= {"value_high": "", "unit": "thẻ", "period": "2025", "quote": quote, "page": "3"}
    return row | {"start": "", "end": ""} | changes


def make_case(tasks=(), said=(), indicators=(), found=(), headings=(), groups=(), document=()):
    gold = {"source": "kh.txt", "document": dict(document), "tasks": list(tasks)}
    gold |= {"indicators": list(indicators), "groups": [{"title": title} for title in headings]}
    row = {"document_id": "0a", "status": "ok", "kind": "", "number": "", "province_code": ""}
    row |= {"issued": "", "period": ""}
    return Case(Path("kh.json"), gold, row, list(said), list(found), [{"title": title} for title in groups])


def task_mistakes(gold, said, **more):
    case = make_case(gold, said, **more)
    return list(find_task_mistakes(case, pair_tasks(gold, said)))


def indicator_mistakes(gold, said):
    case = make_case(indicators=gold, found=said)
    return list(find_indicator_mistakes(case, pair_indicators(gold, said)))


def sum_up(mistakes):
    return [(mistake.what, mistake.cause.value, mistake.reason) for mistake in mistakes]


def test_right_records_are_no_mistakes():
    assert task_mistakes([gold_task(NURSERY)], [said_task(NURSERY)]) == []
    assert indicator_mistakes([gold_indicator(15, "cấp 15 thẻ")], [said_indicator("15", "cấp 15 thẻ")]) == []


@pytest.mark.parametrize(
    ("gold", "said", "cause"),
    [
        ({"group": "I"}, {"group": "II"}, "outline"),
        ({"lead": ["Sở Y tế"]}, {"lead": "Sở Xây dựng"}, "unit"),
        ({"lead": ["Sở Y tế"]}, {"lead": ""}, "unit"),
        ({"lead": []}, {"lead": "Sở Y tế"}, "unit"),
        ({"support": ["Sở Y tế", "Sở Xây dựng"]}, {"support": "Sở Y tế"}, "unit"),
        ({"lead": ["Sở Nội vụ"]}, {"lead": "Sở Ngoại vụ"}, "unit"),
        ({"lead": ["Sở Y tế"]}, {"lead": "Sở Y tế chủ động"}, "span"),
        ({"support": ["UBND các huyện ven biển"]}, {"support": "UBND các huyện"}, "span"),
        ({"lead": ["Sở Y tế", "Sở Nội vụ"]}, {"lead": "Sở Y tế tỉnh; Sở Xây dựng"}, "unit"),
        ({"start": "2025-01-01"}, {"start_date": ""}, "time"),
        ({"due": None}, {"due_date": "2025-12-31"}, "time"),
        ({"recurrence": "P1Y"}, {"recurrence": "P3M"}, "time"),
        ({"due": "2025-12-31", "lead": ["Sở Xây dựng"]}, {}, "unit"),
        ({"due": "2025-12-31", "group": "II", "lead": ["Sở Xây dựng"]}, {}, "outline"),
        ({"due": "2025-12-31", "lead": ["Sở Y tế tỉnh"]}, {}, "span"),
        ({"support": ["Sở Y tế"], "lead": ["Sở Nội vụ"]}, {"lead": "Sở Y tế", "support": ""}, "unit"),
    ],
)
def test_wrong_fields_of_a_task(gold, said, cause):
    (mistake,) = task_mistakes([gold_task(NURSERY, **gold)], [said_task(NURSERY, **said)])
    assert (mistake.record, mistake.what, mistake.cause.value) == ("task", "wrong fields", cause)


def test_all_wrong_fields_are_shown_with_both_sides():
    (mistake,) = task_mistakes(
        [gold_task(NURSERY, lead=["Sở Y tế", "Sở Nội vụ"], due="2025-06-30")],
        [said_task(NURSERY, page="7")],
    )
    assert mistake.reason == "lead, due"
    assert mistake.differences == (("lead", "Sở Y tế; Sở Nội vụ", "Sở Y tế"), ("due", "2025-06-30", ""))
    assert (mistake.gold, mistake.said, mistake.page) == (NURSERY, NURSERY, "7")
    assert (mistake.source, mistake.document_id, mistake.start, mistake.end) == ("kh.txt", "0a", 10, 20)


def test_a_task_merged_with_others_is_one_misread_record():
    mistakes = task_mistakes([gold_task(NURSERY)], [said_task(f"{NURSERY}. {FENCE}. {FENCE}")])
    assert sum_up(mistakes) == [("misread", "outline", "merged with other text")]


def test_of_two_merged_tasks_each_stands_once():
    mistakes = task_mistakes([gold_task(NURSERY), gold_task(FENCE)], [said_task(f"{NURSERY}. {FENCE}")])
    found = [(mistake.what, mistake.gold) for mistake in mistakes]
    assert sum_up(mistakes) == [("missed", "outline", "merged with other text")]
    assert found == [("missed", FENCE)]  # the other one has enough words in common to be found


def test_a_split_task_is_misread_and_its_rest_false():
    gold = f"{NURSERY}; {FENCE}; tổng hợp danh sách vườn ươm gửi về phòng chuyên môn và niêm yết tại xã"
    mistakes = task_mistakes([gold_task(gold)], [said_task(FENCE), said_task(NURSERY)])
    assert sum_up(mistakes) == [
        ("misread", "outline", "a part only"),
        ("false", "outline", "a part only"),
    ]
    assert [mistake.said for mistake in mistakes] == [NURSERY, FENCE]
    assert {mistake.gold for mistake in mistakes} == {gold}


def test_a_shifted_cut_is_told_from_a_part():
    before, after = "trước " * 4, " sau" * 30
    (mistake,) = task_mistakes([gold_task(before + FENCE)], [said_task(FENCE + after)])
    assert sum_up([mistake]) == [("misread", "outline", "cut elsewhere")]


def test_nothing_of_the_kind_on_the_other_side_is_a_wrong_role():
    mistakes = task_mistakes([gold_task(NURSERY)], [said_task(FENCE)])
    assert sum_up(mistakes) == [
        ("missed", "role", "no task was said there"),
        ("false", "role", "no task stands there"),
    ]
    assert [(mistake.gold, mistake.said) for mistake in mistakes] == [(NURSERY, ""), ("", FENCE)]
    assert [mistake.start for mistake in mistakes] == [None, 10]


def test_headings_are_told():
    missed = task_mistakes([gold_task(NURSERY)], [], groups=[NURSERY])
    false = task_mistakes([], [said_task(NURSERY)], headings=[NURSERY])
    assert sum_up(missed) == [("missed", "role", "taken for a heading")]
    assert sum_up(false) == [("false", "role", "it is a heading")]


def test_a_copy_of_a_task_that_was_found_is_no_other_cut():
    mistakes = task_mistakes([gold_task(NURSERY), gold_task(NURSERY)], [said_task(NURSERY)])
    assert sum_up(mistakes) == [("missed", "role", "no task was said there")]


def test_a_topic_that_both_name_is_no_passage():
    mistakes = task_mistakes([gold_task("Diễn tập chữa cháy rừng.")], [said_task(f"{FENCE} chữa cháy rừng")])
    assert [mistake.cause for mistake in mistakes] == [Cause.ROLE, Cause.ROLE]


def test_the_escape_of_spreadsheets_is_taken_off():
    (mistake,) = task_mistakes([], [said_task("'- " + NURSERY)])
    assert mistake.said == "- " + NURSERY


@pytest.mark.parametrize(
    ("changes", "cause"),
    [
        ({"kind": "result"}, "role"),
        ({"comparator": ">="}, "number"),
        ({"measure": "increase"}, "number"),
        ({"unit": "chiếc"}, "number"),
        ({"value_high": "20"}, "number"),
        ({"name": "người đến khám"}, "span"),
        ({"period": "2026"}, "time"),
        ({"period": "2026", "name": "người đến khám"}, "span"),
        ({"period": "2026", "unit": "chiếc"}, "number"),
        ({"kind": "result", "unit": "chiếc"}, "role"),
    ],
)
def test_wrong_fields_of_an_indicator(changes, cause):
    (mistake,) = indicator_mistakes(
        [gold_indicator(15, "cấp 15 thẻ")], [said_indicator("15", "cấp 15 thẻ", **changes)]
    )
    assert (mistake.record, mistake.what, mistake.cause.value) == ("indicator", "wrong fields", cause)
    assert {difference.field for difference in mistake.differences} == set(changes)


def test_another_value_of_the_same_passage_is_a_misread_number():
    quote = "Trồng mới 1.200 ha rừng ngập mặn trong năm"
    (mistake,) = indicator_mistakes(
        [gold_indicator(1200, quote, unit="ha")], [said_indicator("1.2", quote, unit="ha")]
    )
    assert sum_up([mistake]) == [("misread", "number", "another value was said")]
    assert mistake.differences == (("value", "1200", "1.2"),)


def test_a_number_overlooked_beside_one_that_was_found():
    quote = "Trồng mới 1.200 ha rừng ngập mặn và dựng 15 chòi canh"
    gold = [gold_indicator(1200, quote, unit="ha"), gold_indicator(15, quote, unit="chòi canh")]
    mistakes = indicator_mistakes(gold, [said_indicator("1200", quote, unit="ha")])
    assert sum_up(mistakes) == [("missed", "number", "only another number of the passage was said")]


def test_a_number_that_measures_nothing_beside_one_that_does():
    quote = "Trồng mới 1.200 ha rừng ngập mặn theo Chương trình 15"
    said = [said_indicator("1200", quote, unit="ha"), said_indicator("15", quote, unit="")]
    mistakes = indicator_mistakes([gold_indicator(1200, quote, unit="ha")], said)
    assert sum_up(mistakes) == [("false", "number", "only another number of the passage is an indicator")]


def test_an_indicator_without_any_other_side_is_a_wrong_role():
    mistakes = indicator_mistakes(
        [gold_indicator(15, "dựng 15 chòi canh")], [said_indicator("7", "theo Điều 7 của Quy chế")]
    )
    assert sum_up(mistakes) == [
        ("missed", "role", "no indicator was said there"),
        ("false", "role", "no indicator stands there"),
    ]


def test_the_letterhead_is_one_record():
    case = make_case(document={"kind": "plan", "number": "89/KH-UBND", "title": "KẾ HOẠCH"})
    (mistake,) = find_document_mistakes(case)
    assert (mistake.what, mistake.cause, mistake.reason) == ("wrong fields", Cause.DOCUMENT, "kind, number")
    assert mistake.differences == (("kind", "plan", ""), ("number", "89/KH-UBND", ""))
    assert list(find_document_mistakes(make_case())) == []


def test_what_was_not_read_has_one_mistake_for_all(tmp_path):
    gold = write_gold(tmp_path / "kh.json", [gold_task(NURSERY)], [gold_indicator(15, "cấp 15 thẻ")])
    other = write(tmp_path / "other", extract_stub("khac.txt", b"a\n"))
    failed = write(tmp_path / "failed", extract_stub("kh.txt", b"\0"))
    found = [evaluate_dataset(folder, [gold]).mistakes for folder in (other, failed)]
    assert [[(m.what, m.reason, m.gold) for m in mistakes] for mistakes in found] == [
        [("not read", "it is not in the dataset", "1 tasks, 1 indicators")],
        [("not read", "its status in the dataset is failed", "1 tasks, 1 indicators")],
    ]


def test_every_field_and_cause_has_its_rule():
    assert {"group", *TASK_TIMES, *INDICATOR_PARTS} == FIELD_CAUSES.keys()
    assert FIELD_CAUSES.keys().isdisjoint(TASK_UNITS)
    assert list(DESCRIPTIONS) == list(Cause)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("rà soát danh mục", "việc rà soát danh mục", True),
        ("", "rà soát", False),
        ("một hai ba bốn năm", "một hai ba bốn sáu", True),
        ("một hai ba bốn năm", "một hai x ba bốn y năm", False),
    ],
)
def test_passages(one, other, same):
    assert share_passage(split_words(one), split_words(other)) is same
    assert share_passage(split_words(other), split_words(one)) is same


def test_mistakes_and_scores_count_the_same_records(tmp_path):
    lines = [NURSERY, FENCE, f"{FENCE} rồi {NURSERY}", "cấp 15 thẻ", "cấp 16 thẻ cho dân", "Khai mạc hội chợ"]
    document = extract_stub("kh.txt", "\n".join(["Nhiệm vụ", *lines]).encode())
    key = document.document.document_id
    document.indicators += [
        indicator(key, 8, 99.0, quote="dựng 99 chòi"),
        indicator(key, 9, 7.0, quote="Điều 7"),
    ]
    tasks = [gold_task(NURSERY[:60]), gold_task(FENCE), gold_task("Mở lớp học bơi cho trẻ em trong xã")]
    indicators = [
        gold_indicator(15, "cấp 15 thẻ"),
        gold_indicator(98, "dựng 98 chòi"),
        gold_indicator(3, "ba"),
    ]
    gold = write_gold(tmp_path / "kh.json", tasks, indicators)
    evaluation = evaluate_dataset(write(tmp_path / "out", document), [gold])
    counts = Counter((mistake.record, mistake.what) for mistake in evaluation.mistakes)
    for record, field in (("task", "task"), ("indicator", "indicator value")):
        (score,) = (score for score in evaluation.scores if score.name == field)
        misread = counts[record, "misread"]
        assert counts[record, "missed"] + misread == score.gold - score.hits > 0
        assert counts[record, "false"] + misread == score.said - score.hits > 0
    wrong = sum(outcome.what == "wrong task fields" for outcome in evaluation.outcomes)
    assert counts["task", "wrong fields"] == wrong > 0
