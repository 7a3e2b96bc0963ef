"""Older documents to DOCX through LibreOffice, many in one run, each within bounds of time."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from extract.spans import ReadProblem

End = Literal["done", "died", "stopped"]
"""How a run ended: as it should, by itself before it should, or because it took too long."""

PROGRAMS = ("soffice", "libreoffice")
USUAL_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
"""Where LibreOffice lies when it is not on the path."""
START_SECONDS = 60
"""LibreOffice starts in 1 to 3 seconds with a new profile, on a busy machine in ten."""
DOCUMENT_SECONDS = 15
"""A document takes 0.4 seconds on the average and a plan of 300 pages ten."""
MAX_OUTPUT_BYTES = 256 * 1024 * 1024
PROFILE_FILE = "registrymodifications.xcu"
SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Common/Misc", "FirstRun", "false"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("Inet/Settings", "ooInetNoProxy", ""),
)
"""No macros, no linked content, and a proxy that nobody listens at: a document can reach no network."""
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}
</oor:items>
"""
SETTING = (
    '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
    "<value>{value}</value></prop></item>"
)


def find_program() -> str | None:
    """Give the path of LibreOffice, None when it is not installed."""
    found = next((path for path in map(shutil.which, PROGRAMS) if path), None)
    return found or next((path for path in USUAL_PLACES if Path(path).exists()), None)


def convert_batch(files: Sequence[tuple[str, bytes]]) -> list[bytes | ReadProblem]:
    """Convert documents to DOCX with one run of LibreOffice.

    ``files`` are suffixes (``.doc``) with contents. Gives the converted document of each, or why there is
    none: ``conversion_failed``, ``timeout`` or ``missing_program``. When a run dies or hangs, what it had not
    written is converted one by one, so that only the bad document is lost. Nothing stays on the disk.
    """
    if not files:
        return []
    program = find_program()
    if program is None:
        return [MISSING_PROGRAM] * len(files)
    found, end = _run(program, files)
    results: list[bytes | ReadProblem] = []
    for number, file in enumerate(files):
        if number not in found and end != "done" and len(files) > 1:
            alone, end_alone = _run(program, [file])
            results.append(alone.get(0) or _tell_failure(end_alone))
        else:
            results.append(found.get(number) or _tell_failure(end))
    return results


def _tell_failure(end: End) -> ReadProblem:
    return TIMEOUT if end == "stopped" else FAILED


MISSING_PROGRAM = ReadProblem(
    "missing_program",
    "LibreOffice is not installed, so DOC, ODT and RTF files cannot be read. Install it "
    "(apt-get install libreoffice-writer, brew install --cask libreoffice, winget install "
    "TheDocumentFoundation.LibreOffice) or save the file as DOCX.",
    "error",
)
FAILED = ReadProblem(
    "conversion_failed",
    "LibreOffice could not open the document. It may be damaged or locked; save it as DOCX in Word.",
    "error",
)
TIMEOUT = ReadProblem(
    "timeout",
    "LibreOffice did not finish with the document in time. Save it as DOCX in Word.",
    "error",
)


def _run(program: str, files: Sequence[tuple[str, bytes]]) -> tuple[dict[int, bytes], End]:
    """Convert files in one run; give what was written, by number, and how the run ended."""
    with TemporaryDirectory(prefix="vnplans-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        inputs = []
        for number, (suffix, content) in enumerate(files):
            path = folder / f"{number:05d}{suffix}"
            path.write_bytes(content)
            inputs.append(str(path))
        _write_profile(folder / "profile")
        output = folder / "output"
        output.mkdir()
        arguments = [
            program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
            "--nolockcheck", "--nodefault", "--nologo", "--convert-to", "docx", "--outdir", str(output),
            *inputs,
        ]  # fmt: skip
        end = _wait(arguments, folder, START_SECONDS + DOCUMENT_SECONDS * len(files))
        return dict(_collect(output)), end


def _write_profile(folder: Path) -> None:
    items = "\n".join(SETTING.format(path=path, name=name, value=value) for path, name, value in SETTINGS)
    (folder / "user").mkdir(parents=True)
    (folder / "user" / PROFILE_FILE).write_text(PROFILE.format(items=items), encoding="utf-8")


def _wait(arguments: list[str], folder: Path, seconds: float) -> End:
    """Run a program in a group of its own, and end the whole group when it takes too long."""
    environment = {
        name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ
    }
    environment |= {"HOME": str(folder), "TMPDIR": str(folder), "TMP": str(folder), "TEMP": str(folder)}
    environment |= {"LANG": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp"}
    process = subprocess.Popen(  # noqa: S603 - a fixed program on files that we named
        arguments,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=environment,
        start_new_session=True,
    )
    try:
        return "done" if process.wait(seconds) == 0 else "died"
    except subprocess.TimeoutExpired:
        return "stopped"
    finally:
        _end_group(process)


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """End what is left of a run: soffice is a script that starts the program proper."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def _collect(output: Path) -> list[tuple[int, bytes]]:
    found = []
    for path in sorted(output.glob("*.docx")):
        size = path.stat().st_size
        if path.stem.isdigit() and 0 < size <= MAX_OUTPUT_BYTES:
            found.append((int(path.stem), path.read_bytes()))
    return found
