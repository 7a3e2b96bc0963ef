"""scripts/bootstrap.sh installs what is missing and nothing else, with stubs in place of pip and apt-get."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / "scripts/bootstrap.sh"
BASH = shutil.which("bash")
# What the script itself needs of a bare system.
SYSTEM_TOOLS = ("bash", "dirname", "id", "env", "mkdir", "cat", "chmod", "grep")
PIP_STUB = """#!/usr/bin/env bash
echo "$*" >>"$LOG"
if [[ "$*" == *install* ]]; then
  mkdir -p build/tools/bin
  printf '#!/bin/sh\\necho uv 9.9' >build/tools/bin/uv
  chmod +x build/tools/bin/uv
fi
"""
RECORDING_STUB = '#!/usr/bin/env bash\necho "$(basename "$0") $*" >>"$LOG"\n'

pytestmark = pytest.mark.skipif(BASH is None or os.name == "nt", reason="needs bash")


class Machine:
    """A bare machine: a copy of the script in a checkout of its own, and only the programs it is given."""

    def __init__(self, folder: Path) -> None:
        self.checkout, self.programs, self.log = folder / "checkout", folder / "bin", folder / "log"
        (self.checkout / "scripts").mkdir(parents=True)
        self.programs.mkdir()
        self.script = self.checkout / "scripts/bootstrap.sh"
        shutil.copy(SCRIPT, self.script)
        for name in (*SYSTEM_TOOLS, "basename"):
            self.programs.joinpath(name).symlink_to(str(shutil.which(name)))

    def add_program(self, name: str, content: str) -> None:
        path = self.programs / name
        path.write_text(content, encoding="utf-8")
        path.chmod(0o755)

    def add_all_programs(self) -> None:
        self.add_program("uv", RECORDING_STUB)
        self.add_program("soffice", RECORDING_STUB)
        self.add_program("tesseract", "#!/usr/bin/env bash\nprintf 'eng\\nvie\\n'")

    def run(self) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": str(self.programs), "LOG": str(self.log)}
        return subprocess.run(
            [str(BASH), str(self.script)],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )

    def calls(self) -> list[str]:
        return self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_nothing_is_done_or_said_when_everything_is_there(machine: Machine) -> None:
    machine.add_all_programs()
    machine.add_program("apt-get", RECORDING_STUB)
    run = machine.run()
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    assert machine.calls() == []


def test_uv_is_installed_inside_the_checkout_when_missing(machine: Machine) -> None:
    machine.add_all_programs()
    (machine.programs / "uv").unlink()
    machine.add_program("python3.11", PIP_STUB)
    run = machine.run()
    assert run.returncode == 0, run.stderr
    assert "installed uv 9.9" in run.stdout
    assert machine.calls()[-1].endswith("--target build/tools uv")
    assert machine.run().stdout == "", "the second time there is nothing to do"


def test_without_pip_it_says_what_to_do(machine: Machine) -> None:
    run = machine.run()
    assert run.returncode == 1
    assert "uv is missing" in run.stderr


@pytest.mark.parametrize(
    ("program", "packages"),
    [("tesseract", "tesseract-ocr tesseract-ocr-vie"), ("soffice", "libreoffice-writer-nogui")],
)
def test_a_missing_package_is_installed_and_named(machine: Machine, program: str, packages: str) -> None:
    machine.add_all_programs()
    (machine.programs / program).unlink()
    for name in ("apt-get", "sudo"):
        machine.add_program(name, RECORDING_STUB)
    run = machine.run()
    assert run.returncode == 0, run.stderr
    assert f"installing {packages} with apt-get" in run.stdout
    assert machine.calls()[-1].endswith(f"--no-install-recommends {packages}")


def test_tesseract_without_vietnamese_is_not_enough(machine: Machine) -> None:
    machine.add_all_programs()
    machine.add_program("tesseract", "#!/usr/bin/env bash\nprintf 'eng\\nosd\\n'")
    machine.add_program("apt-get", RECORDING_STUB)
    machine.add_program("sudo", RECORDING_STUB)
    assert "installing tesseract-ocr tesseract-ocr-vie" in machine.run().stdout


def test_without_apt_it_names_the_packages_and_goes_on(machine: Machine) -> None:
    machine.add_program("uv", RECORDING_STUB)
    run = machine.run()
    assert run.returncode == 0
    assert "scanned pages cannot be read until the equivalent of tesseract-ocr" in run.stdout
    assert ".doc, .odt and .rtf files cannot be read" in run.stdout


def test_a_failed_install_says_so_and_goes_on(machine: Machine) -> None:
    machine.add_all_programs()
    (machine.programs / "soffice").unlink()
    machine.add_program("apt-get", "#!/usr/bin/env bash\nexit 1")
    machine.add_program("sudo", "#!/usr/bin/env bash\nexit 1")
    run = machine.run()
    assert run.returncode == 0
    assert "could not install libreoffice-writer-nogui" in run.stdout
