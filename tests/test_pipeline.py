"""The whole way from bytes to records: provenance, real documents, repeatability, any text, hostile text."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.pipeline import extract_source
from extract.schema import Extraction

PROJECT = Path(__file__).resolve().parents[1]
SHARED = PROJECT / "../shared"
SAMPLES = sorted(
    path for path in (PROJECT / "corpus/documents").iterdir() if path.suffix not in {".zip", ".jsonl"}
)
REAL = sorted([*(SHARED / "seeds").glob("*.txt"), *(SHARED / "corpus/md").glob("*.md")])
NO_REAL = pytest.param(
    None, marks=pytest.mark.skip(reason="../shared with real documents is not on this machine")
)
HOSTILE_SECONDS = 20
MAX_GROWTH = 9
"""Four times the text takes four times as long where time is linear, sixteen times where it is quadratic."""

needs_seeds = pytest.mark.skipif(
    not (SHARED / "seeds").is_dir(), reason="../shared/seeds is not on this machine"
)


def read(path: Path) -> Extraction:
    """Extract a file."""
    return extract_source(path.name, path.read_bytes())


def read_seed(number: str) -> Extraction:
    """Extract the seed document with a number."""
    return read(next((SHARED / "seeds").glob(f"{number}_*.txt")))


def fold(text: str) -> str:
    """Fold white space."""
    return " ".join(text.split())


def spans(extraction: Extraction) -> Iterator[tuple[str, int, int, str, bool]]:
    """Give for every row of every table its key, span, words, and whether the words may be in pieces."""
    for group in extraction.groups:
        assert group.title or group.marker
        yield group.group_id, group.start, group.end, group.title, False
    for task in extraction.tasks:
        yield task.task_id, task.start, task.end, task.text, True
    for unit in extraction.task_units:
        yield f"{unit.task_id}/{unit.ordinal}", unit.start, unit.end, unit.unit_text, False
    for indicator in extraction.indicators:
        yield indicator.indicator_id, indicator.start, indicator.end, indicator.quote, True
    for reference in extraction.references:
        yield reference.number, reference.start, reference.end, reference.quote, False


def stands_in_pieces(words: str, hull: str) -> bool:
    """Tell whether the words stand in the hull in order, with other words of the table or page between."""
    position = 0
    for word in words.split():
        found = hull.find(word, position)
        if found < 0:
            return False
        position = found + len(word)
    return True


def check_provenance(extraction: Extraction) -> None:
    """Every row's words are those at its offsets."""
    for key, start, end, words, in_pieces in spans(extraction):
        assert 0 <= start <= end <= len(extraction.text), key
        printed = fold(extraction.text[start:end])
        assert words or "-g" in key, key
        assert printed == words or (in_pieces and stands_in_pieces(words, printed)), (key, words, printed)


def check_keys(extraction: Extraction) -> None:
    """Keys are unique, every key that a row names exists, counts are those of the rows."""
    groups = [group.group_id for group in extraction.groups]
    tasks = [task.task_id for task in extraction.tasks]
    indicators = [row.indicator_id for row in extraction.indicators]
    assert len({*groups, *tasks, *indicators}) == len(groups) + len(tasks) + len(indicators)
    assert {group.parent_id for group in extraction.groups} <= {"", *groups}
    assert {row.group_id for row in (*extraction.tasks, *extraction.indicators)} <= {"", *groups}
    assert {row.task_id for row in extraction.indicators} <= {"", *tasks}
    assert {row.task_id for row in extraction.task_units} <= set(tasks)
    document = extraction.document
    assert (document.group_count, document.task_count, document.indicator_count) == (
        len(groups),
        len(tasks),
        len(indicators),
    )


@pytest.mark.parametrize(
    "path", [*SAMPLES, *(REAL or [NO_REAL])], ids=lambda path: path.stem if path else "real documents"
)
def test_every_row_of_a_document_stands_where_its_offsets_say(path: Path) -> None:
    extraction = read(path)
    if "missing_program" in {problem.code for problem in extraction.problems}:
        pytest.skip("tesseract or LibreOffice is not installed")
    assert extraction.document.status in {"ok", "partial"}
    assert any(True for _ in spans(extraction))
    check_provenance(extraction)
    check_keys(extraction)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_lead_and_support_of_a_task_are_its_units_in_order(path: Path) -> None:
    extraction = read(path)
    for task in extraction.tasks:
        units = [unit for unit in extraction.task_units if unit.task_id == task.task_id]
        assert tuple(unit.unit_text for unit in units if unit.role == "lead") == task.lead
        assert tuple(unit.unit_text for unit in units if unit.role == "support") == task.support
        assert [unit.ordinal for unit in units] == list(range(1, len(units) + 1))


def test_the_check_of_provenance_can_fail() -> None:
    extraction = read(SAMPLES[0])
    extraction.tasks[0].start += 1
    with pytest.raises(AssertionError):
        check_provenance(extraction)


@needs_seeds
def test_seed_000_has_ten_groups_and_28_tasks() -> None:
    extraction = read_seed("000")
    assert [group.marker for group in extraction.groups] == [f"Nhóm {n}" for n in range(1, 11)]
    assert len(extraction.tasks) == 28
    assert {task.group for task in extraction.tasks} == {f"Nhóm {n}" for n in range(1, 11)}


@needs_seeds
@pytest.mark.parametrize(("number", "count"), [("001", 6), ("002", 11)])
def test_seeds_with_a_known_number_of_tasks(number: str, count: int) -> None:
    assert len(read_seed(number).tasks) == count


@needs_seeds
def test_seed_003_reports_results_and_sets_no_target() -> None:
    rows = read_seed("003").indicators
    assert rows
    assert [row.quote for row in rows if row.kind == "target"] == []


@needs_seeds
def test_the_annex_of_seed_004_has_17_tasks_in_three_groups() -> None:
    extraction = read_seed("004")
    rows = [task for task in extraction.tasks if task.origin == "table_row"]
    assert len(rows) == 17
    assert list(dict.fromkeys(task.group for task in rows)) == ["I", "II", "III"]
    assert all(task.lead for task in rows)
    assert all(task.start_date or task.due_date or task.recurrence for task in rows)
    assert {task.time_source for task in rows} == {"row"}


@needs_seeds
def test_a_row_of_the_annex_of_seed_004_has_its_units_and_years() -> None:
    row = next(
        t
        for t in read_seed("004").tasks
        if t.origin == "table_row" and t.text.startswith("Xây dựng kế hoạch sử dụng kinh phí")
    )
    assert (row.group, row.marker, row.lead) == ("I", "2", ("Sở Y tế",))
    assert row.support == ("Sở Kế hoạch và Đầu tư", "Sở Tài chính", "Sở Thông tin và Truyền thông")
    assert (row.start_date, row.due_date) == ("2022-01-01", "2025-12-31")


@needs_seeds
def test_the_share_and_the_count_of_seed_002_are_two_targets() -> None:
    rows = [(r.value, r.unit, r.kind, r.period) for r in read_seed("002").indicators]
    assert (86.1, "%", "target", "2024") in rows
    assert any(value == 149 and unit == "xã" and kind == "target" for value, unit, kind, _ in rows)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_same_bytes_give_the_same_records_twice(path: Path) -> None:
    assert astuple(read(path)) == astuple(read(path))


def test_the_name_of_the_file_changes_no_record() -> None:
    content = SAMPLES[4].read_bytes()
    first, second = extract_source("a.txt", content), extract_source("thu/muc/b.txt", content)
    second.document.source = first.document.source
    assert astuple(first) == astuple(second)


FRAGMENTS = (
    "KẾ HOẠCH", "ỦY BAN NHÂN DÂN\n", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n", "Số: 12/KH-UBND",
    "Số:    /QĐ-UBND", "Kính gửi:", "Nơi nhận:", "\nI. ", "\nII.", "\n1. ", "\n1.1. ", "\na) ", "\nđ)",
    "\n- ", "\n+ ", "\nNhóm 1. ", "\nĐiều 2. ", "\nPHỤ LỤC", "\n\n", "\n", "\t", " ", "; ", ": ", ". ", "|",
    "\n|\n", "| STT | Nội dung | Chủ trì |\n", "|---|---|\n",
    "\nSTT\n\nNội dung\n\nCơ quan chủ trì\n\nThời gian\n\n1\n\n", "NHIỆM VỤ", "MỤC TIÊU", "Sở Nội vụ",
    "Sở Giáo dục và Đào tạo, ", "UBND cấp xã", "chủ trì", "phối hợp với ", "Giao ", "có trách nhiệm",
    "các sở, ban, ngành", "Đơn vị chủ trì: ", "năm 2026", "đến năm 2030", "quý II/2025",
    "trước ngày 30/6/2026", "giai đoạn 2026 - 2030", "hằng năm", "ngày ", "Thời gian thực hiện: ", "95%",
    "từ 60% lên 75%", "1.250 tỷ đồng", "12 xã", "(VNPT: 20 trạm, Viettel: 26 trạm)", "giảm ", "tăng thêm ",
    "tỷ lệ ", "đạt ", "trên ", "ĐVT: ", "Căn cứ Quyết định số 5/QĐ-TTg ngày 01/02/2024;",
    "Trên đây là Kế hoạch", "TM. ỦY BAN", "**", "[1]", "“", "”", "(", ")", "\u00a0", "\u0301", "ǹ",
    "\ufeff",
)  # fmt: skip
PIECES = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=12), max_size=60).map("".join)


@settings(max_examples=200)
@given(st.text(max_size=400) | PIECES)
def test_any_text_is_read_and_every_row_stands_where_its_offsets_say(text: str) -> None:
    extraction = extract_source("any.txt", text.encode("utf-8", "surrogatepass"))
    assert extraction.document.status in ("ok", "partial", "failed")
    check_provenance(extraction)
    check_keys(extraction)


@settings(max_examples=50)
@given(st.binary(max_size=300))
def test_any_bytes_are_read(content: bytes) -> None:
    check_provenance(extract_source("any.txt", content))


HEAD = "ỦY BAN NHÂN DÂN\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\nSố: 1/KH-UBND\n\nKẾ HOẠCH\n\nI. NHIỆM VỤ\n\n"
HOSTILE = {
    "one line of a megabyte": HEAD + "1. " + "Rà soát hồ sơ. " * 70_000,
    "one sentence of a megabyte": HEAD
    + "1. Giao Sở Nội vụ "
    + "rà soát hồ sơ của cán bộ, công chức, " * 27_000,
    "one megabyte without a blank": "a" * 1_000_000,
    "nested markers": HEAD
    + "\n\n".join(f"{'1.' * (n % 5)}{n % 99 + 1}. a) - + Rà soát" for n in range(10_000)),
    "pipes": HEAD + "|\n" * 5_000,
    "pipes and cells": HEAD + "|\nSTT\n" * 5_000,
    "only a table": "| STT | Nội dung | Chủ trì | Năm 2026 |\n|---|---|---|---|\n"
    + "| 1 | Rà soát hồ sơ | Sở Nội vụ | 95 |\n" * 2_000,
    "only a flattened table": "STT\n\nNội dung\n\nCơ quan chủ trì\n\nThời gian\n\n"
    + "\n\n".join(f"{n}\n\nRà soát\n\nSở Nội vụ\n\n2026" for n in range(1, 999)),
    "brackets and quotes": HEAD + "1. Rà soát (“" * 5_000,
    "lists of units": HEAD + "1. Giao " + "Sở Nội vụ, " * 9_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_ends_in_bounded_time(name: str) -> None:
    started = time.perf_counter()
    extraction = extract_source("hostile.txt", HOSTILE[name].encode())
    assert time.perf_counter() - started < HOSTILE_SECONDS
    check_keys(extraction)
    check_provenance(extraction)


@pytest.mark.parametrize(
    ("words", "repeats"),
    [
        ("Rà soát 95% hồ sơ đến năm 2026, ", 250),
        ("Rà soát 95% hồ sơ; ", 1_500),
        ("Rà soát 95% hồ sơ. ", 3_000),
    ],
)
def test_an_item_of_many_numbers_takes_linear_time(words: str, repeats: int) -> None:
    seconds = []
    for count in (repeats, repeats, 4 * repeats):
        started = time.perf_counter()
        extract_source("hostile.txt", (HEAD + "1. " + words * count).encode())
        seconds.append(time.perf_counter() - started)
    assert seconds[2] < MAX_GROWTH * min(seconds[:2])


@pytest.mark.parametrize(
    ("item", "action"),
    [
        ("Xây dựng lại cầu tàu.", "Xây dựng"),
        ("Sở Xây dựng đăng tải thông báo về luồng lạch.", "đăng tải"),
        ("Các sở, ngành có trách nhiệm chủ động bố trí kinh phí sửa chữa.", "chủ động bố trí"),
    ],
)
def test_the_action_of_a_task_is_its_verb(item: str, action: str) -> None:
    (task,) = extract_source("plan.txt", f"KẾ HOẠCH\n\nI. NHIỆM VỤ\n\n1. {item}\n".encode()).tasks
    assert task.action == action
