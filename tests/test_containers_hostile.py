"""Archives made to do harm: a row with its code, little time and memory, nothing written."""

import io
import os
import struct
import tarfile
import time
import tracemalloc
import zipfile
import zlib

import pytest
from archive_files import (
    code_of,
    expand,
    outcomes,
    packed,
    plan,
    raw_zip,
    seven_zip_bytes,
    tar_bytes,
    zip_bytes,
)

from extract.archive.containers.expand import expand_file
from extract.archive.containers.limits import Limits
from extract.archive.documents import read_content
from extract.archive.items import InputFile

MEBIBYTE = 1 << 20
SMALL = Limits(free_bytes=MEBIBYTE, file_bytes=4 * MEBIBYTE, spooled_bytes=8 * MEBIBYTE)


def codes(items):
    return [code_of(item) for item in items]


class Peak:
    """Measures the memory that Python takes in a block."""

    def __enter__(self):
        tracemalloc.start()
        return self

    def __exit__(self, *exception):
        self.bytes = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()


def zeros_gz(size):
    """Give a gzip file of zeros."""
    packer = zlib.compressobj(9, wbits=31)
    block = bytes(MEBIBYTE)
    return b"".join(packer.compress(block) for _ in range(size // MEBIBYTE)) + packer.flush()


def test_a_member_of_ten_gigabytes_from_ten_megabytes(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros.txt", bytes(MEBIBYTE))
        archive.writestr("a.txt", plan(1))
    content = buffer.getvalue().replace(struct.pack("<L", MEBIBYTE), struct.pack("<L", 0xFFFFFFF0))
    items = expand(tmp_path, "x.zip", content)
    assert outcomes(items) == [("x.zip!/a.txt", ""), ("x.zip!/zeros.txt", "compression_ratio")]
    assert read_content(items[0]) == plan(1)


@pytest.mark.parametrize("name", ["x.txt.gz", "x.jsonl.gz", "x.warc.gz"])
def test_a_stream_that_swells_is_stopped(tmp_path, name):
    content = zeros_gz(128 * MEBIBYTE)
    with Peak() as peak:
        items = expand(tmp_path, name, content, SMALL)
    assert outcomes(items) == [(name, "compression_ratio")]
    assert peak.bytes < 32 * MEBIBYTE


def test_a_tar_that_swells_is_stopped_where_a_member_would_be_passed_over(tmp_path):
    content = tar_bytes({"a.txt": plan(1), "zeros.txt": bytes(64 * MEBIBYTE), "b.txt": plan(2)}, "w:gz")
    assert outcomes(expand(tmp_path, "x.tar.gz", content, SMALL)) == [
        ("x.tar.gz!/a.txt", ""),
        ("x.tar.gz!/zeros.txt", "too_large"),
        ("x.tar.gz", "compression_ratio"),
    ]


def test_a_7z_that_swells_is_not_unpacked(tmp_path):
    items = expand(tmp_path, "x.7z", seven_zip_bytes({"zeros.txt": bytes(32 * MEBIBYTE)}), SMALL)
    assert outcomes(items) == [("x.7z", "compression_ratio")]


def test_many_small_members_that_swell_together_are_stopped(tmp_path):
    members = {f"{number:03}.txt": bytes(MEBIBYTE) for number in range(40)}
    items = expand(tmp_path, "x.zip", zip_bytes(members), SMALL)
    assert outcomes(items)[-1] == ("x.zip", "compression_ratio")
    assert 5 <= len(items) < 20


def test_a_bomb_of_nested_archives_ends_at_the_third_level(tmp_path):
    content = zip_bytes({"0.txt": bytes(MEBIBYTE)})
    for _ in range(5):
        content = zip_bytes({f"{number}.zip": content for number in range(4)})
    items = expand(tmp_path, "x.zip", content)
    assert set(codes(items)) == {"nested_too_deep"}
    assert len(items) == 4**3
    assert items[0].source == "x.zip!/0.zip!/0.zip!/0.zip"


def quine():
    """Give a tar that holds a compressed copy of itself as far down as anyone looks."""
    content = b"x"
    for _ in range(50):
        content = packed(tar_bytes({"r.tar.gz": content}))
    return content


def test_an_archive_that_holds_itself_ends_at_the_third_level(tmp_path):
    assert outcomes(expand(tmp_path, "r.tar.gz", quine())) == [
        ("r.tar.gz!/r.tar.gz!/r.tar.gz!/r.tar.gz", "nested_too_deep")
    ]


@pytest.mark.parametrize("make", [zip_bytes, tar_bytes, seven_zip_bytes])
def test_members_beyond_the_limits_are_left_out_and_told(tmp_path, make):
    members = {f"{number}.txt": plan(number) for number in range(6)}
    found = outcomes(expand(tmp_path, "x", make(members), Limits(members=4)))
    assert found[-1] == ("x", "too_many_members")
    assert len(found) == (5 if make is tar_bytes else 1)
    large = {"a.txt": plan(1), "b.txt": os.urandom(3000), "c.txt": plan(2)}
    found = outcomes(expand(tmp_path, "x", make(large), Limits(file_bytes=2000)))
    assert found == [("x!/a.txt", ""), ("x!/b.txt", "too_large"), ("x!/c.txt", "")]


def test_the_limits_hold_for_all_that_one_archive_holds(tmp_path):
    inner = tar_bytes({f"{number}.txt": plan(number) for number in range(3)})
    content = tar_bytes({"a.tar": inner, "b.tar": inner, "c.tar": inner})
    found = outcomes(expand(tmp_path, "x.tar", content, Limits(members=6)))
    assert found[-1] == ("x.tar", "too_many_members")
    assert [source for source, _ in found[:-1]] == [
        "x.tar!/a.tar!/0.txt", "x.tar!/a.tar!/1.txt", "x.tar!/a.tar!/2.txt", "x.tar!/b.tar!/0.txt",
    ]  # fmt: skip
    found = outcomes(expand(tmp_path, "x.tar", content, Limits(expanded_bytes=4000)))
    assert found[-1] == ("x.tar", "too_large")


def test_a_nested_archive_too_large_to_be_copied_is_told(tmp_path):
    inner = zip_bytes({"a.txt": os.urandom(5000)})
    content = zip_bytes({"b.zip": inner, "c.txt": b"KH"})
    found = outcomes(expand(tmp_path, "x.zip", content, Limits(spooled_bytes=999)))
    assert found == [("x.zip!/b.zip", "too_large"), ("x.zip!/c.txt", "")]


def test_a_hundred_thousand_members_take_linear_time(tmp_path):
    seconds = {}
    for count in (10_000, 100_000):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for number in range(count):
                archive.writestr(f"{number}.txt", b"")
        path = tmp_path / f"{count}.zip"
        path.write_bytes(buffer.getvalue())
        started = time.process_time()
        assert sum(1 for _ in expand_file(InputFile("x.zip", path))) == count
        seconds[count] = time.process_time() - started
    assert seconds[100_000] < 30 * seconds[10_000]


def test_a_directory_longer_than_may_be_read_is_not_loaded(tmp_path):
    content = zip_bytes({f"{number}.txt": b"" for number in range(2000)})
    with Peak() as peak:
        found = outcomes(expand(tmp_path, "x.zip", content, Limits(members=1000)))
    assert found == [("x.zip", "too_many_members")]
    assert peak.bytes < 2 * MEBIBYTE
    # The end record says that the directory is short: nothing is listed then, or no more than it says.
    end = content.rfind(b"PK\x05\x06")
    lying = content[: end + 12] + struct.pack("<L", 46) + content[end + 16 :]
    assert len(expand(tmp_path, "x.zip", lying, Limits(members=1000))) == 1


def test_large_directories_are_found_by_their_own_record(tmp_path):
    content = zip_bytes({"a.txt": plan(1), "b.txt": plan(2)})
    end = content.rfind(b"PK\x05\x06")
    size, offset = struct.unpack_from("<2L", content, end + 12)
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 2, 2, size, offset)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    last = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    large = content[:end] + record + locator + last
    assert len(expand(tmp_path, "x.zip", large)) == 2
    assert codes(expand(tmp_path, "x.zip", large, Limits(members=1))) == ["too_many_members"]


def test_names_as_long_as_they_can_be(tmp_path):
    names = [b"a" * 65_000 + b"%d.txt" % number for number in range(3)]
    items = expand(tmp_path, "x.zip", raw_zip(names))
    assert [len(item.source) for item in items] == [1007, 1009, 1009]
    assert len({item.source for item in items}) == 3


def special(name, kind, target=""):
    header = tarfile.TarInfo(name)
    header.type, header.linkname = kind, target
    return header, b""


def test_links_and_devices_of_a_tar_are_passed_over_and_counted(tmp_path):
    content = tar_bytes([
        special("passwd", tarfile.SYMTYPE, "/etc/passwd"), special("hard", tarfile.LNKTYPE, "a.txt"),
        special("disk", tarfile.BLKTYPE), special("pipe", tarfile.FIFOTYPE),
        special("folder", tarfile.DIRTYPE),
        ("/abs.txt", plan(1)), ("../up.txt", plan(2)),
    ])  # fmt: skip
    items = expand(tmp_path, "x.tar", content)
    assert [item.source for item in items] == ["x.tar!/abs.txt", "x.tar!/up.txt", "x.tar"]
    assert items[-1].problems[0].severity == "warning"
    assert "2 devices, 2 links" in items[-1].problems[0].message


def test_a_link_in_a_zip_is_no_document(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert codes(expand(tmp_path, "x.zip", buffer.getvalue())) == ["unsupported_member"]


def test_nothing_is_written_beside_the_archive(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "in"
    folder.mkdir()
    members = {"../../out.txt": plan(1), "/abs.txt": plan(2), "a/b.txt": plan(3)}
    for name, content in {
        "x.zip": zip_bytes(members), "x.tgz": tar_bytes(members, "w:gz"),
        "y.zip": zip_bytes({"x.zip": zip_bytes(members), "z.7z": seven_zip_bytes({"a/b.txt": plan(4)})}),
    }.items():  # fmt: skip
        expand(folder, name, content)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["in", "x.tgz", "x.zip", "y.zip"]
