"""Every encoding is found by what it spells, and Unicode Vietnamese is never taken for another one."""

from __future__ import annotations

import time
import unicodedata
from pathlib import Path

import pytest

from extract.readers.encodings import decode_text
from extract.readers.legacy import legacy_table, turn_legacy_words

SHARED = Path(__file__).parents[1] / "../shared"
TONES = "\u0300\u0301\u0303\u0309\u0323"
LOWER = "aàáảãạăằắẳẵặâầấẩẫậđeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
SENTENCES = [
    "Phấn đấu đến hết quý II, tỷ lệ hộ dùng nước sạch ở các xã đạt 91,4%.",
    "Giao Sở Tài chính chủ trì, phối hợp với ủy ban nhân dân các huyện rà soát nguồn vốn.",
    "Đề nghị những đơn vị chậm giải ngân gửi báo cáo trước ngày 17 hằng tháng.",
    "Mỗi ấp tổ chức ít nhất một buổi truyền thông về dinh dưỡng cho bà mẹ có con nhỏ.",
]


def encode(text: str, encoding: str) -> bytes:
    """Encode by the inverse of the table, as a typist of the time would have."""
    if encoding == "cp1258":
        return b"".join(_encode_cp1258(letter) for letter in text)
    codes: dict[str, bytes] = {}
    for code, letter in legacy_table(encoding).letters.items():
        codes.setdefault(letter, code.encode("latin-1"))
    return b"".join(codes.get(letter) or letter.encode("ascii") for letter in text)


def _encode_cp1258(letter: str) -> bytes:
    try:
        return letter.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
        return (base + "".join(part for part in parts if part in TONES)).encode("cp1258")


def misread(text: str, encoding: str) -> str:
    return encode(text, encoding).decode("latin-1")


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "viscii"])
def test_tables_have_every_letter_once(encoding: str) -> None:
    letters = list(legacy_table(encoding).letters.values())
    expected = {letter for letter in LOWER if not letter.isascii()}
    assert expected <= set(letters)
    if encoding != "tcvn3":
        assert {letter.upper() for letter in expected} <= set(letters)
    else:
        assert set(letters) - expected == set("ĂÂÊÔƠƯĐ")


def test_an_unknown_table_is_refused() -> None:
    with pytest.raises(KeyError):
        legacy_table("vps")


@pytest.mark.parametrize("encoding", ["cp1258", "tcvn3", "vni", "viscii"])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_round_trip(sentence: str, encoding: str) -> None:
    decoded = decode_text(encode(sentence, encoding))
    assert (decoded.text, decoded.encoding, decoded.undecodable) == (sentence, encoding, 0)


@pytest.mark.parametrize("encoding", ["vni", "viscii", "cp1258"])
def test_round_trip_of_capitals(encoding: str) -> None:
    text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nKỲ HỌP THỨ MƯỜI, QUỸ HỖ TRỢ"
    decoded = decode_text(encode(text, encoding))
    assert (decoded.text, decoded.encoding) == (text, encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_unicode_encodings(sentence: str, encoding: str) -> None:
    decoded = decode_text(sentence.encode(encoding))
    assert (decoded.text, decoded.undecodable) == (sentence, 0)
    assert decoded.encoding.startswith("utf-")


def test_marks_of_a_western_file_stay_western() -> None:
    decoded = decode_text("Le café de la forêt, très près du théâtre".encode("cp1252"))
    assert (decoded.text, decoded.encoding) == ("Le café de la forêt, très près du théâtre", "cp1252")


def test_a_few_bad_bytes_do_not_make_another_encoding() -> None:
    content = ("Tỉnh ủy chỉ đạo thực hiện " * 5).encode() + b"\xff" + " kế hoạch".encode()
    decoded = decode_text(content)
    assert (decoded.encoding, decoded.undecodable) == ("utf-8", 1)
    assert decoded.text.endswith("\ufffd kế hoạch")


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_misread_sentences_are_turned(sentence: str, encoding: str) -> None:
    assert turn_legacy_words(misread(sentence, encoding)) == (sentence, (encoding,))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Triển khai trong n¨m 2031", "Triển khai trong năm 2031"),
        ("theo kÕ ho¹ch đã được duyệt", "theo kế hoạch đã được duyệt"),
        ("Đơn vị chủ trì lµ Sở Y tế", "Đơn vị chủ trì là Sở Y tế"),
        ("KÕ HO¹CH HµNH ®éng", "Kế HOẠCH HÀNH động"),
        ("Ñoàng Nai vaø Ñaø Naüng", "Đồng Nai và Đà Nẵng"),
        ("UÛy ban nhaân daân xaõ", "Ủy ban nhân dân xã"),
        ("Uûy ban nhaân daân xaõ", "Ủy ban nhân dân xã"),
    ],
)
def test_legacy_words_in_unicode_text_are_turned(text: str, expected: str) -> None:
    assert turn_legacy_words(text)[0] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Quán café của ông Müller ở Köln rộng 35 m² ± 2 %",
        "Où a-t-il dû être naïf, près du château ? Là où l'été dure, le maïs mûrit.",
        "Die Größe der Bäume für Göthe, schöne Grüße aus München",
        "El Niño afectó a la región: años más cálidos",
        "«Tôi nói» § 12 © 2031 ® · × ÷ ¶ ½ ¼ ¾ £m ¥ ¢ °C",
        "lực 5 N·m, lưới m×n, bụi 10 µm và 3 µg/m³, hệ số a÷b",
        "chú thích: ho¹, theo¹ tài liệu², M.ª José",
        "Số 154/KH-UBND, 57-NQ/TW, 02/2031/TT-BYT",
        "Học thuyết của Søren và Zürich, Citroën, Škoda, Łódź",
        "thông\u00adtin có gạch nối mềm",
        "Võ Thị Là, HỒ VÕ, Tô Ý, đồ sứ, cà phê, bê tông, là là",
        "x ≤ ½·y; a«b»c; foo¬bar; e = mc²",
    ],
)
def test_what_is_meant_stays(text: str) -> None:
    turned, met = turn_legacy_words(text)
    assert (turned, met) == (text, ())
    assert turned is text or turned == text


def test_clean_documents_are_never_turned() -> None:
    paths = sorted((SHARED / "corpus/md").glob("*.md")) + sorted((SHARED / "seeds").glob("*.txt"))
    if not paths:
        pytest.skip(f"no documents in {SHARED}")
    for path in paths:
        text = path.read_text(encoding="utf-8")
        assert turn_legacy_words(text) == (text, ()), path.name
        assert decode_text(path.read_bytes()).encoding == "utf-8"


@pytest.mark.parametrize("piece", ["n¨m ", "café ", "ñ", "«", "m×n ", "ho¹", "où "])
def test_time_is_linear_on_a_long_line(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    started = time.perf_counter()
    turn_legacy_words(text)
    assert time.perf_counter() - started < 10
