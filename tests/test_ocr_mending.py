"""What recognition confuses: mended where one reading is left, and left alone everywhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.readers.layout.page import Line, Page, Word
from extract.readers.ocr.context import mend_syllables
from extract.readers.ocr.count_pairs import count_pairs
from extract.readers.ocr.mending import is_nonsense, mend_lines
from extract.readers.ocr.printed import build_line, settle_sizes
from extract.readers.ocr.tesseract import RecognisedLine, RecognisedWord

BOX = (0.0, 0.0, 10.0, 10.0)


def line(text: str, confidence: float = 0.9) -> Line:
    return Line([Word(word, BOX, confidence=confidence) for word in text.split()], BOX)


def mend(text: str, confidence: float = 0.9) -> str:
    return "\n".join(mended.text for mended in mend_lines([line(text, confidence)]))


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("-_ Tổ chức tập huấn", "- Tổ chức tập huấn"),
        ("— Tổ chức tập huấn", "- Tổ chức tập huấn"),
        ("« Tổ chức tập huấn", "- Tổ chức tập huấn"),
        ("Tổ chức _ tập huấn |", "Tổ chức tập huấn"),
        ("đạt 12,5%o.", "đạt 12,5‰."),
        ("Só:215 /BC-SYT", "Số:215 /BC-SYT"),
        ("VW triển khai kế hoạch", "V/v triển khai kế hoạch"),
        ("Mới nhận:", "Nơi nhận:"),
        ("nh gửi:", "Kính gửi:"),
        ("L. TÌNH HÌNH", "I. TÌNH HÌNH"),
        ("$.2. Các khoa", "5.2. Các khoa"),
        ("©) Các khoa", "c) Các khoa"),
        ("ngày 0S tháng 1] năm 2O31", "ngày 0S tháng 11 năm 2031"),
        ("số 206/2031/QHI5 ngày", "số 206/2031/QH15 ngày"),
        ("THỦ TƯỚNG CHÍNHPHỦ", "THỦ TƯỚNG CHÍNH PHỦ"),
        ("- TỶ lệ người dân", "- Tỷ lệ người dân"),
        ("với một SỐ việc", "với một số việc"),
        ("giÚp các hộ", "giúp các hộ"),
    ],
)
def test_one_reading_is_left(read: str, printed: str) -> None:
    assert mend(read) == printed


@pytest.mark.parametrize(
    "text",
    [
        "- Độc lập - Tự do - Hạnh phúc",
        "+ Tăng 1.264 lượt (91,5%)",
        "I. TÌNH HÌNH",
        "l) Các khoản khác",
        "1.2.3. Kết quả",
        "Từ 15 - 20%, ≥ 5,0; ≤ 3",
        "SỞ Y TẾ",
        "QĐ-UBND, BHYT, HIV/AIDS, COVID-19",
        "UBND TỈNH HÀ GIANG",
        "Km26+793",
        "10O đồng",
        "S5 và 0S",
        "(ii) phần còn lại",
        "Số: 12/KH-SYT",
        "email@tinh.vn",
    ],
)
def test_what_may_be_right_stays(text: str) -> None:
    assert mend(text) == text


@pytest.mark.parametrize("figure", ["87,3", "1.264", "0,05", "12O", "l5", "7S%", "1 264", "3/4"])
def test_figures_outside_of_dates_are_never_guessed(figure: str) -> None:
    assert mend(f"đạt {figure} lượt") == f"đạt {figure} lượt"


def test_lines_of_noise_are_dropped_and_unsure_words_of_print_stay() -> None:
    assert mend("ýếz x¡ „£ rz", 0.3) == ""
    assert mend("Sở Y tế chủ trì", 0.3) == ""
    assert mend("Sở Y tế chủ trì", 0.75) == "Sở Y tế chủ trì"
    assert [kept.text for kept in mend_lines([line("87,3", 0.3)], keep_unsure=True)] == ["87,3"]


def test_words_whose_marks_were_mended_are_less_sure() -> None:
    (mended,) = mend_lines([line("Đây mạnh công tác y tế", 0.96)])
    assert mended.text == "Đẩy mạnh công tác y tế"
    assert [word.confidence for word in mended.words] == [0.75, *[0.96] * 5]


def test_marks_are_mended_by_the_words_of_the_next_line() -> None:
    first, second = mend_lines([line("công tác quản"), line("lý nhà nước, tông số vốn")])
    assert (first.text, second.text) == ("công tác quản", "lý nhà nước, tổng số vốn")


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("trẻ em dưới 5 tuôi", "trẻ em dưới 5 tuổi"),
        ("hướng dân thực hiện kế hoạch", "hướng dẫn thực hiện kế hoạch"),
        ("đên cuối năm đạt", "đến cuối năm đạt"),
        ("quyêt định của tỉnh", "quyết định của tỉnh"),
        ("QUYÊT ĐỊNH", "QUYẾT ĐỊNH"),
    ],
)
def test_neighbours_tell_the_mark(read: str, printed: str) -> None:
    assert " ".join(mend_syllables(read.split())) == printed


@pytest.mark.parametrize(
    "text",
    [
        "Ủy ban nhân dân các xã, phường, thị trấn",
        "thẩm tra, thầm lặng, tham gia",
        "chỉ tiêu, chi tiêu",
        "Internet of Things",
        "ông Lê Văn Đạt",
        "5 6 7",
        "",
    ],
)
def test_words_that_fit_stay(text: str) -> None:
    assert " ".join(mend_syllables(text.split())) == text


@given(st.lists(st.text(max_size=12).filter(lambda word: bool(word.strip())), max_size=12))
def test_any_words_keep_their_number_and_lengths(words: list[str]) -> None:
    assert [len(word) for word in mend_syllables(words)] == [len(word) for word in words]


@given(st.text(max_size=40))
def test_any_line_can_be_mended(text: str) -> None:
    mend_lines([line(text)] if text.split() else [])


def test_pairs_are_counted_once_a_text_and_not_across_signs() -> None:
    table = count_pairs(["tổng số, số vốn. Tổng số xyz vốn"] * 4)
    lines = dict(entry.split("\t", 1) for entry in table.splitlines()[1:])
    assert table.startswith("4\n")
    assert lines == {"số": "4\tvốn 4", "tổng": "4\tsố 4", "vốn": "4"}


def test_rare_pairs_are_left_out() -> None:
    assert "tổng\t4\n" in count_pairs(["tổng số"] * 3 + ["tổng"])


def recognised(text: str, width: int, base: float = 50.0) -> RecognisedLine:
    left, words = 0, []
    for word in text.split():
        words.append(RecognisedWord(word, (left, 0, left + width * len(word), 40), 0.9))
        left += width * len(word) + 10
    return RecognisedLine(tuple(words), base)


def test_the_size_of_type_comes_from_the_width_of_words_and_is_that_of_the_page() -> None:
    page = Page(1, 600, 800)
    texts = ("công tác quản lý", "hỗ trợ gia đình", "an toàn", "Ủy ban")
    page.lines = [build_line(recognised(text, 20), 0.24) for text in texts]
    page.lines.append(build_line(recognised("QUYẾT ĐỊNH BAN HÀNH", 60), 0.24))
    settle_sizes(page)
    sizes = [found.words[0].size for found in page.lines]
    assert len(set(sizes[:4])) == 1
    assert sizes[4] > 1.3 * sizes[0]
    assert len({round(found.box[3] - found.box[1], 1) for found in page.lines[:4]}) == 1


def test_a_page_without_words_has_no_size() -> None:
    page = Page(1, 600, 800)
    settle_sizes(page)
    assert page.lines == []


def test_a_page_of_few_sure_words_is_nonsense() -> None:
    good, bad = Page(1, 600, 800), Page(1, 600, 800)
    good.lines = [line("Sở Y tế chủ trì phối hợp với các sở ngành")]
    bad.lines = [line("qnzơ rèw ʇxz iộé upq xzw yqé wv pq zz", 0.5)]
    assert not is_nonsense(good)
    assert is_nonsense(bad)
    assert not is_nonsense(Page(1, 600, 800))
