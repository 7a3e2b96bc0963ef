"""What training learns from: documents beside their gold files, and the class of each of their items."""

from __future__ import annotations

import json
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from archive_files import crawl_bytes
from gold_files import gold_indicator, gold_task, write_gold

from extract.errors import GoldError, UsageError
from extract.judging.features import Describer, hash_features
from extract.spans import Block, Place, Source
from extract.training.labels import label_by_gold, label_by_rules
from extract.training.sources import GoldDocument, ReadFile, list_others, read_files, read_gold_documents

PROJECT = Path(__file__).resolve().parents[1]
LETTERHEAD = ("UBND XÃ CỒN SẺ", "KẾ HOẠCH", "Mở hội đua thuyền năm 2026")
CREWS = "- Mười hai đội chèo của các thôn tập trên sông mỗi chiều thứ bảy."
BUOYS = "- Thả phao dọc đường đua trước ngày 20/3/2026."
REACH = "- Năm 2026 có 12 thôn có đội chèo nữ."
MONEY = "- Tiền phao 30 triệu đồng."
STORY = "Bến sông này xưa có 40 thuyền buồm chở muối."
ITEMS = ("I. MỤC TIÊU", REACH, "II. NHIỆM VỤ", "1. Đường đua", CREWS, BUOYS, MONEY, STORY)


def file_of(*paragraphs: str, pages: tuple[int, ...] = ()) -> ReadFile:
    """Give a plan that has been read, its paragraphs on those pages."""
    words = (*LETTERHEAD, *(paragraphs or ITEMS))
    places = [(Place(0, page),) for page in pages] or [()] * len(words)
    blocks = tuple(Block("paragraph", one, places=place) for one, place in zip(words, places, strict=True))
    return ReadFile("hoi.txt", sha256("".join(words).encode()).hexdigest(), Source("text/plain", blocks))


def label(gold: dict[str, Any] | None, file: ReadFile | None = None) -> dict[str, str]:
    """Give the classes of the items by their first words, by gold or by the rules."""
    analysis = (file or file_of()).analyse()
    assert analysis is not None
    examples = label_by_gold(analysis, gold) if gold else label_by_rules(analysis)
    describer = Describer(analysis.outline, analysis.mentions, "plan")
    by_buckets = {example.buckets: example.label for example in examples}
    assert len(by_buckets) == len(examples)
    found = {}
    for node in analysis.outline.nodes:
        buckets = tuple(sorted(set(hash_features(describer.describe(node.index)))))
        if buckets in by_buckets:
            found[analysis.outline.body(node)[:9].strip()] = by_buckets[buckets]
    return found


def gold_of(*tasks: str, indicators: tuple[dict[str, Any], ...] = (), **extra: Any) -> dict[str, Any]:
    """Give right answers of which only the words of tasks and indicators matter."""
    return {"tasks": [gold_task(text) for text in tasks], "indicators": list(indicators), **extra}


def test_items_that_are_tasks_of_the_gold_are_tasks() -> None:
    labels = label(gold_of(CREWS[2:], BUOYS[2:]))
    assert (labels["Mười hai"], labels["Thả phao"]) == ("task", "task")
    assert labels["Tiền phao"] == "other"
    assert labels["Đường đua"] == "heading"


def test_what_the_rules_took_for_a_task_and_the_gold_does_not_is_other() -> None:
    assert label(gold_of(BUOYS[2:]))["Mười hai"] == "other"
    assert label(None)["Mười hai"] == "task"


def test_what_the_rules_missed_is_a_task_by_gold() -> None:
    assert label(gold_of(STORY))["Bến sông"] == "task"


def test_an_item_that_the_task_goes_on_behind_is_the_task() -> None:
    assert (
        label(gold_of(f"{BUOYS[2:]} {STORY} Trẻ em không được bơi ra đường đua khi có thuyền."))["Thả phao"]
        == "task"
    )


def test_a_task_that_is_a_part_of_an_item_makes_it_one() -> None:
    long = "- Kẻ vạch bến. " + "Đội trống của xã đứng hai bên bờ sông và đánh trống khi thuyền về đích. " * 2
    file = file_of("I. NHIỆM VỤ", long)
    assert label(gold_of("Đội trống của xã đứng hai bên bờ sông"), file)["Kẻ vạch b"] == "task"
    assert label(gold_of("đội trống của xã"), file)["Kẻ vạch b"] == "other"


def test_a_task_in_a_section_of_duties_is_an_assignment() -> None:
    file = file_of("I. PHÂN CÔNG NHIỆM VỤ", "1. Sở Y tế", "- Trực cấp cứu trên bến.")
    assert label(gold_of("Trực cấp cứu trên bến."), file)["Trực cấp"] == "assignment"
    assert label(None, file)["Trực cấp"] == "assignment"


def test_items_that_hold_an_indicator_are_what_it_is() -> None:
    indicators = (
        gold_indicator(12, REACH[2:]),
        gold_indicator(30, MONEY[2:], kind="budget"),
        gold_indicator(40, STORY, kind="result"),
    )
    labels = label(gold_of(BUOYS[2:], indicators=indicators))
    assert (labels["Năm 2026"], labels["Tiền phao"], labels["Bến sông"]) == ("target", "funding", "situation")


def test_the_shortest_item_with_the_words_of_an_indicator_holds_it() -> None:
    again = "Toàn xã năm 2026 có 12 thôn có đội chèo nữ và 3 thôn có đội chèo nam, các đội tập chung một bến."
    indicators = (gold_indicator(12, REACH[2:], kind="result"),)
    labels = label(gold_of(indicators=indicators), file_of("I. CHUYỆN BẾN SÔNG", f"- {again}", REACH))
    assert (labels["Toàn xã n"], labels["Năm 2026"]) == ("other", "situation")


def test_an_indicator_that_stands_in_no_item_labels_none() -> None:
    indicators = (gold_indicator(7, "Có 7 thuyền rồng về dự hội.", kind="result"),)
    assert "situation" not in label(gold_of(indicators=indicators)).values()


def test_a_task_that_holds_an_indicator_is_a_task_and_no_heading_is_a_target() -> None:
    indicators = (gold_indicator(20, BUOYS[2:]), gold_indicator(1, "Đường đua"))
    labels = label(gold_of(BUOYS[2:], indicators=indicators))
    assert (labels["Thả phao"], labels["Đường đua"]) == ("task", "heading")


def test_pages_without_right_answers_are_left_out() -> None:
    pages = (1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3)
    labels = label(gold_of(CREWS[2:], pages=[2, 2]), file_of(pages=pages))
    assert set(labels) == {"NHIỆM VỤ", "Đường đua", "Mười hai", "Thả phao"}
    assert set(label(gold_of(pages=[1, 3]), file_of(pages=pages))) > set(labels)
    assert label(gold_of(CREWS[2:], pages=[2, 2])) == label(gold_of(CREWS[2:]))


def test_the_rules_label_all_but_lines_with_a_label_and_what_goes_on() -> None:
    labels = label(None, file_of(*ITEMS, "Đơn vị chủ trì: Đội đua thuyền xã."))
    assert (labels["Thả phao"], labels["Năm 2026"], labels["MỤC TIÊU"]) == ("task", "target", "heading")
    assert not {"Đơn vị ch", "Bến sông"} & set(labels)


def test_a_record_without_words_is_told() -> None:
    gold = gold_of(BUOYS[2:])
    del gold["tasks"][0]["text"]
    with pytest.raises(KeyError, match="text"):
        label(gold)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of documents: a text, an archive with two, a crawl, a damaged archive and an empty file."""
    inside = tmp_path / "in"
    (inside / "deep").mkdir(parents=True)
    text = "\n".join((*LETTERHEAD, *ITEMS))
    (inside / "deep/a.txt").write_text(text, encoding="utf-8")
    with zipfile.ZipFile(inside / "b.zip", "w") as archive:
        archive.writestr("x/b.txt", text + "\nXã mời hai đội khách.")
        archive.writestr("c.txt", text + "\nXã mời ba đội khách.")
    (inside / "d.jsonl").write_bytes(crawl_bytes({"text": text, "title": "Hội đua thuyền"}, "broken"))
    (inside / "e.zip").write_bytes(b"PK\x03\x04")
    (inside / "f.txt").write_bytes(b"")
    (inside / "g.pdf").write_bytes(b"%PDF-")
    return inside


def test_documents_are_read_from_folders_and_archives_and_what_cannot_be_read_is_left_out(
    folder: Path,
) -> None:
    found = list(read_files([folder]))
    names = ["b.zip!/c.txt", "b.zip!/x/b.txt", "d.jsonl!/0000001", "deep/a.txt"]
    assert [file.name for file in found] == names
    crawl = found[2]
    assert crawl.document().title == "Hội đua thuyền"
    assert crawl.source.blocks[0].text.startswith("UBND XÃ CỒN SẺ")
    assert found[3].digest == sha256((folder / "deep/a.txt").read_bytes()).hexdigest()
    assert [file.name for file in read_files([folder], {"b.txt", "0000001"})] == names[1:3]
    assert list(read_files([folder], set())) == []


def test_a_file_that_may_not_be_read_is_left_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path_open = Path.open

    def refuse(path: Path, *arguments: Any, **options: Any) -> Any:
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return path_open(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", refuse)
    assert "deep/a.txt" not in [file.name for file in read_files([folder])]


def test_a_text_that_is_no_work_of_administration_has_no_items() -> None:
    words = "Canh cua rau đay nấu với mồng tơi, ăn kèm cà pháo."
    file = ReadFile("a.txt", "0" * 64, Source("text/plain", (Block("paragraph", words),)))
    assert file.analyse() is None
    assert ReadFile("a.txt", "0" * 64, Source("text/plain", (Block("paragraph", " "),))).analyse() is None


def gold_for(folder: Path, name: str, source: str) -> Path:
    """Write a gold file for a document."""
    return write_gold(folder / f"{name}.json", source=source)


def test_gold_files_find_their_documents_at_any_depth(folder: Path, tmp_path: Path) -> None:
    sources = {"one": "a.txt", "two": "anywhere/b.txt", "three": "d.jsonl!/0000001"}
    golds = [gold_for(tmp_path, name, source) for name, source in sources.items()]
    documents = read_gold_documents(golds, [folder])
    assert [one.file.name for one in documents] == ["deep/a.txt", "b.zip!/x/b.txt", "d.jsonl!/0000001"]
    assert [one.path for one in documents] == golds


@pytest.mark.parametrize("source", ["nowhere.txt", "f.txt", "e.zip"])
def test_a_gold_file_without_its_document_is_told(folder: Path, tmp_path: Path, source: str) -> None:
    golds = [gold_for(tmp_path, "one", "a.txt"), gold_for(tmp_path, "two", source)]
    with pytest.raises(GoldError, match=rf"The document {source} of .*two\.json is in none of the places"):
        read_gold_documents(golds, [folder])


def test_of_two_documents_of_one_name_the_gold_must_tell_which(folder: Path, tmp_path: Path) -> None:
    (folder / "a.txt").write_text("Bản khác.", encoding="utf-8")
    (folder / "deep/c.txt").write_bytes(zipfile.ZipFile(folder / "b.zip").read("c.txt"))
    exact, same = gold_for(tmp_path, "exact", "deep/a.txt"), gold_for(tmp_path, "same", "c.txt")
    found = read_gold_documents([exact, same], [folder])
    assert [one.file.name for one in found] == ["deep/a.txt", "b.zip!/c.txt"]
    with pytest.raises(GoldError, match="in several places"):
        read_gold_documents([gold_for(tmp_path, "bare", "elsewhere/a.txt")], [folder])


def test_bad_gold_files_and_folders_are_told(folder: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{", encoding="utf-8")
    with pytest.raises(GoldError, match="Cannot read"):
        read_gold_documents([broken], [folder])
    broken.write_text(json.dumps({"source": 5, "document": {}, "tasks": [], "indicators": []}))
    with pytest.raises(GoldError, match="5 is no name"):
        read_gold_documents([broken], [folder])
    with pytest.raises(UsageError, match="does not exist"):
        read_gold_documents([gold_for(tmp_path, "one", "a.txt")], [folder / "nowhere"])


def test_all_gold_files_of_one_document_are_left_out_together() -> None:
    files = [file_of(), file_of("I. NHIỆM VỤ", BUOYS), file_of()]
    documents = [GoldDocument(Path(f"{n}.json"), gold_of(), file) for n, file in enumerate(files)]
    assert [list_others(documents, number) for number in range(3)] == [[1], [0, 2], [1]]


def test_a_document_is_new_each_time() -> None:
    file = file_of()
    assert file.document() == file.document()
    assert file.document() is not file.document()
    assert file.document().document_id == file.digest[:16]
