"""Bad input through the command line: an answer in seconds, a problem row, and others untouched."""

import json
import random
import time
from importlib.util import find_spec

import pytest

from extract import cli
from extract.dataset.reading import read_text_rows

pytestmark = pytest.mark.skipif(find_spec("extract.pipeline") is None, reason="extract.pipeline is missing")

LINE_BYTES = 50_000_000
SECONDS = 10
LONG_LINE_SECONDS = 60

GOOD = """ỦY BAN NHÂN DÂN TỈNH HÀ NAM
Số: 411/KH-UBND
KẾ HOẠCH
Chăm sóc sức khỏe người cao tuổi năm 2024
II. NHIỆM VỤ
1. Sở Y tế
- Chủ trì, phối hợp với Sở Tài chính xây dựng danh mục khám sàng lọc, hoàn thành trước ngày 30/6/2024.
- Tổ chức tập huấn cho 45 trạm y tế xã.
"""

RANDOM_BYTES = random.Random(7).randbytes(20_000)
BAD = {
    "empty": b"",
    "blank": b" \n\t\r\n" * 100,
    "binary": b"\x7fELF\x02\x01\x01" + RANDOM_BYTES,
    "nul_bytes": GOOD.replace("- ", "- \0\0").encode(),
    "lone_surrogates": GOOD.encode().replace(b"- ", b"\xed\xa0\x80\xed\xbf\xbf"),
    "truncated_utf16": GOOD.encode("utf-16")[:-1],
}
ODD = {
    "nested_markers": "".join(
        f"{'I' * (n % 3 + 1)}. 1.{n}. a) - + nội dung\n" for n in range(10_000)
    ).encode(),
    "deep_numbering": "\n".join(".".join(["1"] * n) + ". Rà soát" for n in range(1, 1_000)).encode(),
    "only_a_table": b"| STT | N\xe1\xbb\x99i dung |\n| --- | --- |\n"
    + b"| 1 | R\xc3\xa0 so\xc3\xa1t |\n" * 300,
    "brackets": ("((" * 20_000 + "))" * 20_000).encode(),
    "digits": b"1.000" * 40_000,
    "dots": b"Giai \xc4\x91o\xe1\xba\xa1n " + b"." * 200_000,
    "dates": "từ ngày 01/01/2024 đến ".encode() * 10_000,
    "percents": b"95% " * 50_000,
    "byte_order_marks": b"\xef\xbb\xbf" * 10_000 + GOOD.encode(),
    "combining_marks": b"e" + "\u0302\u0301".encode() * 20_000,
    "lines_of_nothing": b"\n" * 500_000,
    "right_to_left": ("\u202e" + GOOD + "\u2066" * 1_000).encode(),
    "formulas": GOOD.replace("- ", "- =cmd|' /C calc'!A0 ").encode(),
}


def extract(folder, out):
    started = time.perf_counter()
    status = cli.main(["extract", str(folder), "--out", str(out), "--workers", "1", "--quiet"])
    return status, time.perf_counter() - started


def records_of(out, source):
    """Give all rows of a document, by table."""
    key = next(row["document_id"] for row in read_text_rows(out, "documents") if row["source"] == source)
    tables = ("documents", "groups", "tasks", "task_units", "indicators", "references", "problems")
    return {t: [row for row in read_text_rows(out, t) if row["document_id"] == key] for t in tables}


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """Give the rows of the good document read alone; the first run also loads what later ones share."""
    folder = tmp_path_factory.mktemp("good")
    (folder / "in").mkdir()
    (folder / "in" / "good.txt").write_text(GOOD, encoding="utf-8")
    assert extract(folder / "in", folder / "out")[0] == 0
    return records_of(folder / "out", "good.txt")


def run_beside_good(tmp_path, content, name="bad.txt"):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    (folder / name).write_bytes(content)
    status, seconds = extract(folder, tmp_path / "out")
    bad, other = (records_of(tmp_path / "out", source) for source in (name, "good.txt"))
    # Bad bytes around the good text make a second copy of it; all else of its row must be as it is alone.
    same_text_as = other["documents"][0]["duplicate_of"]
    assert same_text_as in ("", bad["documents"][0]["document_id"])
    other["documents"][0]["duplicate_of"] = ""
    return status, seconds, bad, other


def test_the_good_document_is_read(good):
    assert good["documents"][0]["number"] == "411/KH-UBND"
    assert len(good["tasks"]) == 2
    assert not good["problems"]


@pytest.mark.parametrize("name", BAD)
def test_bad_input_gets_a_problem_and_costs_no_other_document(tmp_path, capfd, good, name):
    status, seconds, bad, other = run_beside_good(tmp_path, BAD[name])
    assert status == int(bad["documents"][0]["status"] == "failed")
    assert bad["problems"], "bad input must be told"
    assert all(problem["message"].endswith(".") for problem in bad["problems"])
    assert "internal_error" not in {problem["code"] for problem in bad["problems"]}
    assert other == good
    assert seconds < SECONDS
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize("name", ODD)
def test_odd_input_ends_in_seconds_and_costs_no_other_document(tmp_path, capfd, good, name):
    status, seconds, odd, other = run_beside_good(tmp_path, ODD[name])
    assert status == int(odd["documents"][0]["status"] == "failed")
    assert "internal_error" not in {problem["code"] for problem in odd["problems"]}
    assert other == good
    assert seconds < SECONDS
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize("words", ["Rà soát 95% ", "a", "1.", "- + "])
def test_a_line_of_50_megabytes_ends_in_time(tmp_path, good, words):
    content = words.encode() * (LINE_BYTES // len(words.encode()))
    _, seconds, long, other = run_beside_good(tmp_path, content)
    assert "internal_error" not in {problem["code"] for problem in long["problems"]}
    assert other == good
    assert seconds < LONG_LINE_SECONDS


def test_only_known_files_are_written_whatever_the_names(tmp_path, good):
    folder = tmp_path / "in"
    for name in ("..txt", "a b;c.txt", "CON.txt", "tệp.txt", "=1+1.txt", "-rf.txt"):
        path = folder / "sub" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(GOOD + name, encoding="utf-8")
    assert extract(folder, tmp_path / "out")[0] == 0
    keys = {row["document_id"] for row in read_text_rows(tmp_path / "out", "documents")}
    assert {path.stem for path in (tmp_path / "out" / "text").iterdir()} == keys
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out"]
    assert json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))["counts"]["rows"]["documents"] == 5
