"""Builds printed pages for tests: words, lines and tables at given places."""

from __future__ import annotations

from extract.readers.layout.blocks import build_blocks
from extract.readers.layout.page import Line, Page, PageCell, PageTable, Word
from extract.readers.layout.rows import build_line
from extract.spans import Block

LEFT, RIGHT, INDENT = 85.0, 540.0, 113.0
SIZE = 14.0
LETTER = 6.0
PITCH = 16.0
HEADER = ["STT", "Nội dung công việc", "Đơn vị"]


def words_at(
    x: float, y: float, text: str, size: float = SIZE, bold: bool = False, confidence: float | None = None
) -> list[Word]:
    """Words of one line; letters are ``LETTER`` points wide at 14 points, blanks half of that."""
    words = []
    scale = size / SIZE
    for part in text.split(" "):
        width = len(part) * LETTER * scale
        words.append(Word(part, (x, y, x + width, y + size), size, bold, confidence))
        x += width + LETTER * scale / 2
    return words


def line_at(x: float, y: float, text: str, size: float = SIZE, bold: bool = False) -> Line:
    return build_line(words_at(x, y, text, size, bold))


def full_line(x: float, y: float, text: str) -> Line:
    """A justified line that reaches the right edge."""
    words = words_at(x, y, text)
    gap = (RIGHT - words[-1].box[2]) / max(len(words) - 1, 1)
    for index, word in enumerate(words):
        left, top, right, bottom = word.box
        word.box = (left + index * gap, top, right + index * gap, bottom)
    return build_line(words)


def centered(y: float, text: str, bold: bool = False) -> Line:
    line = line_at(0, y, text, bold=bold)
    shift = (LEFT + RIGHT) / 2 - line.box[2] / 2
    return line_at(shift, y, text, bold=bold)


FULL = "Sở Y tế phối hợp với các sở ngành và địa phương triển khai thực hiện kế hoạch này"
NEXT = "và tổng hợp kết quả báo cáo trước ngày 15 tháng 12 hằng năm theo quy định hiện hành"


def page_of(*lines: Line, number: int = 1, tables: list[PageTable] | None = None) -> Page:
    return Page(number, 595.0, 842.0, list(lines), tables or [])


def texts(*pages: Page) -> list[str]:
    return [block.text for block in build_blocks(pages)]


def body(y: float, count: int) -> list[Line]:
    """A paragraph of so many lines from ``y`` on, which tells the column's edges."""
    lines = [full_line(INDENT, y, FULL)]
    lines += [full_line(LEFT, y + PITCH * n, NEXT) for n in range(1, count - 1)]
    return [*lines, line_at(LEFT, y + PITCH * (count - 1), "của cơ quan.")]


def table_of(rows: list[list[str]], top: float, lefts: tuple[float, ...] = (85, 130, 380, 540)) -> PageTable:
    cells = []
    for index, row in enumerate(rows):
        for column, text in enumerate(row):
            y = top + 40 * index
            box = (lefts[column], y, lefts[column + 1], y + 40)
            lines = [
                line_at(lefts[column] + 5, y + 2 + 15 * n, part, size=12)
                for n, part in enumerate(text.split("\n"))
                if part
            ]
            cells.append(PageCell(index, column, 1, 1, box, lines))
    return PageTable((lefts[0], top, lefts[-1], top + 40 * len(rows)), cells)


def tables_of(*pages: Page) -> list[Block]:
    return [block for block in build_blocks(pages) if block.kind == "table"]


def letterhead() -> list[Line]:
    return [
        line_at(100, 50, "UBND TỈNH HÀ GIANG"),
        line_at(300, 50, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True),
        line_at(120, 66, "SỞ Y TẾ", bold=True),
        line_at(330, 66, "Độc lập - Tự do - Hạnh phúc", bold=True),
        line_at(100, 90, "Số: 57/SYT-KHTC"),
        line_at(330, 90, "Hà Giang, ngày 12 tháng 3 năm 2025"),
    ]
