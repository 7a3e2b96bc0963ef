"""Archives made in memory for tests, honest and hostile; run as a script it makes those in documents/."""

from __future__ import annotations

import gzip
import io
import json
import sys
import tarfile
import zipfile
from pathlib import Path

from extract.archive.containers.expand import expand_file
from extract.archive.containers.limits import Limits
from extract.archive.items import ContainerReport, InputFile, Refusal

DOCUMENTS = Path(__file__).parent / "documents"
ARTICLE = (
    "<!DOCTYPE html><html><head><title>{title}</title></head><body><nav><a href='/'>Trang chủ</a></nav>"
    "<article><h1>{title}</h1><p>Năm 2026, huyện phấn đấu trồng mới {number} ha rừng, tỷ lệ che phủ rừng đạt "
    "45,5%.</p><p>UBND huyện giao Sở Y tế rà soát {number} điểm tiêm chủng trước ngày 30/6/2026.</p>"
    "</article></body></html>"
)


def plan(number: int) -> bytes:
    """Give a plan of our own invention with one task."""
    return (
        f"ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG\nSố: {number}/KH-UBND\n\nKẾ HOẠCH\nTrồng cây xanh năm 2026\n\n"
        f"I. NHIỆM VỤ\n1. Sở Tài chính bố trí {number} triệu đồng trước ngày 30/6/2026.\n"
    ).encode()


def article(number: int, title: str = "Huyện trồng rừng") -> bytes:
    """Give a page of a web site of our own invention."""
    return ARTICLE.format(title=title, number=number).encode()


def zip_bytes(
    members: dict[str, bytes] | list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """Give a ZIP archive of members; in a list a name may come twice."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items() if isinstance(members, dict) else members:
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            info.compress_type = method
            archive.writestr(info, content)
    return buffer.getvalue()


def raw_zip(names: list[bytes], flags: int = 0, content: bytes = b"KH") -> bytes:
    """Give a ZIP archive whose names are these bytes, whatever a library would make of them."""
    placeholders = [f"@{number:0{len(name) - 1}}" for number, name in enumerate(names)]
    made = zip_bytes([(name, content) for name in placeholders], zipfile.ZIP_STORED)
    for placeholder, name in zip(placeholders, names, strict=True):
        made = made.replace(placeholder.encode(), name)
    buffer = bytearray(made)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = buffer.find(signature)
        while at >= 0:
            buffer[at + offset : at + offset + 2] = flags.to_bytes(2, "little")
            at = buffer.find(signature, at + 4)
    return bytes(buffer)


def tar_bytes(
    members: dict[str, bytes] | list[tuple[str | tarfile.TarInfo, bytes]], mode: str = "w"
) -> bytes:
    """Give a tar of members, compressed as the mode says (``w:gz``); a header may stand for a name."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items() if isinstance(members, dict) else members:
            header = name if isinstance(name, tarfile.TarInfo) else tarfile.TarInfo(name)
            header.size = len(content)
            archive.addfile(header, io.BytesIO(content))
    return buffer.getvalue()


def seven_zip_bytes(members: dict[str, bytes], **options: object) -> bytes:
    """Give a 7-Zip archive of members."""
    import py7zr

    buffer = io.BytesIO()
    with py7zr.SevenZipFile(buffer, "w", **options) as archive:  # type: ignore[arg-type]
        for name, content in members.items():
            archive.writestr(content, name)
    return buffer.getvalue()


def crawl_bytes(*records: object) -> bytes:
    """Give a crawl: objects as lines of JSON, strings as they are."""
    lines = [one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in records]
    return "".join(f"{line}\n" for line in lines).encode()


def web_record(
    address: str, body: bytes, media_type: str = "text/html", status: str = "200 OK", headers: str = "",
    kind: str = "response",
) -> bytes:  # fmt: skip
    """Give a record of a web archive as its specification writes it."""
    http = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n{headers}\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:12345678-feed-0000-0000-000000000000>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def packed(content: bytes) -> bytes:
    """Compress with gzip, the same bytes each time."""
    return gzip.compress(content, mtime=0)


def expand(tmp_path: Path, name: str, content: bytes, limits: Limits | None = None) -> list:
    """Give the items of a file with this content."""
    path = tmp_path / name
    path.write_bytes(content)
    return list(expand_file(InputFile(name, path), limits or Limits()))


def outcomes(items: list) -> list[tuple[str, str]]:
    """Give source and first problem of items, the latter empty where there is none."""
    return [(item.source, code_of(item)) for item in items]


def code_of(item: object) -> str:
    """Give the code of the problem that an item stands for."""
    if isinstance(item, Refusal):
        return item.problem.code
    return item.problems[0].code if isinstance(item, ContainerReport) else ""


def make_samples(folder: Path) -> None:
    """Write the archives of documents/."""
    files = {"2025/kế hoạch 5.txt": plan(5), "2026/kế hoạch 6.txt": plan(6), "2026/tin.html": article(7)}
    (folder / "plans.zip").write_bytes(zip_bytes(files))
    (folder / "plans.tar.gz").write_bytes(packed(tar_bytes(files)))
    (folder / "plans.7z").write_bytes(seven_zip_bytes(files))
    known = {
        "url": "https://tinmau.lamdong.gov.vn/tin/1",
        "title": "Trồng rừng đầu năm",
        "date": "05/01/2026",
    }
    (folder / "news.jsonl").write_bytes(
        crawl_bytes({**known, "html": article(8).decode()}, {**known, "text": plan(9).decode()})
    )
    records = [
        web_record("https://tinmau.lamdong.gov.vn/tin/1.html", article(10)),
        web_record("https://tinmau.lamdong.gov.vn/kieu.css", b"p {}", "text/css"),
        web_record("https://tinmau.lamdong.gov.vn/van-ban/kh-11.txt", plan(11), "text/plain; charset=utf-8"),
    ]
    (folder / "site.warc.gz").write_bytes(b"".join(map(packed, records)))


if __name__ == "__main__":
    make_samples(Path(sys.argv[1]) if sys.argv[1:] else DOCUMENTS)
