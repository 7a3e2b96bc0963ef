"""The page of an evaluation: complete, harmless whatever the texts hold, and the same every time."""

import re
import shutil
import subprocess
from itertools import pairwise

import pytest
from gold_files import gold_indicator, gold_task, write, write_gold
from lxml import html
from stub_pipeline import extract_stub

from extract import cli
from extract.evaluation import Evaluation, evaluate_dataset
from extract.evaluation.causes import Cause
from extract.evaluation.mistake_list import build_mistake_lists
from extract.evaluation.mistakes import Difference, Mistake
from extract.evaluation.page import write_page
from extract.evaluation.passages import (
    CONTEXT_CHARACTERS,
    GAP,
    SHOWN_CHARACTERS,
    find_context,
    mark_differences,
    shorten,
)

HOSTILE = (
    "<script>alert(1)</script> </style> \"' &amp; <img src=x onerror=alert(2)> \x00\x0b\ufffe\ud800 \u202eabc"
)
TEXT = "Nhiệm vụ\nXây dựng kế hoạch tiêm chủng\ncấp 15 thẻ cho trẻ em\nRà soát danh mục vườn ươm\n"
NARROW_PIXELS = 375
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def evaluate(tmp_path, text=TEXT, name="kh"):
    folder = write(tmp_path / "out", extract_stub(f"{name}.txt", text.encode("utf-8", "surrogatepass")))
    gold = write_gold(
        tmp_path / f"{name}.json",
        [gold_task("Xây dựng kế hoạch tiêm chủng", lead=["Sở Xây dựng"]), gold_task("Trồng rừng ngập mặn")],
        [gold_indicator(16, "cấp 16 thẻ cho trẻ em")],
        {"kind": "plan", "number": "1/KH-UBND", "title": "KẾ HOẠCH"},
    )
    return folder, evaluate_dataset(folder, [gold])


def page_of(tmp_path, folder, evaluation):
    write_page(tmp_path / "page.html", evaluation, folder)
    return html.fromstring((tmp_path / "page.html").read_bytes().decode("utf-8"))


def folded(element):
    return " ".join(element.text_content().split())


def mistake(**changes):
    fields = {"source": "kh.txt", "document_id": "0a", "record": "task", "what": "false", "cause": Cause.ROLE}
    return Mistake(**(fields | {"reason": "no task stands there"} | changes))


def test_every_mistake_stands_under_its_cause(tmp_path):
    folder, evaluation = evaluate(tmp_path)
    page = page_of(tmp_path, folder, evaluation)
    assert len(page.findall(".//article")) == len(evaluation.mistakes) > 3
    for cause in {found.cause for found in evaluation.mistakes}:
        (section,) = page.xpath("//section[@id=$cause]", cause=cause.value)
        wanted = [found.reason for found in evaluation.mistakes if found.cause == cause]
        shown = [folded(article.find("h3")) for article in section.iter("article")]
        assert all(reason in title for reason, title in zip(wanted, shown, strict=True))


def test_bars_count_the_causes_and_lead_to_them(tmp_path):
    folder, evaluation = evaluate(tmp_path)
    page = page_of(tmp_path, folder, evaluation)
    names = [folded(name) for name in page.iterfind(".//dl[@class='causes']/dt")]
    counts = [int(folded(count)) for count in page.xpath("//dd[@class='count']")]
    assert names == [cause.value for cause in Cause]
    assert sum(counts) == len(evaluation.mistakes)
    widths = [
        float(re.findall(r"[\d.]+", bar.get("style"))[0]) for bar in page.xpath("//dd//*[@class='bar']")
    ]
    assert widths == [pytest.approx(100 * count / max(counts), abs=0.1) for count in counts]
    targets = {link.get("href").removeprefix("#") for link in page.iter("a")}
    assert targets <= {element.get("id") for element in page.iter() if element.get("id")}


def test_scores_stand_with_their_intervals(tmp_path):
    folder, evaluation = evaluate(tmp_path)
    page = page_of(tmp_path, folder, evaluation)
    rows = {folded(row[0]): [folded(cell) for cell in row[1:]] for row in page.xpath("//tbody/tr")}
    assert rows["task"] == ["0.400", "0.400 - 0.400", "0.333", "0.500", "2"]
    assert "The intervals mean little: they draw from 1 document only." in folded(page)


def test_confidence_is_drawn_and_tabled(tmp_path):
    folder, evaluation = evaluate(tmp_path)
    page = page_of(tmp_path, folder, evaluation)
    drawings = page.xpath("//figure/*[local-name()='svg']")
    titles = [drawing.findtext("title") for drawing in drawings]
    assert titles == [
        "task: expected calibration error 0.167",
        "indicator value: expected calibration error 0.250",
    ]
    assert [len(drawing.findall("rect")) for drawing in drawings] == [1, 1]
    assert all(drawing.get("role") == "img" for drawing in drawings)


def test_differing_words_are_marked_and_the_record_is_shown_in_its_document(tmp_path):
    folder, evaluation = evaluate(tmp_path)
    page = page_of(tmp_path, folder, evaluation)
    (number,) = page.xpath("//section[@id='number']//article")
    sides = number.find("dl")
    assert [mark.text for mark in sides.iter("mark")] == ["16", "15"]
    assert [mark.get("class") for mark in sides.iter("mark")] == ["gold", "said"]
    assert number.find("blockquote/mark").text == "cấp 15 thẻ cho trẻ em"
    (unit,) = page.xpath("//section[@id='unit']//article")
    assert [folded(title) for title in unit.iter("h4")] == ["lead", "support", "due"]
    assert unit.find("blockquote/mark").text == "Xây dựng kế hoạch tiêm chủng"


def test_texts_cannot_become_markup(tmp_path):
    hostile = mistake(
        source=HOSTILE,
        gold=HOSTILE,
        said=HOSTILE + " khác",
        reason=HOSTILE,
        page=HOSTILE,
        differences=(Difference(HOSTILE, HOSTILE, ""),),
    )
    page = page_of(tmp_path, tmp_path, Evaluation((), (), (hostile,)))
    assert not list(page.iter("script", "img"))
    assert not [name for element in page.iter() for name in element.attrib if name.startswith("on")]
    assert len(list(page.iter("style"))) == 1
    assert "<script>alert(1)</script>" in page.text_content()
    assert "\x00" not in (tmp_path / "page.html").read_text("utf-8")


def test_a_hostile_document_is_shown_as_text(tmp_path):
    folder, evaluation = evaluate(tmp_path, f"Nhiệm vụ\n{HOSTILE.translate({0: None})}\n")
    page = page_of(tmp_path, folder, evaluation)
    assert not list(page.iter("script", "img"))
    assert any("<script>" in quote.text_content() for quote in page.iter("blockquote"))


def test_nothing_is_fetched(tmp_path):
    folder, evaluation = evaluate(tmp_path)
    page = page_of(tmp_path, folder, evaluation)
    links = [value for element in page.iter() for name, value in element.items() if name in {"src", "href"}]
    assert links
    assert all(link.startswith("#") for link in links)
    assert "url(" not in page.findtext(".//style")
    assert "@import" not in page.findtext(".//style")
    assert page.xpath("//meta[@http-equiv]/@content") == ["default-src 'none'; style-src 'unsafe-inline'"]


def test_a_document_id_cannot_lead_out_of_the_dataset(tmp_path):
    (tmp_path / "out" / "text").mkdir(parents=True)
    (tmp_path / "out" / "secret.txt").write_text("Mật khẩu", encoding="utf-8")
    wrong = mistake(document_id="../secret", start=0, end=3)
    (_, section) = build_mistake_lists([wrong], tmp_path / "out")
    assert section.find(".//blockquote") is None


def test_without_texts_the_records_are_shown_all_the_same(tmp_path):
    folder, evaluation = evaluate(tmp_path)
    shutil.rmtree(folder / "text")
    page = page_of(tmp_path, folder, evaluation)
    assert len(page.findall(".//article")) == len(evaluation.mistakes)
    assert not list(page.iter("blockquote"))


def test_the_same_input_gives_the_same_bytes(tmp_path):
    folder, evaluation = evaluate(tmp_path)
    pages = []
    for name in ("one.html", "two.html"):
        write_page(tmp_path / name, evaluation, folder)
        pages.append((tmp_path / name).read_bytes())
    assert pages[0] == pages[1]


def test_an_evaluation_without_mistakes_is_a_page_too(tmp_path):
    page = page_of(tmp_path, tmp_path, Evaluation((), ()))
    assert "0 documents with right answers, 0 wrong records." in page.text_content()
    assert not list(page.iter("article", "figure"))


def test_headings_have_no_gaps_and_the_language_is_told(tmp_path):
    folder, evaluation = evaluate(tmp_path)
    page = page_of(tmp_path, folder, evaluation)
    levels = [int(title.tag[1]) for title in page.iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.get("lang") == "en"
    assert {quote.get("lang") for quote in page.iter("blockquote")} == {"vi"}


def test_the_command_writes_the_page(tmp_path, capsys):
    folder, _ = evaluate(tmp_path)
    arguments = ["evaluate", tmp_path / "kh.json", "--dataset", folder, "--html", tmp_path / "page.html"]
    assert cli.main([str(argument) for argument in arguments]) == 0
    assert f"Page written to {tmp_path / 'page.html'}" in capsys.readouterr().out
    assert (tmp_path / "page.html").read_bytes().startswith(b'<!doctype html>\n<html lang="en">')
    arguments[-1] = tmp_path / "nowhere" / "page.html"
    assert cli.main([str(argument) for argument in arguments]) == 2
    assert "Cannot write" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("one", "other", "marked"),
    [
        ("một hai ba", "một hai ba", ([], [])),
        ("một hai ba", "Một  hai\nba", ([], [])),
        ("trước ngày 30/6/2025", "trước ngày 30/9/2025", (["6"], ["9"])),
        ("Sở Y tế; Sở Nội vụ", "Sở Y tế", (["; Sở Nội vụ"], [])),
        ("đạt 86,1% (149 xã)", "đạt 861% (149 xã)", (["86,1"], ["861"])),
        ("a b c", "a x y c", (["b"], ["x y"])),
        ("", "mới", ([], ["mới"])),
    ],
)
def test_words_that_differ(one, other, marked):
    sides = mark_differences(one, other)
    assert tuple([run.text for run in side if run.differs] for side in sides) == marked
    assert ["".join(run.text for run in side) for side in sides] == [one, other]


def test_long_stretches_that_are_alike_are_shortened():
    same = " ".join(f"từ{number}" for number in range(300))
    (first, second), (_, other) = mark_differences(f"{same} cũ", f"{same} mới")
    assert GAP in first.text
    assert len(first.text) < len(same) / 2
    assert (second.text, other.text) == ("cũ", "mới")


def test_long_texts_lose_their_middle():
    assert shorten("a" * SHOWN_CHARACTERS) == "a" * SHOWN_CHARACTERS
    assert len(shorten("a" * 5000)) == SHOWN_CHARACTERS + len(GAP)


@pytest.mark.parametrize(
    ("start", "end", "quote", "inside"),
    [
        (3, 7, "không dùng", "Sở Y"),
        (None, None, "báo cáo", "báo\n cáo"),
        (None, None, "a.c (", None),
        (None, None, " ", None),
        (5, 5, "", None),
        (5, 999, "Sở", "Sở"),
        (-4, 3, "tế", "tế"),
    ],
)
def test_the_place_of_a_record(start, end, quote, inside):
    context = find_context("Ủy Sở Y tế báo\n cáo", start, end, quote)
    assert (context and context.inside) == inside


def test_what_stands_around_is_cut_at_words():
    words = " ".join(["lúa"] * 200)
    context = find_context(f"{words} MỐC {words}", len(words) + 1, len(words) + 4, "")
    assert context.before.startswith("… lúa ")
    assert context.after.endswith("lúa …")
    assert max(len(context.before), len(context.after)) <= CONTEXT_CHARACTERS + 2


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
def test_the_page_fits_a_telephone(tmp_path):
    long = mistake(said="w" * 900, gold=f"{'từ ' * 90}", what="misread", cause=Cause.OUTLINE, reason="r" * 90)
    folder, evaluation = evaluate(tmp_path)
    write_page(
        tmp_path / "page.html", Evaluation(evaluation.scores, (), (*evaluation.mistakes, long)), folder
    )
    page = html.fromstring((tmp_path / "page.html").read_text("utf-8"))
    for policy in page.xpath("//meta[@http-equiv]"):
        policy.drop_tree()
    script = html.Element("script")
    script.text = "parent.document.title = 'width ' + document.documentElement.scrollWidth"
    page.find("body").append(script)
    frame = html.Element("iframe", srcdoc=html.tostring(page, encoding="unicode"), width=str(NARROW_PIXELS))
    (tmp_path / "frame.html").write_text(html.tostring(frame, encoding="unicode"), encoding="utf-8")
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom",
               f"--user-data-dir={tmp_path / 'profile'}", (tmp_path / "frame.html").as_uri()]  # fmt: skip
    shown = subprocess.run(command, capture_output=True, timeout=120, check=True).stdout.decode("utf-8")
    (width,) = re.findall(r"<title>width (\d+)", shown)
    assert int(width) <= NARROW_PIXELS
