"""Crawls and web archives: which records are documents, what is known of them, and records that lie."""

import os
import zlib

import pytest
from archive_files import article, code_of, crawl_bytes, expand, outcomes, packed, plan, web_record, zip_bytes

from extract.archive.containers.crawls import MAX_BROKEN_LINES, find_publisher, parse_day, read_record
from extract.archive.containers.limits import ContainerError, Limits
from extract.archive.containers.payloads import decode_content
from extract.archive.documents import extract_item, read_content
from extract.archive.items import CrawlRecord

SITE = "https://tinmau.lamdong.gov.vn"
KNOWN = {"url": f"{SITE}/tin/1", "title": "  Trồng rừng\n đầu năm ", "date": "2026-01-05T08:00:00+07:00"}


def extract_all(items):
    return {item.source: extract_item(item) for item in items}


def test_each_line_of_a_crawl_is_a_document_with_what_is_known_of_it(tmp_path):
    html, text = {**KNOWN, "html": article(1, "Tên khác").decode()}, {**KNOWN, "text": plan(2).decode()}
    content = crawl_bytes(html, "", text)
    found = extract_all(expand(tmp_path, "x.jsonl", content))
    assert list(found) == ["x.jsonl!/0000001", "x.jsonl!/0000003"]
    page, letter = (found[source].document for source in found)
    assert (page.media_type, page.title, page.issued) == ("text/html", "Trồng rừng đầu năm", "2026-01-05")
    assert (letter.media_type, letter.number) == ("text/plain", "2/KH-UBND")
    assert all(document.status == "ok" for document in (page, letter))
    assert "45,5%" in found["x.jsonl!/0000001"].text


def test_the_id_of_a_record_is_that_of_its_line(tmp_path):
    line = crawl_bytes({"text": "Kế hoạch"}).strip()
    endings = (b"\n", b"\r\n", b"")
    ids = {extract_item(expand(tmp_path, "x.jsonl", line + end)[0]).document.document_id for end in endings}
    assert len(ids) == 1
    moved = expand(tmp_path, "y.jsonl", b"\xef\xbb\xbf" + line)[0]
    assert {extract_item(moved).document.document_id} == ids


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("Kế hoạch", "no JSON object"),
        ('{"text": "KH"', "no JSON object"),
        ('{"text": }', "no JSON object"),
        ('["text"]', "no JSON object"),
        ('{"text": ""}', "neither text nor html"),
        ('{"text": 5, "html": null}', "neither text nor html"),
        ('{"text": ' + "[" * 100_000 + "]" * 100_000 + "}", "no JSON object"),
        ('{"text": ' + "9" * 5000 + "}", "no JSON object"),
    ],
)
def test_lines_that_are_no_records_are_told(tmp_path, line, message):
    found = extract_all(expand(tmp_path, "x.jsonl", crawl_bytes(line, {"text": "Kế hoạch"})))
    broken, good = found.values()
    assert (broken.document.status, broken.problems[0].code) == ("failed", "corrupt_record")
    assert message in broken.problems[0].message
    assert good.document.status == "ok"


def test_a_line_longer_than_a_record_may_be_is_passed_over(tmp_path):
    content = b'{"text": "' + b"a" * 300_000 + b'"}\n' + crawl_bytes({"text": "KH"}) + b"a" * 300_000
    items = expand(tmp_path, "x.jsonl", content, Limits(record_bytes=1000))
    assert [code_of(item) for item in items] == ["too_large", "", "too_large"]
    assert [item.source[-1] for item in items] == ["1", "2", "3"]


def test_a_file_of_no_records_is_left_after_a_thousand(tmp_path):
    items = expand(tmp_path, "x.jsonl", os.urandom(2000).hex().encode() + b"\nx" * 5000)
    assert len(items) == MAX_BROKEN_LINES + 1
    assert outcomes(items)[-1] == ("x.jsonl", "corrupt_archive")


def test_the_page_comes_before_the_text_made_of_it():
    page = read_record(crawl_bytes({"html": "<p>A", "text": "B", "title": ["x"], "date": 5, "url": None}))
    assert (page.name, page.content, page.title, page.published, page.publisher) == (
        "record.html", b"<p>A", "", "", "",
    )  # fmt: skip


def test_lone_halves_of_letters_in_a_record_are_read(tmp_path):
    item = expand(tmp_path, "x.jsonl", b'{"text": "K\\ud83d ho\\u1ea1ch"}')[0]
    assert isinstance(item, CrawlRecord)
    assert extract_item(item).document.status in ("ok", "partial")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-01-05", "2026-01-05"), ("2026/1/5 08:00", "2026-01-05"), (" 2026-01-05T08:00Z", "2026-01-05"),
        ("05/01/2026", "2026-01-05"), ("Thứ Hai, 5-1-2026 08:00", "2026-01-05"), ("31/02/2026", ""),
        ("2026-13-01", ""), ("0001-01-01", ""), ("1/1/1900", ""), ("hôm qua", ""), ("", ""),
        ("20260105", ""), ("9" * 5000, ""),
    ],
)  # fmt: skip
def test_days_of_publication(text, day):
    assert parse_day(text) == day


@pytest.mark.parametrize(
    ("address", "host"),
    [("https://www.a.gov.vn/x?y", "a.gov.vn"), ("HTTP://A.vn:80", "a.vn"), ("a.vn/x", ""), ("http://[", "")],
)
def test_publishers(address, host):
    assert find_publisher(address) == host


def site(*records):
    return b"".join(records)


def test_documents_of_a_web_archive_are_read_and_the_rest_is_counted(tmp_path):
    content = site(
        b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 5\r\n\r\na: b\n\r\n\r\n",
        web_record(f"{SITE}/tin/1.html", article(1)),
        web_record(f"{SITE}/", article(2)),
        web_record(f"{SITE}/tin/1.html", article(3)),
        web_record(f"{SITE}/K%E1%BA%BF%20ho%E1%BA%A1ch.txt?v=1", plan(1), "application/octet-stream"),
        web_record(f"{SITE}/tai-ve", zip_bytes({"a.txt": plan(2)}), "application/zip"),
        web_record(f"{SITE}/a.css", b"p {}", "text/css"),
        web_record(f"{SITE}/b.css", b"p {}", "text/css"),
        web_record(f"{SITE}/a.png", b"x", "image/png"),
        web_record(f"{SITE}/a.exe", b"x", "application/octet-stream"),
        web_record(f"{SITE}/nothing", b"x", status="404 Not Found"),
        web_record(f"{SITE}/robots.txt", b"x", "text/plain"),
        web_record(f"{SITE}/tin/1.html", b"", kind="request"),
    )
    items = expand(tmp_path, "x.warc", content)
    host = "x.warc!/tinmau.lamdong.gov.vn"
    assert [item.source for item in items] == [
        f"{host}/tin/1.html", host, f"{host}/tin/1.html~2", f"{host}/Kế hoạch.txt?v=1",
        f"{host}/tai-ve!/a.txt",
        "x.warc",
    ]  # fmt: skip
    assert code_of(items[-1]) == "skipped_resources"
    assert items[-1].problems[0].message == (
        "Passed over, since they are no documents: 2 text/css, 1 answers that tell of an error or lead "
        "elsewhere, 1 application/octet-stream, 1 image/png. Nothing needs to be done."
    )
    found = extract_all(items)
    assert [found[item.source].document.media_type for item in items[:3]] == ["text/html"] * 3
    assert found["x.warc"].document.status == "partial"
    assert extract_all(expand(tmp_path, "x.warc.gz", packed(content))).keys() == {
        source.replace("x.warc", "x.warc.gz") for source in found
    }


def chunked(content):
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(content), content)


@pytest.mark.parametrize(
    ("headers", "pack"),
    [
        ("Content-Encoding: gzip\r\n", packed),
        ("Content-Encoding: deflate\r\n", zlib.compress),
        ("Content-Encoding: deflate\r\n", lambda content: zlib.compress(content)[2:-4]),
        ("Content-Encoding: gzip\r\n", bytes),
        ("Transfer-Encoding: chunked\r\n", chunked),
        (
            "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
            lambda content: chunked(packed(content)),
        ),
        ("Content-Encoding: identity\r\n", bytes),
    ],
)
def test_answers_are_unpacked(tmp_path, headers, pack):
    content = web_record(f"{SITE}/a", pack(article(1)), headers=headers)
    assert read_content(expand(tmp_path, "x.warc", content)[0]) == article(1)


def test_answers_packed_with_brotli_are_unpacked(tmp_path):
    brotli = pytest.importorskip("brotli")
    content = web_record(f"{SITE}/a", brotli.compress(article(1)), headers="Content-Encoding: br\r\n")
    assert read_content(expand(tmp_path, "x.warc", content)[0]) == article(1)
    with pytest.raises(ContainerError, match="more than 1,000 bytes"):
        decode_content("br", brotli.compress(bytes(1 << 26)), 1000)


def test_answers_that_swell_or_cannot_be_unpacked_are_told(tmp_path):
    swelling = web_record(f"{SITE}/a", packed(bytes(1 << 24)), headers="Content-Encoding: gzip\r\n")
    strange = web_record(f"{SITE}/b", b"x", headers="Content-Encoding: aes128\r\n")
    items = expand(tmp_path, "x.warc", swelling + strange, Limits(file_bytes=1 << 20))
    assert [code_of(item) for item in items] == ["too_large", "unsupported_member"]


def with_length(record, length):
    before, _, rest = record.partition(b"Content-Length: ")
    return before + b"Content-Length: " + length + rest[rest.index(b"\r\n") :]


@pytest.mark.parametrize("length", [b"10", b"700", b"-5", b"x", b"99999999999999999999", b""])
def test_wrong_lengths_do_not_lose_what_comes_behind(tmp_path, length):
    wrong = with_length(web_record(f"{SITE}/a.html", article(1)), length)
    others = [web_record(f"{SITE}/{number}.html", article(number)) for number in range(5)]
    items = expand(tmp_path, "x.warc", site(wrong, *others))
    assert code_of(items[-1]) in ("corrupt_archive", "skipped_resources")
    assert any(problem.code == "corrupt_archive" for problem in items[-1].problems)
    if length != b"99999999999999999999":
        assert items[-2].source.endswith("/4.html")


@pytest.mark.parametrize(
    "content",
    [
        b"WARC/1.0\r\n" + b"X: " + b"a" * (1 << 22),
        b"WARC/1.0\r\n" + b"X: a\r\n" * 500_000,
        b"WARC/9.9\r\nWARC-Type: response\r\n\r\n",
        b"WARC/1.0",
        b"WARC/1.0\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 0\r\n\r\n\r\n\r\n",
        b"WARC/1.0\n" * 10_000,
    ],
)
def test_headers_that_are_none_end_soon(tmp_path, content):
    items = expand(tmp_path, "x.warc", content + b"\r\n\r\n" + web_record(f"{SITE}/a.html", article(1)))
    assert len(items) <= 3
    assert any(code_of(item) for item in items)
