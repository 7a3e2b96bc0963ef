"""Makes again the samples that are no plain text: the tests' plan in every format, and those in corpus/.

Their texts are ``tests/documents/plan.md`` and ``corpus/texts``, where ``^`` is a cell that is one with the
cell above and ``[^1]`` a footnote. LibreOffice converts and prints: the same bytes come out of the same
version with the same font. The ones in the repository were printed with Tinos (Debian: fonts-croscore).
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from docx import Document
from docx.oxml.ns import qn
from PIL import Image

PROJECT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PROJECT / "benchmarks"), str(PROJECT / "scripts")]

from rendering.manuscript import Grid, Part, read_manuscript  # noqa: E402
from rendering.office import convert_documents, find_print_font  # noqa: E402
from rendering.word import FONT, Markers, build_word_document  # noqa: E402
from sample_formats import (  # noqa: E402
    FIXED_DAY,
    add_footnotes,
    fix_archive,
    fix_html,
    fix_pdf,
    fix_rtf,
    join_pages,
    merge_cells,
    pack_page,
    render_pages,
    save_word,
    slim_word,
)  # fmt: skip
from sample_scans import scan_page, sign_page, stamp_words  # noqa: E402

PLAN = PROJECT / "tests" / "documents" / "plan.md"
CORPUS = PROJECT / "corpus"
ADDRESS = "https://lamdong.example/ke-hoach/15-kh-ubnd"
NOTE = re.compile(r"^\[\^(\d+)\]: (.+)$", re.MULTILINE)

BLANKS = MappingProxyType(
    {"Số: 74/KH-UBND": "Số:         /KH-UBND", "Quảng Ninh, ngày 10": "Quảng Ninh, ngày      "}
)
"""What a typist leaves open for the office that numbers and dates the document."""
STAMPS = (("74", 147.0, 731.5), ("10", 400.0, 731.5))
"""What that office stamps there: words, and where they begin, in points from the page's lower left corner."""
NO_BLANKS: Mapping[str, str] = MappingProxyType({})

PICTURE_DPI = 200
FAX_DPI = 300
SCAN_DPI = 300
JPEG_QUALITY = 45
BLACK_BELOW = 150
"""Grey below which a scanner in black and white prints a dot."""


def make_plan(folder: Path) -> None:
    """Write the plan in every format that office programs and scanners give."""
    text = PLAN.read_text(encoding="utf-8")
    word, apart = build_word(text), build_word(text, "counted apart")
    printed = build_word(text, font=find_print_font())
    page = fix_html(convert(build_word(text, "typed"), "html"))
    pdf = fix_pdf(convert(printed, "pdf"))
    (picture,) = render_pages(convert(join_pages(printed), "pdf"), PICTURE_DPI)
    fax = [turn_black(page) for page in render_pages(pdf, FAX_DPI)]
    files = {
        "docx": word,
        "odt": fix_archive(convert(word, "odt")),
        "doc": convert(apart, "doc"),
        "rtf": fix_rtf(convert(apart, "rtf")),
        "html": page,
        "mht": pack_page(page, "Plan", ADDRESS),
        "pdf": pdf,
        "png": save_pictures([turn_black(picture)], "PNG", PICTURE_DPI, optimize=True),
        "jpg": save_pictures([picture.convert("L")], "JPEG", PICTURE_DPI, quality=JPEG_QUALITY),
        "tiff": save_pictures(fax, "TIFF", FAX_DPI, compression="group4"),
    }
    for suffix, content in files.items():
        (folder / f"plan.{suffix}").write_bytes(content)


def make_corpus(folder: Path) -> None:
    """Write the samples of the corpus that are made from texts, each under the name of its text."""
    texts = {path.name[:2]: path for path in sorted((CORPUS / "texts").iterdir())}
    words = {number: path.read_text(encoding="utf-8") for number, path in texts.items() if path.is_file()}
    font = find_print_font()
    plan = convert(build_word(words["18"], font=font, blanks=BLANKS), "pdf")
    (page,) = render_pages(convert(build_word(words["20"], font=font), "pdf"), SCAN_DPI)
    files = {
        "17": ("docx", build_word(words["17"])),
        "18": ("pdf", fix_pdf(stamp_words(plan, STAMPS))),
        "19": ("doc", convert(build_word(words["19"], "counted apart"), "doc")),
        "20": ("pdf", scan_page(sign_page(page), SCAN_DPI)),
        "21": ("zip", pack_texts(texts["21"])),
    }
    for number, (suffix, content) in files.items():
        (folder / f"{texts[number].stem}.{suffix}").write_bytes(content)


def build_word(
    text: str, markers: Markers = "counted", font: str = FONT, blanks: Mapping[str, str] = NO_BLANKS
) -> bytes:
    """Give a text in Markdown as a Word document; ``blanks`` are words that are left open, and how."""
    notes = {found[1]: found[2] for found in NOTE.finditer(text)}
    parts = [_set_head(part) for part in read_manuscript("text.md", NOTE.sub("", text).encode())]
    document = Document(io.BytesIO(build_word_document(parts, markers, font)))
    merge_cells(document)
    if notes:
        add_footnotes(document, notes)
    for shown in document.element.iter(qn("w:t")):
        for words, blank in blanks.items():
            if words in shown.text:
                shown.text = shown.text.replace(words, blank)
                shown.set(qn("xml:space"), "preserve")
    return slim_word(save_word(document))


def _set_head(part: Part) -> Part:
    """Put the number under the issuer where a text has it before the motto, and an issuer on one line."""
    if not isinstance(part, Grid) or part.bordered or len(part.rows) < 2:
        return part
    (issuer, motto), (number, date) = part.rows
    if not motto:
        number, motto = number[:1], number[1:]
    if len(issuer) > 1 and issuer[0].text == "UBND":
        issuer = [replace(issuer[1], text=f"UBND {issuer[1].text}"), *issuer[2:]]
    return Grid([[issuer, motto], [number, date]], bordered=False)


def pack_texts(folder: Path) -> bytes:
    """Pack texts into a ZIP archive, those in Markdown as Word documents."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for path in sorted(folder.iterdir()):
            name, content = path.name, path.read_bytes()
            if path.suffix == ".md":
                name, content = f"{path.stem}.docx", build_word(content.decode())
            member = zipfile.ZipInfo(f"Văn hóa 2026/{name}", FIXED_DAY)
            target.writestr(member, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def convert(word: bytes, suffix: str) -> bytes:
    """Convert a Word document with LibreOffice."""
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "sample.docx"
        source.write_bytes(word)
        convert_documents([source], suffix, Path(name))
        return source.with_suffix(f".{suffix}").read_bytes()


def turn_black(picture: Image.Image) -> Image.Image:
    """Give a picture in black and white without shades."""
    return picture.convert("L").point(lambda grey: 255 * (grey >= BLACK_BELOW)).convert("1")


def save_pictures(pages: Sequence[Image.Image], kind: str, dpi: int, **options: str | int) -> bytes:
    """Give a picture of one page or more in a format of Pillow."""
    buffer = io.BytesIO()
    more = {"save_all": True, "append_images": pages[1:]} if len(pages) > 1 else {}
    pages[0].save(buffer, kind, dpi=(dpi, dpi), **options, **more)
    return buffer.getvalue()


def main() -> None:
    """Make all samples in their places."""
    make_plan(PLAN.parent)
    make_corpus(CORPUS / "documents")


if __name__ == "__main__":
    main()
