"""formflow as a user installs it: sdist and wheel are built, the wheel is installed outside the checkout, and the
README's *Use it* is run there line by line."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import tarfile
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.support import papers

ROOT = Path(__file__).resolve().parents[2]
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the README is written for a shell")


def use_it(readme: str, heading: str) -> list[str]:
    """The commands of a README's section, without their remarks."""
    text = (ROOT / readme).read_text(encoding="utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line[4:] for line in text.splitlines() if line.startswith("    ")]
    return [re.sub(r"\s+#.*", "", line).rstrip() for line in lines]


@dataclass(frozen=True)
class Built:
    """What was built of the checkout."""

    sdist: Path
    wheel: Path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The sdist of the checkout, and the wheel that pip builds from it."""
    folder = tmp_path_factory.mktemp("dist")
    backend = folder / "backend"
    _run(*PIP, "install", "--target", str(backend), "hatchling>=1.25")
    env = {**os.environ, "PYTHONPATH": str(backend)}
    _run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(folder), cwd=ROOT, env=env)
    (sdist,) = folder.glob("formflow-*.tar.gz")
    _run(*PIP, "wheel", "--no-deps", "--wheel-dir", str(folder), str(sdist))
    (wheel,) = folder.glob("formflow-*.whl")
    return Built(sdist, wheel)


@dataclass(frozen=True)
class Machine:
    """An environment in which formflow is installed from the wheel, and a person's home folder."""

    home: Path
    bin: Path

    def env(self) -> dict[str, str]:
        return {
            "HOME": str(self.home),
            "PATH": f"{self.bin}:/usr/local/bin:/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "FORMFLOW_LANG": "en",
            "FORMFLOW_SCAN_SECONDS": "0.2",
        }

    def shell(self, line: str, folder: Path) -> subprocess.CompletedProcess[str]:
        """Run one line of a shell."""
        return subprocess.run(
            ["bash", "-c", line], cwd=folder, env=self.env(), capture_output=True, text=True, timeout=120
        )


@pytest.fixture(scope="module")
def machine(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """The wheel in a fresh environment; what it depends on is seen there, the checkout is not."""
    home = tmp_path_factory.mktemp("home")
    env = home / "env"
    _run(sys.executable, "-m", "venv", "--without-pip", str(env))
    _run(*PIP, "--python", str(env), "install", "--no-deps", "--no-index", str(built.wheel))
    (packages,) = env.glob("lib/python*/site-packages")
    seen = home / "dependencies"
    seen.mkdir()
    for path in Path(sysconfig.get_path("purelib")).iterdir():
        if "formflow" not in path.name and path.suffix != ".pth":
            (seen / path.name).symlink_to(path)
    (packages / "dependencies.pth").write_text(f"{seen}\n")
    return Machine(home, env / "bin")


def _run(*command: str, cwd: Path | None = None, env: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=240, check=False)
    assert 0 == done.returncode, done.stdout + done.stderr


SHIPPED = {"formflow.toml", "inbox/README.md", "archive/README.md"} | {
    path.relative_to(ROOT).as_posix()
    for pattern in ("schemas/*.yaml", "templates/*.docx")
    for path in ROOT.glob(pattern)
    if not path.name.startswith("~$")
}


def test_the_wheel_holds_every_file_of_a_workspace(built):
    names = set(zipfile.ZipFile(built.wheel).namelist())

    assert set() == {f"formflow/workspace/{name}" for name in SHIPPED} - names


def test_the_sdist_holds_every_file_of_a_workspace(built):
    with tarfile.open(built.sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}

    assert set() == SHIPPED - names


def test_the_wheel_holds_every_data_file_of_the_package(built):
    names = set(zipfile.ZipFile(built.wheel).namelist())
    source = ROOT / "src"
    wanted = {
        path.relative_to(source).as_posix()
        for path in (source / "formflow").rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }

    assert set() == wanted - names


def test_nothing_of_the_checkout_is_imported(machine, tmp_path):
    code = "import formflow, sys, json; print(json.dumps([formflow.__file__, *sys.path]))"
    places = json.loads(machine.shell(f"python -c {code!r}", tmp_path).stdout)

    assert Path(places[0]).is_relative_to(machine.home)
    assert not [place for place in places if place and Path(place) in (ROOT, ROOT / "src")]


def test_the_readmes_use_it_works_line_by_line(machine):
    lines = use_it("README.md", "Use it")
    folder = machine.home / "work"
    folder.mkdir()
    papers.make("complaint.xlsx", machine.home / "forms", 1)

    assert "pip install ." == lines[0]  # the fixture did this, from the wheel
    for line in lines[1:]:
        if line.split()[:2] == ["formflow", "run"]:
            _watch(machine, line, folder)
            continue
        done = machine.shell(f"{line} && pwd > {machine.home}/pwd", folder)

        assert 0 == done.returncode, f"{line}\n{done.stdout}{done.stderr}"
        folder = Path((machine.home / "pwd").read_text().strip())
        if line.startswith("formflow process"):
            assert "TS-" in done.stdout, done.stdout
    assert (folder / "office.zip").stat().st_size > 0
    assert (folder / "新客户开发申请表.docx").is_file()
    assert "TS-" in machine.shell("formflow register list", folder).stdout


def _watch(machine: Machine, line: str, folder: Path) -> None:
    """`formflow run`: takes a form that is dropped, and ends when it is told to."""
    paper = papers.make("complaint.xlsx", machine.home / "others", 2)
    log = machine.home / "run.log"
    with log.open("w") as out:
        process = subprocess.Popen(line.split(), cwd=folder, env=machine.env(), stdout=out, stderr=out)
    try:
        _wait("watching", log, process)
        shutil.copyfile(paper, folder / "inbox" / paper.name)
        _wait("TS-", log, process)
        process.send_signal(signal.SIGTERM)
        assert 0 == process.wait(timeout=30), log.read_text()
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def _wait(said: str, log: Path, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while said not in log.read_text():
        assert process.poll() is None and time.monotonic() < until, log.read_text()
        time.sleep(0.05)


def test_both_readmes_give_the_same_commands():
    assert use_it("README.md", "Use it") == use_it("README.zh-CN.md", "使用")


@pytest.mark.parametrize("missing", ["formflow.toml", "inbox/README.md", "templates"])
def test_init_names_the_file_that_an_installation_lacks(machine, tmp_path, missing):
    (package,) = machine.bin.parent.glob("lib/python*/site-packages/formflow")
    lost = package / "workspace" / missing
    lost.rename(tmp_path / "aside")
    try:
        done = machine.shell("formflow init office", tmp_path)
    finally:
        (tmp_path / "aside").rename(lost)

    assert (3, False) == (done.returncode, (tmp_path / "office").exists())
    assert f"workspace/{missing}" in done.stderr
