"""Archives that are damaged, locked or not what they say: the sound part is read, the rest is told."""

import io
import os
import sys
import tarfile

import pytest
from archive_files import (
    code_of,
    crawl_bytes,
    expand,
    outcomes,
    packed,
    plan,
    raw_zip,
    seven_zip_bytes,
    tar_bytes,
    web_record,
    zip_bytes,
)

from extract.archive.documents import UnreadError, extract_item, read_content
from extract.archive.items import ZipMember


def test_encrypted_members_are_told_and_others_read(tmp_path):
    clear, secret = zip_bytes({"a.txt": plan(1)}), raw_zip([b"b.txt"], flags=1)
    content = tar_bytes({"a.zip": clear, "b.zip": secret})
    assert outcomes(expand(tmp_path, "x.tar", content)) == [
        ("x.tar!/a.zip!/a.txt", ""),
        ("x.tar!/b.zip!/b.txt", "encrypted_member"),
    ]
    locked = seven_zip_bytes({"a.txt": plan(1)}, password="x")
    assert outcomes(expand(tmp_path, "x.7z", locked)) == [("x.7z!/a.txt", "encrypted_member")]
    hidden = seven_zip_bytes({"a.txt": plan(1)}, password="x", header_encryption=True)
    assert outcomes(expand(tmp_path, "x.7z", hidden)) == [("x.7z", "encrypted_member")]


def test_methods_of_packing_that_are_not_read_are_told(tmp_path):
    content = bytearray(zip_bytes({"a.txt": plan(1)}))
    content[8:10] = b"\x09\0"
    at = content.find(b"PK\x01\x02")
    content[at + 10 : at + 12] = b"\x09\0"
    item = expand(tmp_path, "x.zip", bytes(content))[0]
    assert code_of(item) == "unsupported_member"
    assert "method 9" in item.problem.message


def test_a_damaged_member_leaves_the_others(tmp_path):
    content = bytearray(zip_bytes({"a.txt": plan(1), "b.txt": plan(2)}))
    content[60] ^= 0xFF
    items = expand(tmp_path, "x.zip", bytes(content))
    assert [extract_item(item).document.status for item in items] == ["failed", "ok"]
    assert extract_item(items[0]).problems[0].code == "corrupt_member"
    nested = outcomes(expand(tmp_path, "x.tar", tar_bytes({"y.zip": bytes(content)})))
    assert nested == [("x.tar!/y.zip!/a.txt", "corrupt_member"), ("x.tar!/y.zip!/b.txt", "")]


def test_an_archive_that_changes_under_the_run_is_told(tmp_path):
    item = expand(tmp_path, "x.zip", zip_bytes({"a.txt": plan(1)}))[0]
    assert isinstance(item, ZipMember)
    (tmp_path / "x.zip").unlink()
    with pytest.raises(UnreadError, match="cannot be read"):
        read_content(item)


@pytest.mark.parametrize("name", ["x.tar.gz", "x.txt.gz", "x.jsonl.gz", "x.warc.gz"])
def test_a_stream_that_breaks_off_gives_what_came_before(tmp_path, name):
    text = os.urandom(20_000).hex()
    whole = {
        "x.tar.gz": tar_bytes({"a.txt": plan(1), "b.txt": text.encode()}),
        "x.txt.gz": text.encode(),
        "x.jsonl.gz": crawl_bytes({"text": "Kế hoạch"}, {"text": text}),
        "x.warc.gz": web_record("http://t.vn/a", plan(1)) + web_record("http://t.vn/b", text.encode()),
    }[name]
    found = outcomes(expand(tmp_path, name, packed(whole)[:8000]))
    assert found[-1] == (name, "corrupt_archive")
    assert [code for _, code in found[:-1] if not code] == ([] if name == "x.txt.gz" else [""])


@pytest.mark.parametrize("make", [zip_bytes, tar_bytes, seven_zip_bytes])
def test_archives_cut_at_any_place_are_told(tmp_path, make):
    members = {f"{number}.txt": plan(number) for number in range(3)}
    content = make(members)
    for length in range(100, len(content), len(content) // 23):
        items = expand(tmp_path, "x.zip" if make is zip_bytes else "x.tar", content[:length])
        documents = [extract_item(item).document for item in items]
        good = [document.sha256 for document in documents if document.status == "ok"]
        assert len(good) < 3 or make is tar_bytes
        assert any(document.status != "ok" for document in documents) or len(good) == 3


@pytest.mark.parametrize("make", [zip_bytes, tar_bytes, seven_zip_bytes])
def test_archives_with_a_byte_changed_at_any_place_raise_nothing(tmp_path, make):
    content = make({f"{number}.txt": plan(number) for number in range(3)})
    for place in range(0, len(content), max(1, len(content) // 150)):
        changed = bytearray(content)
        changed[place] ^= 0xA5
        for item in expand(tmp_path, "x", bytes(changed)):
            assert extract_item(item).document.status in ("ok", "partial", "failed")


def tar_header(name, size, kind=b"0"):
    """Give the header of a tar with any size, the checksum right."""
    header = bytearray(512)
    header[: len(name)] = name
    header[124:136] = size
    header[156:157] = kind
    header[257:265] = b"ustar\x0000"
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header)


@pytest.mark.parametrize(
    ("size", "kind"),
    [
        (b"\xff" * 12, b"0"),  # less than nothing, in base 256
        (b"\x80" + b"\0" * 6 + b"\x7f" * 5, b"x"),  # attributes of terabytes
        (b"77777777777\0", b"L"),  # a name of gigabytes
        (b"77777777777\0", b"0"),
    ],
)
def test_sizes_of_a_tar_that_cannot_be(tmp_path, size, kind):
    content = tar_bytes({"a.txt": plan(1)})[:1024] + tar_header(b"b.txt", size, kind) + bytes(4096)
    found = outcomes(expand(tmp_path, "x.tar", content))
    assert found[0] == ("x.tar!/a.txt", "")
    assert found[-1] in [("x.tar", "corrupt_archive"), ("x.tar!/b.txt", "too_large")]


def test_sparse_files_are_not_blown_up(tmp_path):
    header = tarfile.TarInfo("a.txt")
    header.pax_headers = {"GNU.sparse.map": "0,1", "GNU.sparse.size": "1099511627776"}
    items = expand(tmp_path, "x.tar", tar_bytes([(header, b"K")]))
    assert "1 sparse files" in items[-1].problems[0].message


@pytest.mark.parametrize("name", ["../a.txt", "C:\\a.txt", "a/../../b.txt", "..\\a.txt"])
def test_names_of_a_7z_that_lead_out_are_told(tmp_path, name):
    placeholder = "@" * len(name)
    content = seven_zip_bytes({placeholder: plan(1), "ok.txt": plan(2)})
    import py7zr

    archive = py7zr.SevenZipFile(io.BytesIO(content))
    assert placeholder in archive.getnames()
    archive.close()
    found = outcomes(expand(tmp_path, "x.7z", rename_in_7z(content, placeholder, name)))
    assert ("x.7z!/ok.txt", "") in found
    assert len(found) == 2


def rename_in_7z(content, old, new):
    """Give a 7-Zip archive, made anew with a name that its writer refuses."""
    import py7zr
    from py7zr import py7zr as module

    buffer = io.BytesIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module.SevenZipFile, "_sanitize_archive_arcname", staticmethod(lambda arcname: arcname))
        patch.setattr(module, "check_archive_path", lambda arcname: True)
        with py7zr.SevenZipFile(buffer, "w") as archive:
            archive.writestr(plan(1), new)
            archive.writestr(plan(2), "ok.txt")
    return buffer.getvalue()


def test_7z_without_its_package_says_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "py7zr", None)
    monkeypatch.delitem(sys.modules, "extract.archive.containers.seven_zip", raising=False)
    item = expand(tmp_path, "x.7z", b"7z\xbc\xaf\x27\x1c" + bytes(100))[0]
    assert code_of(item) == "missing_package"
    assert "pip install 'vnplans[7z]'" in item.problems[0].message


@pytest.mark.parametrize("name", ["x.zip", "x.7z", "x.tar", "x.tar.gz", "x.txt.gz", "x.warc.gz", "x.xz"])
@pytest.mark.parametrize("content", [b"", b"KH " * 300], ids=["empty", "text"])
def test_files_that_only_their_name_calls_archives(tmp_path, name, content):
    items = expand(tmp_path, name, content)
    assert len(items) == 1
    extraction = extract_item(items[0])
    assert extraction.document.status in ("failed", "partial")
    assert extraction.problems[0].code in ("corrupt_archive", "empty_archive", "empty_file")


def test_a_fault_in_a_reader_of_archives_costs_one_archive(tmp_path, monkeypatch):
    def fail(container):
        raise KeyError("a fault")

    monkeypatch.setattr("extract.archive.containers.zip_files.read_zip", fail)
    items = expand(tmp_path, "x.tar", tar_bytes({"a.zip": zip_bytes({}), "b.txt": plan(1)}))
    assert outcomes(items) == [("x.tar!/a.zip", "internal_error"), ("x.tar!/b.txt", "")]
    assert "KeyError: 'a fault'" in items[0].problems[0].message


def test_an_archive_that_cannot_be_read_on_is_told(tmp_path, monkeypatch):
    def fail(container):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("extract.archive.containers.crawls._next_line", fail)
    items = expand(tmp_path, "x.jsonl", crawl_bytes({"text": "KH"}))
    assert outcomes(items) == [("x.jsonl", "unreadable_file")]
    assert "Input/output error" in items[0].problems[0].message
