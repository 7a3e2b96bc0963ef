"""Packages that nobody should trust: bombs, damage, missing parts, absurd nesting, foreign names."""

from __future__ import annotations

import io
import random
import struct
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from word_files import (
    NAMESPACES,
    PACKAGE_RELATIONS,
    RELATION_TYPE,
    W,
    build_docx,
    build_relations,
    item,
    level,
    numbering,
    paragraph,
    row,
    table,
)

from extract.readers.docx import read_docx
from extract.readers.word import package
from extract.spans import Source

STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def codes(source: Source) -> list[str]:
    return [problem.code for problem in source.problems]


def texts(source: Source) -> list[str]:
    return [block.text for block in source.blocks]


def whole(body: str) -> str:
    return f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"


def fails_with(content: bytes, code: str) -> None:
    source = read_docx("a.docx", content)
    assert codes(source) == [code]
    assert source.problems[0].severity == "error"
    assert source.blocks == ()


# Not a document


@pytest.mark.parametrize(
    "content", [b"PK", b"PK\x03\x04" + b"\x00" * 40, b"<html>", bytes(1000), b"\xff" * 99]
)
def test_content_that_is_no_package(content: bytes) -> None:
    fails_with(content, "corrupt_file")


def test_an_empty_file() -> None:
    fails_with(b"", "empty_file")


def test_an_archive_without_a_document() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("readme.txt", "không có gì")
    fails_with(buffer.getvalue(), "corrupt_file")


@pytest.mark.parametrize("document", ["<x/>", f'<w:document xmlns:w="{W}"/>', "  ", "không phải XML", "<w:a"])
def test_a_document_without_a_body(document: str) -> None:
    assert "corrupt_file" in codes(read_docx("a.docx", build_docx(document=document)))


@pytest.mark.parametrize("body", ["", paragraph("  "), table(row("", ""))])
def test_a_document_without_text(body: str) -> None:
    source = read_docx("a.docx", build_docx(body))
    assert not any(block.raw.strip() for block in source.blocks)
    assert source.blocks or codes(source) == ["empty_file"]


def test_a_document_with_a_password() -> None:
    name = "EncryptedPackage".encode("utf-16-le")
    fails_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + name + bytes(600), "encrypted_file")


def test_a_locked_member() -> None:
    content = bytearray(build_docx(paragraph("Một")))
    # The flag "encrypted" of the general purpose bits, in the local and in the central header.
    content[6] |= 1
    content[content.find(b"PK\x01\x02") + 8] |= 1
    fails_with(bytes(content), "encrypted_file")


# Bombs


def bomb(levels: int) -> str:
    entities = ['<!ENTITY a0 "aaaaaaaaaa">']
    entities += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, levels)]
    return f"<!DOCTYPE x [{''.join(entities)}]>" + whole(paragraph(f"&a{levels - 1};"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(encoding: str) -> None:
    started = time.perf_counter()
    fails_with(build_docx(document=bomb(12).encode(encoding)), "corrupt_file")
    assert time.perf_counter() - started < 2


def test_an_entity_that_names_a_file_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("bí mật", encoding="utf-8")
    document = f'<!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}">]>' + whole(paragraph("&s;"))
    fails_with(build_docx(document=document), "corrupt_file")


def test_a_part_that_unpacks_to_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_PART_BYTES", 1_000_000)
    fails_with(build_docx(document=whole(paragraph("a" * 2_000_000))), "too_large")


def test_a_part_that_lies_about_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_PART_BYTES", 1_000_000)
    content = bytearray(build_docx(document=whole(paragraph("a" * 2_000_000))))
    central = content.find(b"PK\x01\x02")
    struct.pack_into("<I", content, central + 24, 1000)
    struct.pack_into("<I", content, 22, 1000)
    source = read_docx("a.docx", bytes(content))
    # zipfile stops at the size that the archive states; what it gives is damaged XML.
    assert not any(len(text) > 1000 for text in texts(source))
    assert source.problems


def test_all_parts_together_may_not_be_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_PACKAGE_BYTES", 3000)
    fails_with(build_docx(paragraph("a" * 2000), numbering=" " * 2000), "too_large")


def test_more_elements_than_any_document_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_MARKUP_SIGNS", 5000)
    fails_with(build_docx("<w:p/>" * 6000), "too_large")


def test_more_parts_than_any_document_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_MEMBERS", 10)
    fails_with(build_docx(paragraph("Một"), members={f"m{n}": "" for n in range(20)}), "too_large")


def test_a_way_of_packing_that_word_does_not_use() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("word/document.xml", whole(paragraph("Một")))
    fails_with(buffer.getvalue(), "corrupt_file")


# Damage


def test_broken_xml_is_read_as_far_as_it_goes() -> None:
    document = f"<w:document {NAMESPACES}><w:body>{paragraph('Một')}{paragraph('Hai')}<w:p><w:r"
    source = read_docx("a.docx", build_docx(document=document))
    assert texts(source) == ["Một", "Hai"]
    assert codes(source) == ["damaged_file"]
    assert "word/document.xml" in source.problems[0].message


def test_a_cut_file_is_told() -> None:
    content = build_docx(paragraph("Một"))
    fails_with(content[: len(content) // 2], "corrupt_file")


def test_a_damaged_stream_never_raises() -> None:
    content = build_docx("".join(paragraph(f"Việc {n}") for n in range(50)), numbering=numbering(level(0)))
    chance = random.Random(7)
    for _ in range(200):
        broken = bytearray(content)
        for _ in range(chance.randrange(1, 6)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        source = read_docx("a.docx", bytes(broken))
        assert source.blocks or source.problems


@given(st.binary(max_size=300))
@settings(max_examples=60)
def test_any_document_part_gives_a_source(content: bytes) -> None:
    source = read_docx("a.docx", build_docx(document=content or b" "))
    assert source.blocks or source.problems


@pytest.mark.parametrize("part", ["word/styles.xml", "word/numbering.xml"])
def test_a_damaged_part_beside_the_text(part: str) -> None:
    source = read_docx("a.docx", build_docx(item("Một"), members={part: "<w:broken"}))
    assert texts(source) == ["Một"]
    assert codes(source) == ["damaged_file"]


# Names and relations


def pack(members: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path, content in members.items():
            archive.writestr(path, content)
    return buffer.getvalue()


def root_relations(target: str, mode: str = "") -> str:
    relation = f'<Relationship Id="r" Type="{RELATION_TYPE}/officeDocument" Target="{target}"{mode}/>'
    return f'<Relationships xmlns="{PACKAGE_RELATIONS}">{relation}</Relationships>'


def test_the_text_lies_where_the_relations_say() -> None:
    content = pack(
        {"_rels/.rels": root_relations("word/document2.xml"), "word/document2.xml": whole(paragraph("A"))}
    )
    assert texts(read_docx("a.docx", content)) == ["A"]


def test_lists_lie_where_the_relations_say() -> None:
    members = {"word/lists.xml": f"<w:numbering {NAMESPACES}>{numbering(level(0))}</w:numbering>"}
    content = build_docx(item("Một"), members=members, relations={"n": ("numbering", "/word/lists.xml")})
    assert texts(read_docx("a.docx", content)) == ["1. Một"]


@pytest.mark.parametrize("path", ["word\\document.xml", "/word/document.xml", "Word/Document.XML"])
def test_other_writings_of_a_path(path: str) -> None:
    assert texts(read_docx("a.docx", pack({path: whole(paragraph("A"))}))) == ["A"]


@pytest.mark.parametrize(
    "target", ["../../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "http://example.com/a.xml", ""]
)
@pytest.mark.parametrize("mode", ["", ' TargetMode="External"'])
def test_relations_lead_to_no_file_outside(target: str, mode: str, tmp_path: Path) -> None:
    members = {"_rels/.rels": root_relations(target, mode), "word/document.xml": whole(paragraph("A"))}
    assert texts(read_docx("a.docx", pack(members))) == ["A"]


def test_names_that_lead_out_of_the_folder_write_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    members = {"../../ngoài.xml": "x", "word/document.xml": whole(paragraph("A"))}
    assert texts(read_docx("a.docx", pack(members))) == ["A"]
    assert list(tmp_path.iterdir()) == []


def test_relations_with_a_broken_part() -> None:
    content = build_docx(paragraph("A"), members={"word/_rels/document.xml.rels": "<Relationships"})
    assert texts(read_docx("a.docx", content)) == ["A"]


def test_the_strict_form_of_the_standard() -> None:
    document = whole(item("Một")).replace(W, STRICT)
    lists = f"<w:numbering {NAMESPACES}>{numbering(level(0))}</w:numbering>".replace(W, STRICT)
    content = build_docx(
        document=document,
        members={"word/numbering.xml": lists},
        relations={},
    )
    assert texts(read_docx("a.docx", content)) == ["1. Một"]


def test_relations_of_the_tests_are_written_right() -> None:
    assert build_relations({"a": ("styles", "styles.xml")}).count("/styles") == 1


# Size and depth


def test_a_hundred_thousand_paragraphs_take_seconds() -> None:
    content = build_docx(item("Rà soát kho thuốc năm 2031") * 100_000, numbering=numbering(level(0)))
    started = time.perf_counter()
    source = read_docx("a.docx", content)
    assert time.perf_counter() - started < 60
    assert source.blocks[-1].text == "100000. Rà soát kho thuốc năm 2031"


@pytest.mark.parametrize("depth", [20, 60, 80])
def test_tables_within_tables_lose_nothing(depth: int) -> None:
    body = paragraph("Trong cùng")
    for _ in range(depth):
        body = table(row(f"<w:tc>{body}</w:tc>"))
    try:
        found = texts(read_docx("a.docx", build_docx(body + paragraph("Sau"))))
    except RecursionError:
        pytest.fail("the depth of a document must not exhaust the stack")
    assert found == ["Trong cùng", "Sau"]


def test_data_tables_within_tables_lose_nothing() -> None:
    body = paragraph("Trong cùng")
    for _ in range(40):
        body = table(f"<w:tr><w:tc>{body}</w:tc><w:tc>{paragraph('x')}</w:tc></w:tr>")
    (found,) = read_docx("a.docx", build_docx(body)).blocks
    assert "Trong cùng" in found.raw


def test_more_depth_than_the_parser_takes_is_told() -> None:
    body = "<w:ins>" * 5000 + "</w:ins>" * 5000
    source = read_docx("a.docx", build_docx(paragraph("Một") + f"<w:p>{body}</w:p>"))
    assert texts(source) == ["Một"]
    assert codes(source) == ["damaged_file"]


@pytest.mark.parametrize("text", [" " * 500_000 + "x", "a   " * 100_000, "\t" * 300_000, "1." * 200_000])
def test_long_odd_text_takes_linear_time(text: str) -> None:
    started = time.perf_counter()
    read_docx("a.docx", build_docx(paragraph(text) + paragraph("Nơi nhận:" + text)))
    assert time.perf_counter() - started < 5
