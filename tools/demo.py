"""`make demo`: a fresh workspace, eight sample forms, and what comes out of them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DEMO = ROOT / "demo"
PROGRAM = Path(sys.executable).with_name("formflow")
"""The command as it was installed."""
RECEIVED = "2026-03-20"
"""The samples are filled in for this day; as late entries (补登) their outcomes stay the same for ever."""

HISTORY = """客户名称,统一社会信用代码,交易日期,金额,类型
茂名瑞丰石化产品经营部,,2022-11-16,48000.00,销售
佛山市顺德区恒泰塑胶制品有限公司,,2026-02-26,118000.00,销售
柳州博雅汽车配件有限公司,,2025-11-08,0.00,样品
"""


def formflow(*arguments: str) -> None:
    """Run the command as a person would, and go on where some forms go back (exit 4)."""
    command = [str(PROGRAM), "--workspace", str(DEMO), *arguments]
    print(f"\n$ formflow {' '.join(arguments)}", flush=True)
    done = subprocess.run(command, check=False)  # noqa: S603 - our own program
    if done.returncode not in (0, 4):
        raise SystemExit(done.returncode)


def main() -> None:
    if (DEMO / "formflow.toml").exists():
        shutil.rmtree(DEMO)
    print(f"$ formflow init {DEMO.name}", flush=True)
    subprocess.run([str(PROGRAM), "init", str(DEMO)], check=True)  # noqa: S603
    for sample in sorted((ROOT / "samples").iterdir()):
        if sample.suffix in {".docx", ".xlsx", ".csv", ".pdf"}:
            shutil.copy(sample, DEMO / "inbox" / sample.name)
    history = DEMO / "history.csv"
    history.write_text(HISTORY, encoding="utf-8")
    formflow("history", "import", str(history))
    formflow("process", str(DEMO / "inbox"), "--received", RECEIVED)
    formflow("register", "list")
    formflow("register", "verify")
    formflow("archive", "verify")
    print("\nDocuments, one bag per entry / 每件一份归档包：")
    for document in sorted(DEMO.glob("archive/*/*/*/data/documents/*.docx")):
        print("  ", document.relative_to(ROOT))
    print("Notices for forms that go back / 补正通知书：")
    for notice in sorted((DEMO / "returned").glob("*.docx")):
        print("  ", notice.relative_to(ROOT))


if __name__ == "__main__":
    main()
