"""LibreOffice as a converter: many documents in one start, in a profile of their own."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

FILTERS = {
    "doc": "doc:MS Word 97",
    "odt": "odt",
    "rtf": "rtf",
    "pdf": "pdf",
    "html": "html:HTML (StarWriter)",
}
PRINT_FONTS = ("Times New Roman", "Tinos", "Noto Serif", "DejaVu Serif")
"""Fonts with all Vietnamese letters, the best first. Liberation Serif, which LibreOffice puts in the place of
Times New Roman, lacks half of them, and they would come from another font."""
SECONDS_TO_START = 60
SECONDS_A_DOCUMENT = 20


class ConversionError(RuntimeError):
    """LibreOffice is missing or gave no document; the message says what to do."""


def find_office() -> str | None:
    """Give the path of LibreOffice's program, None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


@cache
def find_print_font() -> str:
    """Give the first of the fonts that is installed, the last where fontconfig does not tell."""
    program = shutil.which("fc-list")
    if program is None:
        return PRINT_FONTS[-1]
    listed = subprocess.run([program, ":lang=vi", "family"], capture_output=True, text=True, check=False)
    families = {name.strip() for line in listed.stdout.splitlines() for name in line.split(",")}
    return next((font for font in PRINT_FONTS if font in families), PRINT_FONTS[-1])


def convert_documents(documents: Sequence[Path], suffix: str, folder: Path) -> None:
    """Convert documents into ``folder``, each under its stem and the suffix of the new format.

    Raises ConversionError when LibreOffice is missing, fails or leaves a document out.
    """
    program = find_office()
    if program is None:
        raise ConversionError("LibreOffice (soffice) is not installed; leave its formats out with --formats.")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="office-profile-") as profile:
        command = [
            program, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore",
            "--convert-to", FILTERS[suffix], "--outdir", str(folder), *map(str, documents),
        ]  # fmt: skip
        limit = SECONDS_TO_START + SECONDS_A_DOCUMENT * len(documents)
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=limit)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            raise ConversionError(f"LibreOffice did not convert to {suffix}: {error}") from error
    lost = [one.name for one in documents if not (folder / f"{one.stem}.{suffix}").is_file()]
    if lost:
        raise ConversionError(f"LibreOffice gave no {suffix} for {', '.join(lost)}.")
