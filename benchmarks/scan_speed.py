"""Speed of reading scans, pictures in and printed pages out, against bare tesseract on the same pictures.

The peer is ``tesseract page.png - -l vie --psm 4`` with one thread, a run for each page: what a reader of
scans cannot do without. Both see the same pages, in alternating rounds. A ratio is taken within each round
and the median reported, so that a busy machine slows both and the ratio stays.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from extract.readers.ocr.pages import recognise_pages
from extract.spans import ReadOptions

PROJECT = Path(__file__).resolve().parents[1]
DOTS_PER_INCH = 300
POINTS_PER_INCH = 72
A4_PIXELS = (2480, 3508)
MARGIN_PIXELS, LINE_PIXELS, TYPE_PIXELS = 300, 84, 58
ROW_PIXELS, TABLE_ROWS, COLUMN_EDGES = 110, 12, (300, 480, 1400, 1800, 2180)
NOISE_LEVELS = 6.0
FONTS = ("NotoSerif-Regular.ttf", "DejaVuSerif.ttf", "times.ttf", "Times New Roman.ttf")
SENTENCES = (
    "1. Rà soát, hoàn thiện quy trình tiếp nhận hồ sơ tại các xã, phường trong năm 2031.",
    "a) Phấn đấu đến năm 2035, tỷ lệ hộ dân sử dụng nước sạch đạt trên 91,5%.",
    "- Tổ chức tập huấn kỹ năng số cho cán bộ cấp xã; hoàn thành trước ngày 30/6/2032.",
    "Các cơ quan, đơn vị phối hợp chặt chẽ, báo cáo kết quả định kỳ hằng quý.",
)


def draw_page(number: int) -> Image.Image:
    """Draw a page of invented text, every second with a ruled table, a degree askew and with noise."""
    font = find_font()
    page = Image.new("L", A4_PIXELS, 255)
    draw = ImageDraw.Draw(page)
    for line in range(20 if number % 2 else 34):
        draw.text(
            (MARGIN_PIXELS, MARGIN_PIXELS + line * LINE_PIXELS),
            SENTENCES[(line + number) % len(SENTENCES)][:70],
            fill=20,
            font=font,
        )
    if number % 2:
        draw_table(draw, number, font)
    turned = page.rotate(1.0, Image.Resampling.BICUBIC, fillcolor=255)
    noise = np.random.default_rng(number).normal(0.0, NOISE_LEVELS, (A4_PIXELS[1], A4_PIXELS[0]))
    return Image.fromarray(np.clip(np.asarray(turned) + noise, 0, 255).astype(np.uint8))


def draw_table(draw: ImageDraw.ImageDraw, number: int, font: ImageFont.FreeTypeFont) -> None:
    """Draw a ruled table of invented figures below the text."""
    top = MARGIN_PIXELS + 21 * LINE_PIXELS
    for row in range(TABLE_ROWS + 1):
        y = top + row * ROW_PIXELS
        draw.line((COLUMN_EDGES[0], y, COLUMN_EDGES[-1], y), fill=20, width=4)
        if row < TABLE_ROWS:
            cells = (
                str(row + 1),
                "Tỷ lệ hộ dân có nước sạch",
                f"{70 + row},{number}",
                f"{4 + row}.12{number}",
            )
            for left, text in zip(COLUMN_EDGES, cells, strict=False):
                draw.text((left + 30, y + 20), text, fill=20, font=font)
    for x in COLUMN_EDGES:
        draw.line((x, top, x, top + TABLE_ROWS * ROW_PIXELS), fill=20, width=4)


def find_font() -> ImageFont.FreeTypeFont:
    """Find a font of the system that has the Vietnamese letters."""
    for name in FONTS:
        try:
            return ImageFont.truetype(name, TYPE_PIXELS)
        except OSError:
            continue
    raise SystemExit(f"none of these fonts is installed: {', '.join(FONTS)}; give a --folder of scans")


def read_pages(folder: Path | None, limit: int) -> Iterator[Image.Image]:
    """Give the pages to be read: those of the PDF files of a folder, else drawn ones."""
    if folder is None:
        yield from map(draw_page, range(limit))
        return
    import pypdfium2

    left = limit
    for path in sorted(folder.glob("*.pdf")):
        document = pypdfium2.PdfDocument(path)
        # A page of each file in turn would open them again and again; the first pages are the varied ones.
        for index in range(min(len(document), max(limit // 4, 1), left)):
            yield document[index].render(scale=DOTS_PER_INCH / POINTS_PER_INCH).to_pil()
            left -= 1
        document.close()


def time_peer(paths: Sequence[Path]) -> float:
    """Seconds that bare tesseract takes for pages."""
    start = time.perf_counter()
    for path in paths:
        subprocess.run(
            ["tesseract", str(path), "-", "-l", "vie", "--psm", "4", "--dpi", str(DOTS_PER_INCH)],
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            capture_output=True,
            check=True,
        )
    return time.perf_counter() - start


def time_reader(paths: Sequence[Path]) -> float:
    """Seconds that reading the same pages takes, from the picture files on."""
    start = time.perf_counter()
    images = ((number, Image.open(path)) for number, path in enumerate(paths, 1))
    pages, problems = recognise_pages(images, ReadOptions(ocr_dpi=DOTS_PER_INCH))
    assert len(pages) == len(paths), problems
    return time.perf_counter() - start


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print and write outputs/scan_speed.json."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", type=Path, help="folder of scanned PDF files; without it pages are drawn")
    parser.add_argument("--pages", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", type=Path, default=PROJECT / "outputs/scan_speed.json")
    options = parser.parse_args(arguments)
    if not shutil.which("tesseract"):
        raise SystemExit("tesseract is not installed")
    with TemporaryDirectory() as folder:
        paths = []
        for number, image in enumerate(read_pages(options.folder, options.pages)):
            paths.append(Path(folder, f"{number}.png"))
            image.save(paths[-1], compress_level=1)
        time_reader(paths[:1])
        times = [(time_reader(paths), time_peer(paths)) for _ in range(options.rounds)]
    report = {
        "pages": len(paths),
        "rounds": options.rounds,
        "reader_seconds_per_page": round(statistics.median(ours for ours, _ in times) / len(paths), 3),
        "tesseract_seconds_per_page": round(statistics.median(peer for _, peer in times) / len(paths), 3),
        "time_ratio_to_tesseract": round(statistics.median(ours / peer for ours, peer in times), 3),
        "cores": os.cpu_count(),
    }
    for name, value in report.items():
        print(f"{name:<32}{value}")
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
