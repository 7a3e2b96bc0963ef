"""Delimited text: the delimiter that rows agree on, titles and notes, quotation marks, English numbers."""

from __future__ import annotations

import time
import unicodedata

import pytest

from extract.readers.delimited import read_delimited
from extract.readers.legacy import legacy_table
from extract.spans import Source
from tests.sheets import codes, outline

TONES = "\u0300\u0301\u0303\u0309\u0323"
ANNEX = (
    "PHỤ LỤC I;;;;\n(Kèm theo Kế hoạch số 12/KH-UBND, ngày 05/01/2026);;;;\n;;;;\n"
    "STT;Chỉ tiêu;Đơn vị tính;Thực hiện 2025;Kế hoạch 2026\n1;Thu ngân sách;tỷ đồng;1.234,5;1.500\n"
    'I;Xã hội;;;\n2;Tỷ lệ hộ nghèo;%;4,25;3,1\n3;"Số trường\nđạt ""chuẩn""";trường;;"≥ 20"\n;;;;\n'
    "Ghi chú: số liệu giả định;;;;\n"
)
ROWS = (
    ("STT", "Chỉ tiêu", "Đơn vị tính", "Thực hiện 2025", "Kế hoạch 2026"),
    ("1", "Thu ngân sách", "tỷ đồng", "1.234,5", "1.500"),
    ("I", "Xã hội", "", "", ""),
    ("2", "Tỷ lệ hộ nghèo", "%", "4,25", "3,1"),
    ("3", 'Số trường\nđạt "chuẩn"', "trường", "", "≥ 20"),
)


def read(text: str, name: str = "phu_luc.csv", encoding: str = "utf-8") -> Source:
    return read_delimited(name, text.encode(encoding))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_an_annex_with_titles_and_a_note(encoding: str, line_break: str) -> None:
    title, belongs, table, note = read(ANNEX.replace("\n", line_break), encoding=encoding).blocks
    assert title.text == "PHỤ LỤC I"
    assert belongs.text == "(Kèm theo Kế hoạch số 12/KH-UBND, ngày 05/01/2026)"
    assert table.rows == ROWS
    assert note.text == "Ghi chú: số liệu giả định"


def test_titles_without_delimiters() -> None:
    text = (
        "PHỤ LỤC I\nKế hoạch năm 2026, giai đoạn 2026-2030\n\nSTT,Việc,Hạn\n1,Rà soát,2026\n2,Sơ kết,2027\n"
    )
    assert outline(read(text)) == ["PHỤ LỤC I", "Kế hoạch năm 2026, giai đoạn 2026-2030", "3 x 3"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(delimiter: str) -> None:
    rows = [
        ["STT", "Việc", "Giá trị"],
        ["1", "Sửa đường, cầu; cống", "86,1"],
        ["2", "Trồng cây | hoa", "4,5"],
    ]
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    assert read(text).blocks[0].rows == tuple(map(tuple, rows))


def test_decimal_commas_are_no_delimiters() -> None:
    text = "Xã;2025;2026\nAn Bình;86,1;87,2\nTân Lập;85,3;88,4\nHòa An;81,5;90,0\n"
    assert read(text).blocks[0].rows[1] == ("An Bình", "86,1", "87,2")


def test_the_delimiter_that_excel_is_told() -> None:
    assert read("sep=|\nTT|Việc|Hạn\n1|Rà soát|2026\n").blocks[0].rows[0] == ("TT", "Việc", "Hạn")


def test_a_table_of_two_columns() -> None:
    assert read("Xã;Số hộ\nAn Bình;120\nTân Lập;88\n").blocks[0].rows == (
        ("Xã", "Số hộ"),
        ("An Bình", "120"),
        ("Tân Lập", "88"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "Ngày 12 tháng 3, UBND tỉnh họp.\nChủ tịch yêu cầu các sở, ngành, địa phương rà soát.\nCác sở.\n",
        "1. Rà soát quy hoạch;\n2. Lập dự toán;\n3. Báo cáo.\n",
        "Kế hoạch năm 2026\n",
        "STT;Việc;Hạn\n",
    ],
)
def test_prose_goes_as_lines(text: str) -> None:
    (block,) = read(text).blocks
    assert (block.kind, block.text) == ("lines", text)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('TT;Việc;Hạn\n1;"Rà soát;2026\n2;Sơ kết;2027\n', 3),
        ('TT;Việc;Hạn\n1;Họp về "sáp nhập;2026\n2;Sơ kết;2027\n', 3),
        ('TT;Việc;Hạn\n1;"' + "x" * 200_000 + '";2026\n2;Sơ kết;2027\n', 3),
    ],
)
def test_quotation_marks_that_are_not_closed(text: str, rows: int) -> None:
    (table,) = read(text).blocks
    assert len(table.rows) == rows
    assert table.rows[2] == ("2", "Sơ kết", "2027")


def test_unclosed_quotation_marks_are_told() -> None:
    assert codes(read('TT;Việc;Hạn\n1;"Rà soát;2026\n2;Sơ kết;2027\n')) == ["unbalanced_quotes"]


def test_numbers_in_english_style_are_turned() -> None:
    text = 'STT,Chỉ tiêu,2025,2026\n1.1,Thu ngân sách,"1,234.5","1,500"\n1.2,Tỷ lệ hộ nghèo,4.25,1.125\n'
    source = read(text)
    assert [row[2:] for row in source.blocks[0].rows[1:]] == [("1.234,5", "1.500"), ("4.25", "1,125")]
    assert [row[0] for row in source.blocks[0].rows[1:]] == ["1.1", "1.2"]
    assert codes(source) == ["english_numbers"]


@pytest.mark.parametrize(
    "text",
    [
        "STT;Chỉ tiêu;2025;2026\n1;Thu;1.234,5;1.500\n2;Chi;0.125;2,5\n",
        'STT,Chỉ tiêu,2025,2026\n1,Thu,"1,234","1.500"\n2,Chi,5,6\n',
        'STT,Việc,Hạn\n1.1,Họp,15.6.2026\n1.2,"Sửa 1,500 m",2026\n',
    ],
)
def test_numbers_are_left_alone_without_proof(text: str) -> None:
    assert codes(read(text)) == []


def put_tone_behind(letter: str) -> str:
    """A letter as Windows-1258 has it: with its own sign, the mark of its tone behind."""
    parts = unicodedata.normalize("NFD", letter)
    tone = "".join(part for part in parts if part in TONES)
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES)) + tone


@pytest.mark.parametrize("encoding", ["cp1258", "tcvn3"])
def test_older_encodings_are_turned(encoding: str) -> None:
    text = "TT;Nội dung;Đơn vị\n1;Kế hoạch năm nay;Sở Y tế\n"
    if encoding == "tcvn3":
        letters = {letter: code for code, letter in legacy_table("tcvn3").letters.items()}
        content = "".join(letters.get(letter, letter) for letter in text).encode("latin-1")
    else:
        content = "".join(map(put_tone_behind, text)).encode("cp1258")
    source = read_delimited("a.csv", content)
    assert source.blocks[0].rows == (("TT", "Nội dung", "Đơn vị"), ("1", "Kế hoạch năm nay", "Sở Y tế"))
    assert codes(source) == ["legacy_encoding"]


@pytest.mark.parametrize(("name", "kind"), [("a.csv", "text/csv"), ("a.TSV", "text/tab-separated-values")])
def test_media_types(name: str, kind: str) -> None:
    assert read("TT\tViệc\tHạn\n1\tHọp\t2026\n", name).media_type == kind


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "empty_file"), (b" \n", "empty_file"), (b"\x7fELF\x00\x01", "binary_content")]
)
def test_files_without_text(content: bytes, code: str) -> None:
    source = read_delimited("a.csv", content)
    assert codes(source) == [code]
    assert not source.blocks


@pytest.mark.parametrize(
    "content",
    [
        b"1;2;3\n" * 1_000_000,
        b'"' * 3_000_001,
        b";" * 3_000_000 + b"\n;",
        b";;;\n" * 500_000,
        b'"a;\n' * 300_000,
    ],
)
def test_large_files_end_in_time(content: bytes) -> None:
    begin = time.monotonic()
    source = read_delimited("a.csv", content)
    assert time.monotonic() - begin < 30
    assert source.blocks or source.problems


def test_rows_beyond_the_bound_are_told() -> None:
    source = read("1;2;3\n" * 30_000)
    assert codes(source) == ["rows_cut"]
    assert outline(source) == ["20000 x 3"]
