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
SYSTEM_TOOLS = ("bash", "dirname", "id", "env", "mkdir", "cat", "chmod")
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

    def needs_package(self, line: str) -> None:
        text = self.script.read_text(encoding="utf-8")
        assert text.count("\n  :\n") == 1
        self.script.write_text(text.replace("\n  :\n", f"\n  {line}\n"), encoding="utf-8")

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
    machine.add_program("uv", RECORDING_STUB)
    run = machine.run()
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    assert machine.calls() == []


def test_uv_is_installed_inside_the_checkout_when_missing(machine: Machine) -> None:
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


def test_a_missing_package_is_installed_and_named(machine: Machine) -> None:
    machine.add_program("uv", RECORDING_STUB)
    for name in ("apt-get", "sudo"):
        machine.add_program(name, RECORDING_STUB)
    machine.needs_package("install_package 'no-such-program --version' first-package second-package")
    run = machine.run()
    assert run.returncode == 0, run.stderr
    assert "installing first-package second-package" in run.stdout
    assert machine.calls()[-1].endswith("--no-install-recommends first-package second-package")


def test_a_package_that_is_there_is_left_alone(machine: Machine) -> None:
    for name in ("uv", "apt-get"):
        machine.add_program(name, RECORDING_STUB)
    machine.needs_package("install_package 'bash --version' bash")
    run = machine.run()
    assert (run.returncode, run.stdout) == (0, "")
    assert machine.calls() == []


def test_without_apt_it_names_the_packages(machine: Machine) -> None:
    machine.add_program("uv", RECORDING_STUB)
    machine.needs_package("install_package 'no-such-program --version' some-package")
    run = machine.run()
    assert run.returncode == 1
    assert "some-package" in run.stderr
