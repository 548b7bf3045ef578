"""`make bench`: speed and memory of `formflow process` beside a naive script, in one run on one machine.

python -m tests.bench [--count 500] [--keep]
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench.memory import Watcher  # noqa: E402
from tests.bench.readers import lines as reader_lines  # noqa: E402
from tests.bench.scans import lines as scan_lines  # noqa: E402
from tests.bench.stages import stages  # noqa: E402
from tests.bench.templates import lines as template_lines  # noqa: E402
from tests.support import papers  # noqa: E402

KINDS = ("new_customer.docx", "complaint.xlsx", "fax_out.docx", "visit_plan.xlsx")
AIM_RATIO = 0.7
AIM_PARENT, AIM_WORKER = 300, 250


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--count", type=int, default=500)
    options.add_argument("--keep", action="store_true", help="leave the workspace behind")
    given = options.parse_args()
    home = Path(tempfile.mkdtemp(prefix="formflow-bench-", dir=ROOT / ".bench" if _writable() else None))
    try:
        forms = papers.make_many(home / "forms", given.count, KINDS)
        used = cpu_of_children()
        naive = time_naive(home, forms)
        cpu_naive = cpu_of_children() - used
        prepare(home, forms)
        used = cpu_of_children()
        ours, memory = time_ours(home)
        cpu_ours = cpu_of_children() - used
        verify(home, len(forms))
        print(f"forms                {len(forms)} mixed docx and xlsx")
        print(f"naive script         {naive:7.2f} s  {1000 * naive / len(forms):6.1f} ms a form")
        print(f"formflow process     {ours:7.2f} s  {1000 * ours / len(forms):6.1f} ms a form")
        print(f"ratio                {ours / naive:7.2f}    aim ≤ {AIM_RATIO}")
        print(f"processor time       {cpu_naive:7.2f} s naive, {cpu_ours:.2f} s formflow (all processes)")
        print(f"forms a minute       {60 * len(forms) / ours:7.0f}    aim ≥ 1000")
        print(f"memory, parent       {memory.parent:7.0f} MB aim ≤ {AIM_PARENT}")
        print(f"memory, worker       {memory.worker:7.0f} MB aim ≤ {AIM_WORKER}")
        print("\n".join(template_lines(home / "documents")))
        print("\n".join(reader_lines(home / "readers")))
        print("\nwhere a form's time goes, each stage alone in one process (ms a form):")
        for stage, seconds in stages(home / "stages", forms[: min(100, len(forms))]):
            print(f"  {stage:<28}{1000 * seconds:7.2f}")
        print(
            "\nscans, formflow beside OCRmyPDF on Tesseract, which makes a searchable PDF and finds no fields:"
        )
        print("\n".join(scan_lines()))
    finally:
        if not given.keep:
            shutil.rmtree(home)


def time_naive(home: Path, forms: list[Path]) -> float:
    """Wall seconds of the naive script over the forms."""
    template, out = home / "template.docx", home / "naive"
    out.mkdir()
    make_template(template)
    script = Path(__file__).with_name("naive.py")
    began = time.perf_counter()
    subprocess.run([sys.executable, str(script), str(template), str(out), *map(str, forms)], check=True)
    return time.perf_counter() - began


def make_template(path: Path) -> None:
    """A template such as an office would write: a heading and a table of twelve values."""
    from docx import Document

    document = Document()
    document.add_heading("审批单", level=1)
    table = document.add_table(rows=12, cols=2)
    table.style = "Table Grid"
    for index, row in enumerate(table.rows):
        row.cells[0].text = f"第{index + 1}项"
        row.cells[1].text = f"{{{{ v{index} }}}}"
    document.add_paragraph("签字：            日期：")
    document.save(str(path))


def prepare(home: Path, forms: list[Path]) -> None:
    """A workspace with the forms in its inbox."""
    run(["init", str(home / "workspace")])
    for form in forms:
        shutil.copy(form, home / "workspace" / "inbox")


def time_ours(home: Path) -> tuple[float, Watcher]:
    """Wall seconds of `formflow process` over the inbox, durable, two workers; and its memory."""
    workspace = home / "workspace"
    command = [sys.executable, "-m", "formflow", "--workspace", str(workspace)]
    environ = {**os.environ, "FORMFLOW_WORKERS": "2"}
    began = time.perf_counter()
    process = subprocess.Popen(
        [*command, "process", str(workspace / "inbox"), "--json"],
        stdout=(home / "out.jsonl").open("w"),
        env=environ,
    )
    memory = Watcher(process.pid)
    process.wait()
    seconds = time.perf_counter() - began
    memory.stop()
    if process.returncode != 0:
        raise SystemExit(f"process left with {process.returncode}")
    return seconds, memory


def verify(home: Path, forms: int) -> None:
    """Every form has its number and its bag."""
    workspace = str(home / "workspace")
    numbered = sum(line.count('"number": "') for line in (home / "out.jsonl").open(encoding="utf-8"))
    if numbered < forms:
        raise SystemExit(f"{numbered} numbers for {forms} forms")
    run(["--workspace", workspace, "register", "verify"])
    run(["--workspace", workspace, "archive", "verify"])


def cpu_of_children() -> float:
    """Processor seconds of every child that has ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run(arguments: list[str]) -> None:
    subprocess.run([sys.executable, "-m", "formflow", *arguments], check=True, capture_output=True)


def _writable() -> bool:
    (ROOT / ".bench").mkdir(exist_ok=True)
    return True


if __name__ == "__main__":
    main()
