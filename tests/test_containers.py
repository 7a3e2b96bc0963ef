"""Archives: told by content, members in order and by names that cannot lead out, archives within archives."""

import bz2
import io
import lzma
import tarfile
import zipfile
from contextlib import nullcontext

import pytest
from archive_files import (
    DOCUMENTS,
    article,
    code_of,
    crawl_bytes,
    expand,
    make_samples,
    outcomes,
    packed,
    plan,
    raw_zip,
    seven_zip_bytes,
    tar_bytes,
    web_record,
    zip_bytes,
)  # fmt: skip
from hypothesis import given
from hypothesis import strategies as st

from extract.archive.containers.kinds import find_kind
from extract.archive.containers.names import MAX_NAME_CHARACTERS, Names, decode_name, is_junk, mend_name
from extract.archive.documents import read_content
from extract.archive.items import HeldMember, InputFile, ZipMember
from extract.archive.readable import find_unreadable

TWO = {"b.txt": plan(2), "a.txt": plan(1)}
MAKERS = {
    "x.zip": zip_bytes,
    "x.tar": tar_bytes,
    "x.tar.gz": lambda members: packed(tar_bytes(members)),
    "x.tgz": lambda members: tar_bytes(members, "w:gz"),
    "x.tar.bz2": lambda members: tar_bytes(members, "w:bz2"),
    "x.tar.xz": lambda members: tar_bytes(members, "w:xz"),
    "x.7z": seven_zip_bytes,
}
SORTED = {"x.zip", "x.7z"}


def sources(items):
    return [item.source for item in items]


def contents(items):
    return {item.source: read_content(item) for item in items}


@pytest.mark.parametrize("name", MAKERS)
def test_members_are_documents_of_their_own(tmp_path, name):
    items = expand(tmp_path, name, MAKERS[name](TWO))
    order = sorted(TWO) if name in SORTED else list(TWO)
    assert sources(items) == [f"{name}!/{member}" for member in order]
    assert contents(items) == {f"{name}!/{member}": content for member, content in TWO.items()}


@pytest.mark.parametrize("name", MAKERS)
def test_the_suffix_does_not_matter(tmp_path, name):
    assert len(expand(tmp_path, "download", MAKERS[name](TWO))) == 2


@pytest.mark.parametrize("pack", [packed, bz2.compress, lzma.compress])
def test_a_single_packed_file_is_one_document(tmp_path, pack):
    suffix = {packed: "gz", bz2.compress: "bz2", lzma.compress: "xz"}[pack]
    items = expand(tmp_path, f"kh.txt.{suffix}", pack(plan(1)))
    assert contents(items) == {f"kh.txt.{suffix}!/kh.txt": plan(1)}


def test_members_of_an_archive_on_disk_are_referred_to(tmp_path):
    items = expand(tmp_path, "x.zip", zip_bytes(TWO))
    assert items == [
        ZipMember("x.zip!/a.txt", tmp_path / "x.zip", 1, len(plan(1))),
        ZipMember("x.zip!/b.txt", tmp_path / "x.zip", 0, len(plan(2))),
    ]


def test_a_plain_file_is_given_as_it_is(tmp_path):
    assert expand(tmp_path, "a.txt", plan(1)) == [InputFile("a.txt", tmp_path / "a.txt")]


def test_the_samples_are_what_the_script_makes(tmp_path):
    make_samples(tmp_path)
    for made in tmp_path.iterdir():
        if made.suffix != ".7z":  # holds the time it was made
            assert made.read_bytes() == (DOCUMENTS / made.name).read_bytes()


def office_bytes(first):
    return zip_bytes({first: b"x", "[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})


@pytest.mark.parametrize("first", ["_rels/.rels", "word/numbering.xml"])
@pytest.mark.parametrize("name", ["a.docx", "a.bin"])
def test_office_files_are_documents_though_they_are_zip_archives(tmp_path, first, name):
    content = office_bytes(first)
    assert expand(tmp_path, name, content) == [InputFile(name, tmp_path / name)]
    assert contents(expand(tmp_path, "x.zip", zip_bytes({name: content}))) == {f"x.zip!/{name}": content}
    assert contents(expand(tmp_path, "x.tgz", tar_bytes({name: content}, "w:gz"))) == {
        f"x.tgz!/{name}": content
    }


def test_opendocument_and_epub_say_what_they_are_at_the_top(tmp_path):
    content = zip_bytes({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"})
    assert isinstance(expand(tmp_path, "a.odt", content)[0], InputFile)


def test_a_damaged_office_file_is_left_to_its_reader(tmp_path):
    broken = office_bytes("word/numbering.xml")[:100]
    assert isinstance(expand(tmp_path, "a.docx", broken)[0], InputFile)
    assert outcomes(expand(tmp_path, "a.zip", broken)) == [("a.zip", "corrupt_archive")]


@pytest.mark.parametrize(
    ("name", "head", "kind"),
    [
        ("a.txt", b"PK\x03\x04" + b"\0" * 26 + b"kh.txt", "zip"),
        ("a.txt", b"7z\xbc\xaf\x27\x1c", "7z"),
        ("a.txt", b"\x1f\x8b\x08", "gz"),
        ("a.txt", b"WARC/1.0\r\n", "warc"),
        ("a", tarfile.TarInfo("x").tobuf(format=tarfile.USTAR_FORMAT), "tar"),
        ("a.jsonl", b'{"text": ""}', "crawl"),
        ("a.NDJSON", b"", "crawl"),
        ("a.zip", b"", "zip"),
        ("a.json", b'{"text": ""}', ""),
        ("a.txt", b"PKKH", ""),
        ("a.md", b"x" * 600, ""),
        ("a.docx", b"PK\x03\x04" + b"\0" * 26 + b"[Content_Types].xml", ""),
    ],
)
def test_kinds_by_content_then_by_suffix(name, head, kind):
    assert find_kind(name, head) == kind


def test_archives_within_archives_are_opened_in_their_place(tmp_path):
    inner = packed(tar_bytes({"c.txt": plan(1), "d.zip": zip_bytes({"e.txt": plan(2)})}))
    items = expand(tmp_path, "a.zip", zip_bytes({"b.tar.gz": inner, "z.txt": plan(3), "a.txt": plan(4)}))
    assert sources(items) == [
        "a.zip!/a.txt", "a.zip!/b.tar.gz!/c.txt", "a.zip!/b.tar.gz!/d.zip!/e.txt", "a.zip!/z.txt",
    ]  # fmt: skip
    assert read_content(items[2]) == plan(2)


@pytest.mark.parametrize("name", MAKERS)
def test_every_sort_is_opened_within_every_other(tmp_path, name):
    inner = {**{f"in-{one}": make({"a.txt": plan(1)}) for one, make in MAKERS.items()},
             "in.jsonl": crawl_bytes({"text": "KH"}), "in.warc": web_record("http://t.vn/a", article(1)),
             "in.txt.gz": packed(plan(1))}  # fmt: skip
    items = expand(tmp_path, name, MAKERS[name](inner))
    assert len(items) == len(inner)
    assert all(isinstance(item, HeldMember) or "jsonl" in item.source for item in items)
    assert {item.source.split("!/")[1] for item in items} == set(inner)


def test_what_systems_leave_behind_is_passed_over_in_silence(tmp_path):
    junk = ["__MACOSX/._a.txt", ".git/config", "x/Thumbs.db", "desktop.ini", "~$a.docx", "x/.DS_Store"]
    for name, make in MAKERS.items():
        items = expand(tmp_path, name, make({**dict.fromkeys(junk, b"x"), "a.txt": plan(1)}))
        assert sources(items) == [f"{name}!/a.txt"]
    assert is_junk("a/.b/c.txt")
    assert not is_junk("a/b.c.txt")


def test_folders_and_files_that_windows_hides_are_no_documents(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.mkdir("folder")
        hidden = zipfile.ZipInfo("hidden.txt")
        hidden.create_system, hidden.external_attr = 0, 0x2
        archive.writestr(hidden, b"KH")
        archive.writestr("a.txt", b"KH")
    assert sources(expand(tmp_path, "x.zip", buffer.getvalue())) == ["x.zip!/a.txt"]


def test_an_archive_without_documents_is_told(tmp_path):
    for name, content in {
        "a.zip": zip_bytes({}),
        "b.tar": tar_bytes({}),
        "c.zip": zip_bytes({".x": b""}),
    }.items():
        item = expand(tmp_path, name, content)[0]
        assert (item.source, code_of(item), item.problems[0].severity) == (name, "empty_archive", "warning")


@pytest.mark.parametrize(
    ("given_name", "mended"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\Users\\kh.txt", "Users/kh.txt"),
        ("c:kh.txt", "kh.txt"),
        ("c:..", "_"),
        ("a/c:d:../b.txt", "a/b.txt"),
        ("..\\..\\kh.txt", "kh.txt"),
        ("a/./b//c/../d.txt", "a/b/c/d.txt"),
        ("\\\\server\\share\\a.txt", "server/share/a.txt"),
        ("a\0b\n\x1b[31m.txt", "a_b__[31m.txt"),
        ("kh\u202etxt.exe", "kh_txt.exe"),
        ("Ke\u0302\u0301 hoa\u0323ch.txt", "Kế hoạch.txt"),
        ("a\udcffb.txt", "a_b.txt"),
        ("...", "..."),
        ("", "_"),
        ("/", "_"),
        ("..", "_"),
    ],
)
def test_names_stay_below_the_archive(given_name, mended):
    assert mend_name(given_name) == mended


def test_long_names_are_cut_before_the_suffix():
    mended = mend_name("a/" * 30_000 + "kế hoạch " * 500 + ".docx")
    assert len(mended) <= MAX_NAME_CHARACTERS
    assert mended.endswith("….docx")


@given(st.text(max_size=60) | st.text(alphabet="./\\:C~\0a", max_size=30))
def test_no_name_leads_out(name):
    mended = mend_name(name)
    assert mended
    assert not {"", ".", ".."} & set(mended.split("/"))
    assert mended.isprintable() or not mended.isascii()
    assert mend_name(mended) == mended
    mended.encode("utf-8")


def test_names_that_are_given_twice_are_numbered(tmp_path):
    for name, make in {"x.zip": zip_bytes, "x.tar": tar_bytes}.items():
        with pytest.warns(UserWarning, match="Duplicate") if make is zip_bytes else nullcontext():
            content = make([("a.txt", plan(1)), ("a.txt", plan(2)), ("./a.txt", plan(3))])
        found = contents(expand(tmp_path, name, content))
        assert list(found) == [f"{name}!/a.txt", f"{name}!/a.txt~2", f"{name}!/a.txt~3"]
        assert list(found.values()) == [plan(1), plan(2), plan(3)]


def test_many_equal_names_take_linear_time():
    names = Names()
    assert [names.take("a") for _ in range(50_000)][-1] == "a~50000"


NAME = "Kế hoạch số 5.txt"


@pytest.mark.parametrize(
    ("raw", "decoded"),
    [
        (NAME.encode(), NAME),
        ("Kê\u0301 hoa\u0323ch – 2024.txt".encode("cp1258"), "Kế hoạch – 2024.txt"),
        (b"KH 2024 \x96 2025.doc", "KH 2024 – 2025.doc"),
        (b"H\x85 Nam.doc", "Hà Nam.doc"),
        (b"caf\x82.doc", "café.doc"),
        (b"\xd2\xd2.doc", "\u0309\u0309.doc"),
        (b"plain.txt", "plain.txt"),
    ],
)
def test_names_in_code_pages_are_told_apart(raw, decoded):
    assert decode_name(raw) == decoded


def test_zip_names_without_the_flag_are_read_as_they_were_written(tmp_path):
    raw = [NAME.encode(), "Kê\u0301 hoa\u0323ch.txt".encode("cp1258")]
    assert sources(expand(tmp_path, "x.zip", raw_zip(raw))) == [
        "x.zip!/Kế hoạch số 5.txt",
        "x.zip!/Kế hoạch.txt",
    ]
    flagged = raw_zip([NAME.encode()], flags=0x800)
    assert sources(expand(tmp_path, "x.zip", flagged)) == [f"x.zip!/{NAME}"]


def test_names_beside_the_name_win(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo("K_ ho_ch.txt")
        name = b"\x01\0\0\0\0" + NAME.encode()
        info.extra = b"\x75\x70" + len(name).to_bytes(2, "little") + name
        archive.writestr(info, b"KH")
    assert sources(expand(tmp_path, "x.zip", buffer.getvalue())) == [f"x.zip!/{NAME}"]


def test_tar_names_that_are_no_unicode_are_decoded(tmp_path):
    raw = tar_bytes({"K_ ho_ch.txt": b"KH"}).replace(b"K_ ho_ch.txt", b"K\xea\xec hoach"[:12].ljust(12, b"."))
    header = bytearray(raw[:512])
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    assert sources(expand(tmp_path, "x.tar", bytes(header) + raw[512:])) == ["x.tar!/Kế hoach..."]


@pytest.mark.parametrize(
    ("name", "head", "size", "code"),
    [
        ("a.mp4", b"\0\0\0\x18ftyp", 1 << 25, "unsupported_format"),
        ("a.mp4", b"\0\0\0\x18ftyp", 1 << 10, ""),
        ("a.rar", b"Rar!\x1a\x07\x01\0", 100, "unsupported_format"),
        ("a.pdf", b"%PDF-1.7", 1 << 25, ""),
        ("a", b"%PDF-1.7", 1 << 25, ""),
        ("a", "Kế hoạch\nế".encode()[:-1], 1 << 25, ""),
        ("a.docx", b"PK\x03\x04", 1 << 25, ""),
        ("a.pdf", b"%PDF-1.7", 1 << 29, "too_large"),
        ("a.txt", b"KH", 1 << 29, "too_large"),
    ],
)
def test_what_is_read_whole(name, head, size, code):
    problem = find_unreadable(name, head, size, 1 << 28)
    assert (problem.code if problem else "") == code
