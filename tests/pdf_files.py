"""Writes small PDF files for tests: Vietnamese text at given places, rulings, stamps, without a font file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from extract.readers.pdf import reading
from extract.spans import ReadOptions, Source

Add = Callable[[str | bytes], int]
"""Adds an object and gives its number."""
CHARACTER_WIDTH = 0.5
"""Of all characters, in sizes of the type."""
TO_UNICODE = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def "
    b"1 begincodespacerange <0000> <FFFF> endcodespacerange "
    b"1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"
)


@dataclass
class PdfPage:
    """A page under construction; places are points from the top left corner."""

    width: float = 595.0
    height: float = 842.0
    rotate: int = 0
    parts: list[str] = field(default_factory=list)
    stamps: list[tuple[float, float, str, int]] = field(default_factory=list)
    image: bool = False

    def text(
        self, x: float, y: float, words: str, size: float = 14.0, bold: bool = False, mode: int = 0
    ) -> None:
        """Set a line of text with its base line at ``y``."""
        self.parts.append(_show(x, self.height - y, words, size, bold, mode))

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a line."""
        self.parts.append(f"0.5 w {x0} {self.height - y0} m {x1} {self.height - y1} l S")

    def grid(self, lefts: list[float], tops: list[float]) -> None:
        """Draw the rulings of a table with all its cells."""
        for x in lefts:
            self.line(x, tops[0], x, tops[-1])
        for y in tops:
            self.line(lefts[0], y, lefts[-1], y)

    def stamp(self, x: float, y: float, words: str, flags: int = 4) -> None:
        """Add a signature field whose looks show text, as signing software stamps numbers and dates."""
        self.stamps.append((x, self.height - y, words, flags))


def _show(x: float, y: float, words: str, size: float, bold: bool, mode: int = 0) -> str:
    codes = words.encode("utf-16-be").hex()
    return f"BT /F{int(bold)} {size} Tf {mode} Tr {x} {y} Td <{codes}> Tj ET"


def text_width(words: str, size: float = 14.0) -> float:
    """Give how wide a line comes out."""
    return len(words) * CHARACTER_WIDTH * size


def write_pdf(pages: list[PdfPage], catalog: str = "") -> bytes:
    """Write pages to a file; ``catalog`` adds entries to the document's catalog."""
    objects: list[bytes] = [b"", b""]

    def add(body: str | bytes) -> int:
        objects.append(body if isinstance(body, bytes) else body.encode())
        return len(objects)

    unicode = add(stream(TO_UNICODE))
    fonts = " ".join(
        f"/F{i} {_font(add, name, unicode)} 0 R" for i, name in enumerate(("Serif", "Serif-Bold"))
    )
    resources = f"<</Font<<{fonts}>>"
    image = add(
        stream(
            b"\x7f", "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
        )
    )
    kids = []
    for page in pages:
        parts = list(page.parts)
        if page.image:
            parts.insert(0, f"q {page.width} 0 0 {page.height} 0 0 cm /I Do Q")
        content = add(stream("\n".join(parts).encode()))
        stamps = [_stamp(add, *stamp, f"{resources}>>") for stamp in page.stamps]
        kids.append(
            add(
                f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {page.width} {page.height}]/Rotate {page.rotate}"
                f"/Resources{resources}/XObject<</I {image} 0 R>>>>/Contents {content} 0 R"
                f"/Annots[{' '.join(f'{number} 0 R' for number in stamps)}]>>"
            )
        )
    objects[0] = f"<</Type/Catalog/Pages 2 0 R{catalog}>>".encode()
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{k} 0 R' for k in kids)}]>>".encode()
    return assemble(objects)


def _font(add: Add, name: str, unicode: int) -> int:
    inner = add(
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        f"/Supplement 0>>/DW {int(CHARACTER_WIDTH * 1000)}>>"
    )
    return add(
        f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{inner} 0 R]"
        f"/ToUnicode {unicode} 0 R>>"
    )


def _stamp(
    add: Callable[[str | bytes], int], x: float, y: float, words: str, flags: int, resources: str
) -> int:
    looks = add(
        stream(
            _show(0, 3, words, 13, False).encode(),
            f"/Type/XObject/Subtype/Form/BBox[0 0 60 16]/Resources{resources}",
        )
    )
    return add(
        f"<</Type/Annot/Subtype/Widget/FT/Sig/T(s)/F {flags}/Rect[{x} {y - 3} {x + 60} {y + 13}]"
        f"/AP<</N {looks} 0 R>>>>"
    )


def stream(data: bytes, entries: str = "") -> bytes:
    """Give a stream object."""
    return f"<</Length {len(data)}{entries}>>stream\n".encode() + data + b"\nendstream"


def assemble(objects: list[bytes], trailer: str = "") -> bytes:
    """Give a file of objects, the first of which is the catalog."""
    out = b"%PDF-1.7\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    return (
        out + f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF".encode()
    )


NEVER = ReadOptions(ocr="never")
SENTENCE = "Sở Y tế phối hợp với các sở, ngành tổ chức tiêm chủng cho trẻ em tại các xã vùng cao của tỉnh"


def read(content: bytes, options: ReadOptions = NEVER) -> Source:
    return reading.read_pdf("plan.pdf", content, options)


def codes(source: Source) -> list[str]:
    return [problem.code for problem in source.problems]


def texts(source: Source) -> list[str]:
    return [block.text for block in source.blocks if block.kind == "paragraph"]


def plan_page() -> PdfPage:
    page = PdfPage()
    page.text(100, 80, "UBND TỈNH HÀ GIANG", 13)
    page.text(300, 80, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, bold=True)
    page.text(110, 96, "SỞ Y TẾ", 13, bold=True)
    page.text(340, 96, "Độc lập - Tự do - Hạnh phúc", 13, bold=True)
    page.text(100, 120, "Số:        /KH-SYT", 13)
    page.text(330, 120, "Hà Giang, ngày     tháng 3 năm 2025", 13)
    return page
