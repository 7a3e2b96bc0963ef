"""The vocabulary tables, their loader, and the verbs."""

from __future__ import annotations

import time
import unicodedata
from importlib import resources
from pathlib import Path

import pytest

from extract.folding import fold_tones
from extract.judging.attributes import LABEL
from extract.knowledge import tables
from extract.knowledge.actions import is_action_word, leading_action, lower_action_pattern
from extract.knowledge.names import NameFinder, fold_name
from extract.knowledge.organs import PARTS, read_parts, read_units
from extract.knowledge.tables import VocabularyError, read_table, split_aliases
from extract.structure.columns import read_column

TABLES = sorted(
    path.name.removesuffix(".csv")
    for path in resources.files("extract.knowledge").iterdir()
    if path.name.endswith(".csv")
)
MIN_UNITS = 300
MIN_ACTIONS = 250


@pytest.mark.parametrize("name", TABLES)
def test_table_is_sound(name: str) -> None:
    content = (resources.files("extract.knowledge") / f"{name}.csv").read_bytes()
    text = content.decode("utf-8")
    assert not text.startswith("\ufeff")
    assert "\r" not in text
    assert unicodedata.is_normalized("NFC", text)
    rows = read_table(name)
    assert rows
    assert len({tuple(row.values()) for row in rows}) == len(rows), "a row stands twice"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that the loader takes for the vocabulary."""
    monkeypatch.setattr(tables.resources, "files", lambda _: tmp_path)
    tables._read_rows.cache_clear()
    yield tmp_path
    tables._read_rows.cache_clear()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "header"),
        ("a,a\n1,2\n", "doubled"),
        ("a,\n1,2\n", "unnamed"),
        ("a,b\n1\n", "row 2: 1 cells for 2 columns"),
        ("a,b\n1,2\n1,3\n", "row 3"),
        ("a,b\n1,\n", "row 2: b is empty"),
        ("a,c\n1,2\n", "no column b"),
        ('a,b\n1,"x\n', "cannot be read"),
    ],
)
def test_a_damaged_table_is_refused(folder: Path, content: str, message: str) -> None:
    (folder / "broken.csv").write_text(content, encoding="utf-8")
    with pytest.raises(VocabularyError, match=message):
        read_table("broken", key=("a",), required=("b",))


def test_a_missing_table_is_refused(folder: Path) -> None:
    with pytest.raises(VocabularyError, match=r"absent\.csv"):
        read_table("absent")


def test_rows_are_copies() -> None:
    read_table("provinces")[0]["name"] = "spoiled"
    assert read_table("provinces")[0]["name"] == "Hà Nội"


def test_aliases() -> None:
    assert split_aliases("a| b |") == ("a", "b")
    assert split_aliases("") == ()


def test_names_fold_to_the_same_length() -> None:
    for text in ("Ủy ban – Hoà\nBình\u00a0İ", "\r\t—"):
        assert len(fold_name(text)) == len(text)


def test_names_are_found_between_word_boundaries_only() -> None:
    finder = NameFinder(["UBND", "TP.", "sở"])
    found = [match[0] for match in finder.find(fold_name("XUBND UBNDx UBND TP.Vinh sởi"))]
    assert found == [0, 1]


def test_units_are_many_and_keys_are_ascii() -> None:
    units = [unit for unit, _ in read_units()]
    assert len(units) >= MIN_UNITS
    assert all(unit.unit_id.isascii() and unit.unit_id == unit.unit_id.lower() for unit in units)
    assert all(unit.valid_from <= unit.valid_to for unit in units if unit.valid_from and unit.valid_to)


def test_reorganised_units_have_dates() -> None:
    by_id = {unit.unit_id: unit for unit, _ in read_units()}
    assert by_id["so_nong_nghiep_va_moi_truong"].valid_from == "2025-03-01"
    assert by_id["so_ke_hoach_va_dau_tu"].valid_to == "2025-02-28"
    assert by_id["so_y_te"].valid_to == ""


@pytest.mark.parametrize(
    "short", ["UBND tỉnh", "HĐND xã", "Sở GDĐT", "Bộ KH&CN", "Sở TN&MT", "TTYT", "BVĐK tỉnh", "KBNN"]
)
def test_abbreviated_names_are_generated(short: str) -> None:
    assert any(short in names for _, names in read_units())


@pytest.mark.parametrize("part", sorted(PARTS))
def test_every_part_of_names_has_words(part: str) -> None:
    assert read_parts(part)


def test_an_unknown_part_is_refused() -> None:
    with pytest.raises(VocabularyError):
        read_parts("nothing")


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Xây dựng kế hoạch", "Xây dựng"),
        ("- Tiếp tục đẩy mạnh cải cách", "Tiếp tục đẩy mạnh"),
        ("Chủ động, tích cực phối hợp với các sở", "Chủ động, tích cực phối hợp"),
        ("Chủ trì, phối hợp với Sở Tài chính", "Chủ trì, phối hợp"),
        ("Tổ chức thực hiện tốt", "Tổ chức thực hiện"),
        ("Số hoá hồ sơ", "Số hoá"),
        ("SỐ HÓA HỒ SƠ", "SỐ HÓA"),
        ("Giao Sở Y tế", "Giao"),
        ("Thường xuyên\nkiểm tra", "Thường xuyên\nkiểm tra"),
        ("Thú y cơ sở", ""),
        ("Tiếp tục", ""),
        ("Số ca mắc giảm", ""),
        ("Triển khaix", ""),
        ("", ""),
    ],
)
def test_leading_action(text: str, action: str) -> None:
    assert leading_action(text) == action


def test_actions_are_many_and_begin_what_they_say() -> None:
    rows = read_table("actions")
    assert len(rows) >= MIN_ACTIONS
    for row in rows:
        if row["sort"] != "adverb":
            assert leading_action(f"{row['phrase'].capitalize()} nội dung").lower() == row["phrase"]
            assert is_action_word(row["phrase"])


@pytest.mark.parametrize("word", ["kế hoạch", "tiếp tục", "sở", ""])
def test_other_words_are_no_actions(word: str) -> None:
    assert not is_action_word(word)


def test_search_for_actions_is_fast() -> None:
    text = fold_tones("sở y tế tiếp tục rà soát, tổng hợp số liệu của các trạm; " * 20_000)
    start = time.process_time()
    found = sum(1 for _ in lower_action_pattern().finditer(text))
    assert found == 40_000
    assert time.process_time() - start < 10


@pytest.mark.parametrize("row", read_table("attributes"), ids=lambda row: row["phrase"])
def test_every_label_of_an_attribute_can_be_printed_as_one(row: dict[str, str]) -> None:
    match = LABEL.match(row["phrase"].capitalize() + ": Sở Nội vụ")
    assert match is not None
    assert match["label"].lower() == row["phrase"]


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("Người thực hiện", "lead"),
        ("Đơn vị/Cá nhân thực hiện", "lead"),
        ("Bộ phận phụ trách", "lead"),
        ("Đơn vị tổ chức", "lead"),
        ("Cơ quan, đơn vị phối hợp", "support"),
        ("Hạn hoàn thành", "time"),
        ("Dự kiến sản phẩm", "product"),
        ("Tên nhiệm vụ", "content"),
        ("Địa bàn thực hiện", "other"),
        ("ĐVT", "unit"),
    ],
)
def test_headers_of_offices_are_known(header: str, role: str) -> None:
    column = read_column(header)
    assert column is not None
    assert column.role == role
