"""What the program needs and what of it is here: Python, packages, and programs for some formats."""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, requires, version
from typing import NamedTuple

MINIMUM_PYTHON = (3, 11)
PACKAGE_NAME = re.compile(r"[A-Za-z0-9._-]++")
TOOL_TIMEOUT_SECONDS = 20


class Tool(NamedTuple):
    """A program that only some documents need: its names, what for, and how to install it."""

    label: str
    commands: tuple[str, ...]
    purpose: str
    debian: str
    macos: str
    windows: str


class Check(NamedTuple):
    """One thing looked for: what was found (empty when missing) and what to do when it is missing."""

    name: str
    required: bool
    found: str
    advice: str


TESSERACT = Tool(
    "tesseract",
    ("tesseract",),
    "scanned pages",
    "apt-get install tesseract-ocr",
    "brew install tesseract",
    "winget install UB-Mannheim.TesseractOCR",
)
LIBREOFFICE = Tool(
    "LibreOffice",
    ("soffice", "libreoffice"),
    ".doc, .odt and .rtf documents",
    "apt-get install libreoffice-writer-nogui",
    "brew install --cask libreoffice",
    "winget install TheDocumentFoundation.LibreOffice",
)
VIETNAMESE = Tool(
    "tesseract Vietnamese data",
    ("tesseract",),
    "scanned pages",
    "apt-get install tesseract-ocr-vie",
    "brew install tesseract-lang",
    "tick Vietnamese in the installer of Tesseract",
)


def check_environment() -> list[Check]:
    """Look for everything the program can use.

    Gives Python first, then the packages it depends on, then optional programs.

    >>> check_environment()[0].name
    'Python'
    """
    checks = [_check_python()]
    checks += [_check_package(name) for name in _required_packages()]
    return [*checks, _check_tool(TESSERACT), _check_vietnamese(), _check_tool(LIBREOFFICE)]


def _check_python() -> Check:
    wanted = ".".join(map(str, MINIMUM_PYTHON))
    found = platform.python_version() if sys.version_info >= MINIMUM_PYTHON else ""
    return Check("Python", True, found, f"install Python {wanted} or later from https://www.python.org")


def _required_packages() -> list[str]:
    """Give the names of the packages that ours depends on, without those of extras."""
    try:
        lines = requires("vnplans") or []
    except PackageNotFoundError:
        return []
    names = (PACKAGE_NAME.match(line) for line in lines if "extra ==" not in line)
    return sorted(name[0] for name in names if name)


def _check_package(name: str) -> Check:
    try:
        found = version(name)
    except PackageNotFoundError:
        found = ""
    return Check(name, True, found, f"pip install {name}")


def _check_tool(tool: Tool) -> Check:
    path = next((found for command in tool.commands if (found := shutil.which(command))), "")
    return Check(tool.label, False, path, _advice(tool))


def _check_vietnamese() -> Check:
    languages = list_ocr_languages()
    return Check(VIETNAMESE.label, False, "vie" if "vie" in languages else "", _advice(VIETNAMESE))


def list_ocr_languages() -> list[str]:
    """Give the languages that tesseract has data for, none when it is missing or does not answer.

    >>> all(isinstance(language, str) for language in list_ocr_languages())
    True
    """
    command = shutil.which("tesseract")
    if command is None:
        return []
    try:
        answer = subprocess.run(  # noqa: S603 (the program found on the user's own path)
            [command, "--list-langs"],
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=TOOL_TIMEOUT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return []
    return answer.stdout.split("\n")[1:]


def _advice(tool: Tool) -> str:
    return f"needed for {tool.purpose}. Debian: {tool.debian}. macOS: {tool.macos}. Windows: {tool.windows}."
