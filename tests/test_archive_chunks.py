"""Parcels of items: how large, what is gathered, and that results come out in the order of the items."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from extract.archive.chunks import (
    CHUNK_BYTES,
    CHUNK_ITEMS,
    CONVERTED_ITEMS,
    LOOK_AHEAD,
    Chunk,
    plan_chunks,
    put_in_order,
)
from extract.archive.documents import extract_items
from extract.archive.items import HeldMember, InputFile


def held(name, size=10):
    return HeldMember(name, bytes(size))


def positions(items):
    return [chunk.positions for chunk in plan_chunks(items)]


def test_small_items_travel_together_and_large_ones_alone():
    small = [held(f"{number}.txt") for number in range(CHUNK_ITEMS + 1)]
    assert positions(small) == [list(range(CHUNK_ITEMS)), [CHUNK_ITEMS]]
    assert positions([held("a.pdf", CHUNK_BYTES), held("b.pdf", CHUNK_BYTES)]) == [[0], [1]]


def test_files_on_disk_count_with_their_size(tmp_path):
    (tmp_path / "a.pdf").write_bytes(bytes(CHUNK_BYTES))
    items = [InputFile("a.pdf", tmp_path / "a.pdf"), InputFile("gone.pdf", tmp_path / "gone.pdf")]
    assert positions(items) == [[0], [1]]


def test_chunks_know_how_many_bytes_they_hold(tmp_path):
    chunk = Chunk()
    for position, item in enumerate([held("a", 5), InputFile("b", tmp_path / "b"), held("c", 7)]):
        chunk.add(position, item)
    assert (chunk.held, chunk.positions) == (12, [0, 1, 2])


def test_files_to_be_converted_are_gathered_among_others():
    items = [held(f"{number}.{'doc' if number % 4 == 0 else 'txt'}") for number in range(80)]
    chunks = list(plan_chunks(items))
    gathered = [chunk for chunk in chunks if chunk.items[0].source.endswith(".doc")]
    assert [len(chunk.items) for chunk in gathered] == [CONVERTED_ITEMS, 20 - CONVERTED_ITEMS]
    assert all(len({item.source[-3:] for item in chunk.items}) == 1 for chunk in chunks)


def test_a_single_file_to_be_converted_does_not_wait_for_the_end():
    items = [held("a.doc"), *(held(f"{number}.txt") for number in range(1000))]
    chunks = positions(items)
    assert chunks.index([0]) <= LOOK_AHEAD // CHUNK_ITEMS + 1


@given(st.lists(st.sampled_from(["a.txt", "a.doc", "a.rtf", "a.pdf"]), max_size=300))
def test_every_item_is_in_one_chunk_and_order_is_kept(names):
    chunks = list(plan_chunks(held(name) for name in names))
    assert sorted(position for chunk in chunks for position in chunk.positions) == list(range(len(names)))
    results = [(position, names[position]) for chunk in chunks for position in chunk.positions]
    assert list(put_in_order(results)) == names


def test_results_wait_for_their_turn_only():
    order = list(range(200))
    Random(7).shuffle(order)
    assert list(put_in_order((number, number) for number in order)) == list(range(200))
    coming = put_in_order(iter([(0, "a"), (2, "c"), (1, "b")]))
    assert next(coming) == "a"


def test_old_word_files_of_a_chunk_are_converted_together(monkeypatch):
    from extract.readers import office

    given_files = []
    monkeypatch.setattr(office, "prepare", lambda files: given_files.append([name for name, _ in files]))
    rtf = b"{\\rtf1 K\\u7871? ho\\u7841?ch}"
    items = [
        HeldMember("x.zip!/a.rtf", rtf),
        HeldMember("x.zip!/b.txt", b"KH"),
        HeldMember("x.zip!/c.RTF", rtf),
    ]
    items.append(HeldMember("x.zip!/page.doc", b"<html><body><p>KH</p></body></html>"))
    extractions = extract_items(items)
    assert next(extractions).document.source == "x.zip!/a.rtf"
    assert given_files == [["x.zip!/a.rtf", "x.zip!/c.RTF"]]
    extractions.close()


def test_a_converter_that_fails_costs_nothing_else(monkeypatch):
    from extract.readers import office

    def fail(files):
        raise RuntimeError("no room")

    monkeypatch.setattr(office, "prepare", fail)
    monkeypatch.setattr(office, "read_office", lambda name, content, options: 1 / 0, raising=False)
    items = [HeldMember("a.rtf", b"{\\rtf1 KH}"), HeldMember("b.txt", "Kế hoạch".encode())]
    assert [one.document.status for one in extract_items(items)][1] == "ok"
