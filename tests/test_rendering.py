"""Documents made for the benchmark of formats hold exactly what their text holds."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from pathlib import Path

import numpy as np
import pdfplumber
import pypdfium2
import pytest
from dataset_folders import plan, write
from docx import Document
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extract.evaluate import Evaluation, FieldScore
from extract.readers.docx import read_docx

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

import format_parity  # noqa: E402
from rendering import documents, scans  # noqa: E402
from rendering.manuscript import Grid, Line, read_manuscript  # noqa: E402
from rendering.office import ConversionError, convert_documents, find_office  # noqa: E402
from rendering.word import build_word_document  # noqa: E402

PLAN = """ỦY BAN NHÂN DÂN
TỈNH HÀ NAM

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 71/KH-UBND

Hà Nam, ngày 12 tháng 02 năm 2024

KẾ HOẠCH

PHÒNG CHỐNG HẠN MẶN TRÊN ĐỊA BÀN TỈNH NĂM 2024

Căn cứ Luật Thủy lợi ngày 19 tháng 6 năm 2017;

I. MỤC TIÊU

1. Cấp nước cho 95% diện tích lúa.

2. Nạo vét 40 km kênh.

II. NHIỆM VỤ

1. Sở Nông nghiệp

a) Vận hành các trạm bơm trong quý I/2024.

b) Kiểm tra cống lấy nước.

d) Cập nhật số liệu đo mặn.

đ) Báo cáo hằng tuần.

e) Bố trí máy bơm dã chiến.

- Ưu tiên vùng cuối kênh.

+ Thông báo lịch bơm.

Nơi nhận:
- Như trên;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Lê Văn Mẫu

PHỤ LỤC

DANH MỤC CÔNG VIỆC

STT

Nội dung

Cơ quan chủ trì

Thời gian

I

Công trình

1

Sửa cống số 3

Sở Nông nghiệp

Quý II/2024

2

Đắp đập tạm

UBND huyện

Năm 2024
"""


def lay_out(text: str = PLAN) -> list[Line | Grid]:
    return read_manuscript("plan.txt", text.encode())


def grids(parts: list[Line | Grid]) -> list[Grid]:
    return [part for part in parts if isinstance(part, Grid)]


def words(lines: list[Line]) -> list[str]:
    return [line.text for line in lines]


def find(parts: list[Line | Grid], start: str) -> Line:
    return next(part for part in parts if isinstance(part, Line) and part.text.startswith(start))


def printed(content: bytes) -> list[str]:
    """Paragraphs and cells as the reader of Word documents gives them."""
    lines = []
    for block in read_docx("plan.docx", content).blocks:
        cells = [cell for row in block.rows for cell in row] if block.kind == "table" else [block.text]
        lines += [" ".join(line.split()) for cell in cells for line in cell.split("\n") if line.strip()]
    return lines


def wanted(parts: list[Line | Grid]) -> list[str]:
    lines = []
    for part in parts:
        rows = part.rows if isinstance(part, Grid) else [[[part]]]
        lines += [line.text for row in rows for cell in row for line in cell]
    return lines


def test_issuer_and_motto_stand_side_by_side() -> None:
    head = grids(lay_out())[0]
    assert not head.bordered
    assert [[words(cell) for cell in row] for row in head.rows] == [
        [
            ["ỦY BAN NHÂN DÂN", "TỈNH HÀ NAM"],
            ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
        ],
        [["Số: 71/KH-UBND"], ["Hà Nam, ngày 12 tháng 02 năm 2024"]],
    ]


def test_article_has_no_letterhead() -> None:
    parts = lay_out("Ngành thủy lợi Hà Nam làm bốn việc\n\nSở vừa thống nhất:\n\n1. Nạo vét kênh.\n")
    assert not grids(parts)
    assert find(parts, "Ngành thủy lợi").style == "title"


def test_recipients_stand_beside_the_signature() -> None:
    closing = grids(lay_out())[1]
    left, right = closing.rows[0]
    assert words(left) == ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]
    assert words(right)[-1] == "Lê Văn Mẫu"


def test_titles_are_centred_and_annexes_open_a_page() -> None:
    parts = lay_out()
    assert [p.text for p in parts if isinstance(p, Line) and p.style == "title"] == [
        "KẾ HOẠCH",
        "PHÒNG CHỐNG HẠN MẶN TRÊN ĐỊA BÀN TỈNH NĂM 2024",
        "PHỤ LỤC",
        "DANH MỤC CÔNG VIỆC",
    ]
    assert len(Document(io.BytesIO(build_word_document(parts))).sections) == 2


def test_flattened_annex_becomes_a_table() -> None:
    table = grids(lay_out())[2]
    assert table.bordered
    assert table.header_rows == 1
    assert [len(row) for row in table.rows] == [4, 4, 4, 4]
    assert words(table.rows[3][3]) == ["Năm 2024"]


def test_row_of_a_group_runs_over_the_other_columns() -> None:
    parts = lay_out()
    assert grids(parts)[2].spans == [(1, 1, 3)]
    table = Document(io.BytesIO(build_word_document(parts))).tables[2]
    assert table.cell(1, 1)._tc is table.cell(1, 3)._tc
    assert table.cell(2, 1)._tc is not table.cell(2, 2)._tc


def test_markers_are_counted_by_word() -> None:
    document = Document(io.BytesIO(build_word_document(lay_out())))
    typed = [p.text for p in document.paragraphs]
    assert "MỤC TIÊU" in typed
    assert "I. MỤC TIÊU" not in typed
    assert "Ưu tiên vùng cuối kênh." in typed


def test_letter_that_word_cannot_count_to_is_typed() -> None:
    typed = [p.text for p in Document(io.BytesIO(build_word_document(lay_out()))).paragraphs]
    assert "đ) Báo cáo hằng tuần." in typed
    assert "Bố trí máy bơm dã chiến." in typed


def test_numbered_document_prints_the_text() -> None:
    parts = lay_out()
    assert printed(build_word_document(parts)) == wanted(parts)


def test_typed_document_prints_the_same() -> None:
    parts = lay_out()
    content = build_word_document(parts, "typed")
    assert printed(content) == wanted(parts)
    assert "I. MỤC TIÊU" in [p.text for p in Document(io.BytesIO(content)).paragraphs]


MARKERS = st.one_of(
    st.integers(1, 12).map("{}.".format),
    st.integers(1, 12).map("{:02}.".format),
    st.tuples(st.integers(1, 4), st.integers(1, 4)).map("{0[0]}.{0[1]}.".format),
    st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(1, 3)).map("{0[0]}.{0[1]}.{0[2]}.".format),
    st.sampled_from(["I.", "II.", "III.", "IV.", "a)", "b)", "c)", "d)", "đ)", "e)", "g)", "-", "+", "•"]),
    st.integers(1, 5).map("Nhóm {}.".format),
    st.integers(1, 5).map("Điều {}.".format),
    st.integers(1, 5).map("({})".format),
    st.integers(1, 9).map("{})".format),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(MARKERS, min_size=1, max_size=25))
@example(["I.", "1.", "2.", "II.", "1.", "3.", "a)", "c)", "4.", "1.", "1.1.", "1.2.", "2.1."])
@example(["1.", "01.", "2.", "1)", "2)", "Nhóm 2.", "Nhóm 1.", "Nhóm 2."])
@example(["2.1.", "2.2.", "3.", "3.1.", "3.1.1.", "3.1.3.", "3.2.", "1."])
def test_any_sequence_of_markers_is_printed(markers: list[str]) -> None:
    opening = "Sở Nông nghiệp đề nghị các đơn vị thực hiện những nội dung sau đây trong năm nay:"
    text = "\n\n".join([opening, *(f"{marker} Nạo vét tuyến kênh chính." for marker in markers)])
    parts = lay_out(text)
    assert printed(build_word_document(parts)) == wanted(parts)


def test_same_manuscript_gives_the_same_bytes() -> None:
    assert build_word_document(lay_out()) == build_word_document(lay_out())


def test_wide_table_lies_on_its_side() -> None:
    header = "| STT | Chỉ tiêu | Đơn vị tính | 2024 | 2025 | 2026 | 2027 |\n|---|---|---|---|---|---|---|\n"
    rows = "| 1 | Tỷ lệ tưới | % | 80 | 85 | 90 | 95 |\n| 2 | Số trạm bơm | Trạm | 4 | 5 | 6 | 7 |\n"
    parts = read_manuscript("plan.md", f"KẾ HOẠCH\n\n1. Cấp nước.\n\nPHỤ LỤC\n\n{header}{rows}".encode())
    sections = Document(io.BytesIO(build_word_document(parts))).sections
    assert [section.page_width > section.page_height for section in sections] == [False, True]


def test_first_page_has_no_number() -> None:
    section = Document(io.BytesIO(build_word_document(lay_out()))).sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert not section.first_page_header.paragraphs[0].text


def print_page() -> bytes:
    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 100)
    document.new_page(200, 100)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_scan_is_a_picture_of_each_page() -> None:
    content = scans.scan_pages(print_page())
    document = pypdfium2.PdfDocument(content)
    assert len(document) == 2
    assert document[0].get_size() == pytest.approx((200, 100), abs=0.5)
    assert not document[0].get_textpage().get_text_range()


def test_scan_is_the_same_each_time() -> None:
    assert scans.scan_pages(print_page()) == scans.scan_pages(print_page())


def test_worn_page_is_turned_and_noisy() -> None:
    page = np.full((300, 400), 255, np.uint8)
    page[150:152, 20:380] = 0
    left, right = (scans.wear_page(page, 1, to_the_left=side) for side in (True, False))
    lines = [int(np.argmin(picture[:, 60].astype(int))) for picture in (left, right)]
    assert lines[0] > 151 > lines[1] or lines[1] > 151 > lines[0]
    assert 4 < float(left[:40].std()) < 15


def make_text(folder: Path, name: str = "ha_nam.txt", text: str = PLAN) -> documents.Text:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    gold = folder / f"{path.stem}.json"
    gold.write_text(json.dumps({"source": name}), encoding="utf-8")
    return documents.Text(path, gold)


def test_document_is_made_once_for_a_text(tmp_path: Path) -> None:
    text, kept = make_text(tmp_path), tmp_path / "kept"
    (made,) = documents.make_documents([text], "docx", kept)
    made.write_bytes(b"left as it is")
    documents.make_documents([text], "docx", kept)
    assert made.read_bytes() == b"left as it is"
    make_text(tmp_path, text=PLAN.replace("Kiểm tra", "Rà soát"))
    documents.make_documents([text], "docx", kept)
    assert zipfile.is_zipfile(made)


def test_text_is_paired_with_its_gold(tmp_path: Path) -> None:
    text = make_text(tmp_path)
    (tmp_path / "page.json").write_text(json.dumps({"source": "page.pdf"}), encoding="utf-8")
    assert format_parity.find_texts([(tmp_path, tmp_path)], None) == [text]


def test_two_texts_of_one_name_are_refused(tmp_path: Path) -> None:
    make_text(tmp_path)
    with pytest.raises(SystemExit, match="two texts are called ha_nam"):
        format_parity.find_texts([(tmp_path, tmp_path), (tmp_path, tmp_path)], None)


def test_folder_without_gold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no text with gold"):
        format_parity.find_texts([(tmp_path, tmp_path)], None)


def score(name: str, task: float, lead: float) -> format_parity.Score:
    return format_parity.Score(name, 1, 0.0, {"task": task, "lead": lead})


@pytest.mark.parametrize(
    ("name", "task", "over"),
    [("docx", 0.89, []), ("docx", 0.87, ["task"]), ("scan", 0.87, []), ("scan", 0.83, ["task"])],
)
def test_loss_over_the_limit_is_named(name: str, task: float, over: list[str]) -> None:
    found = score(name, task, 0.95)
    format_parity.compare(found, score("text", 0.9, 0.8))
    assert found.over_limit == over
    assert found.loss["lead"] == pytest.approx(-0.15)


def test_field_that_a_format_lacks_is_lost_whole() -> None:
    found = format_parity.Score("docx", 1, 0.0, {"task": 0.9})
    format_parity.compare(found, score("text", 0.9, 0.8))
    assert found.over_limit == ["lead"]


def test_long_texts_are_scanned_when_asked_for_only(tmp_path: Path) -> None:
    short = make_text(tmp_path)
    long = make_text(tmp_path, "long.txt", PLAN * 40)
    assert format_parity.choose([short, long], "scan", all_scans=False) == [short]
    assert format_parity.choose([short, long], "scan", all_scans=True) == [short, long]
    assert format_parity.choose([short, long], "pdf", all_scans=False) == [short, long]


def test_missing_office_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("rendering.office.shutil.which", lambda _: None)
    with pytest.raises(ConversionError, match="LibreOffice"):
        convert_documents([tmp_path / "plan.docx"], "pdf", tmp_path)


@pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")
def test_office_prints_the_markers(tmp_path: Path) -> None:
    (path,) = documents.make_documents([make_text(tmp_path)], "pdf", tmp_path / "kept")
    with pdfplumber.open(path) as pages:
        text = " ".join(page.extract_text() for page in pages.pages)
    for line in (
        "I. MỤC TIÊU",
        "2. Nạo vét 40 km kênh.",
        "d) Cập nhật",
        "e) Bố trí",
        "- Ưu tiên",
        "+ Thông báo",
    ):
        assert line in " ".join(text.split())


def write_records(folder: Path, *sources: tuple[str, str]) -> Path:
    return write(folder, *(plan(text, source) for source, text in sources), formats=("csv",))


def test_records_are_the_same_whatever_the_file(tmp_path: Path) -> None:
    one = write_records(tmp_path / "one", ("plan.txt", "Nhiệm vụ\nXây dựng kế hoạch\n"))
    other = write_records(tmp_path / "other", ("plan.docx", "Phần nhiệm vụ\nXây dựng kế hoạch\n"))
    assert format_parity.count_records(one) == format_parity.count_records(other)
    assert format_parity.count_records(one).total() > 0


def test_record_that_says_something_else_is_another(tmp_path: Path) -> None:
    one = write_records(tmp_path / "one", ("plan.txt", "Nhiệm vụ\ncấp 86.5 thẻ\n"))
    other = write_records(tmp_path / "other", ("plan.docx", "Nhiệm vụ\ncấp 865 thẻ\n"))
    assert format_parity.count_records(one) != format_parity.count_records(other)


def test_fields_of_the_document_count_together() -> None:
    fields = (FieldScore("document kind", 2, 2, 2), FieldScore("document number", 0, 0, 2))
    f1 = format_parity.read_f1(Evaluation((*fields, FieldScore("task", 1, 1, 1)), ()))
    assert f1 == {"document": pytest.approx(2 / 3), "task": 1.0}
