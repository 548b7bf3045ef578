"""What every command prints with `--json`, in a small workspace whose clock stands still."""

from __future__ import annotations

import contextlib
import io
import itertools
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from datetime import datetime, tzinfo
from pathlib import Path
from unittest.mock import patch

from tests.support import papers

from formflow.cli.main import run
from formflow.pipeline.context import open_store
from formflow.settings import load_settings
from formflow.store.originals import SubmissionState

JSON = Path(__file__).parent / "json"

NOW = datetime.fromisoformat("2026-03-05T09:30:00+08:00")

TEXTS = {
    "waiting.csv": "客户投诉记录,,,\n投诉日期,2026-13-03,客户名称,佛山市宏达化工有限公司\n"
    "产品名称,树脂,记录人,李明\n投诉类别,质童,投诉内容,到货延误\n",
    "second.csv": "客户投诉记录,,,\n投诉日期,2026-13-04,客户名称,广州市利丰塑料有限公司\n"
    "产品名称,基础油,记录人,李明\n投诉类别,质量,投诉内容,少一件\n",
    "third.csv": "客户投诉记录,,,\n投诉日期,2026-13-04,客户名称,中山市泰利涂料有限公司\n"
    "产品名称,基础油,记录人,王芳\n投诉类别,质量,投诉内容,漏一桶\n",
    "returned.csv": "客户投诉记录,,,\n投诉日期,2026-03-04,客户名称,\n产品名称,基础油,记录人,王芳\n"
    "投诉类别,质量,投诉内容,漏一桶\n",
    "empty.csv": "客户投诉记录,,,\n投诉日期,,客户名称,\n产品名称,,记录人,\n投诉类别,□质量 □交货,投诉内容,\n",
    "letter.csv": "各位同事：\n明天开会。\n",
    "unclaimed.csv": "客户投诉记录,,,\n投诉日期,2026-03-03,客户名称,珠海市瑞祥化工有限公司\n"
    "产品名称,树脂,记录人,李明\n投诉类别,质量,投诉内容,到货延误\n备用电话,0757-81234567,,\n",
    "plan.csv": "业务去向表,,,,,\n日期,2026年3月5日,姓名,李明,,\n访问客户,地点,时间,拜访目的,洽谈内容,如何进行\n"
    "甲公司,佛山,上午,催款,货款,面谈\n乙公司,广州,下午,送样,试样,面谈\n",
    "trades.csv": "客户名称,日期,金额\n甲公司,2026-01-05,100\n乙公司,2026-02-30,9\n",
    "later.csv": "客户名称,日期,金额\n丙公司,2026-02-05,100\n",
}

CALLS: tuple[tuple[str, str, str], ...] = (
    ("init", "init {tmp}/other", "en"),
    ("check", "check", "en"),
    ("doctor", "doctor", "en"),
    ("extract", "extract {complaint} {customer} {tmp}/plan.csv {tmp}/waiting.csv {tmp}/letter.csv", "en"),
    ("extract-zh", "extract {tmp}/waiting.csv {tmp}/damaged.docx", "zh"),
    ("extract-unclaimed", "extract --unclaimed {tmp}/unclaimed.csv", "en"),
    ("extract-container", "extract {tmp}/several.zip", "en"),
    ("process", "process {complaint} {customer} {tmp}/plan.csv {tmp}/waiting.csv {tmp}/second.csv", "en"),
    ("process-zh", "process {tmp}/third.csv {tmp}/returned.csv {tmp}/damaged.docx", "zh"),
    ("process-again", "process {complaint} {tmp}/letter.csv {tmp}/empty.csv", "en"),
    ("process-container", "process {tmp}/several.zip", "en"),
    ("process-claimed", "process {other} --received 2026-03-02", "en"),
    ("review-list", "review list --returned", "en"),
    ("review-list-zh", "review list --form complaint", "zh"),
    ("review-show", "review show {waiting}", "en"),
    ("review-show-file", "review show {letter}", "en"),
    ("reread", "reread {waiting}", "en"),
    ("review-set", "review set {waiting} category 质量 --by 李明 --why 电话核实", "en"),
    ("review-set-label", "review set {waiting} product 树脂 --label 货品 --by 李明", "en"),
    ("review-show-corrected", "review show {waiting}", "zh"),
    ("review-accept", "review accept {waiting} --by 李明", "en"),
    ("review-set-registers", "review set {waiting} received_on 2026-03-03 --by 李明", "en"),
    ("review-set-form", "review set {letter} form complaint", "en"),
    ("review-return", "review return {second} --why 缺日期 --by 李明", "zh"),
    ("review-discard", "review discard {third} --by 李明", "en"),
    ("review-discard-file", "review discard {letter} --by 李明", "en"),
    ("review-learn", "review learn complaint product 货物名 --by 李明", "en"),
    ("review-labels", "review labels", "en"),
    ("review-forget", "review forget complaint product 货物名 --by 李明", "en"),
    ("review-list-signed", "review list", "en"),
    ("review-show-signed", "review show {empty}", "en"),
    ("review-accept-signed", "review accept {empty} --by 李明", "en"),
    ("register-list", "register list --limit 3", "en"),
    ("approve", "approve {customer_number} --by 钟国栋 --comment 情况属实", "en"),
    ("return", "return {customer_number} --by 陈强 --comment 缺附件", "en"),
    ("reject", "reject {inner_number} --by 钟国栋 --comment 不符", "en"),
    ("history-import", "history import {tmp}/later.csv --from 2019-01-01 --to 2026-03-04", "zh"),
    ("history-list", "history list", "en"),
    ("register-show", "register show {customer_number}", "en"),
    ("register-show-zh", "register show {other_number}", "zh"),
    ("register-void", "register void {number} --reason 重复 --by 李明", "en"),
    ("register-list-void", "register list --form complaint --text 延误", "zh"),
    ("register-verify", "register verify --originals", "en"),
    ("register-clock", "register clock --reason 已校准 --by 李明", "en"),
    ("register-export", "register export complaint -o {tmp}/r.xlsx", "en"),
    ("archive-render", "archive render --year 1999", "en"),
    ("archive-export", "archive export {number} -o {tmp}/bags", "en"),
    ("archive-export-year", "archive export --year 2026 -o {tmp}/year.zip", "en"),
    ("archive-verify", "archive verify", "en"),
    ("archive-report", "archive verify --report {tmp}/report.json", "zh"),
    ("archive-verify-damaged", "archive verify", "en"),
    ("blank", "blank complaint -o {tmp}/b.docx", "en"),
    ("blank-separator", "blank separator -o {tmp}/s.pdf", "en"),
    ("blank-pdf", "blank complaint -o {tmp}/blank.pdf", "en"),
    ("layout-add", "layout add complaint {tmp}/blank.pdf --name one", "en"),
    ("layout-list", "layout list", "en"),
    ("layout-remove", "layout remove complaint one", "en"),
    ("backup", "backup {tmp}/b.zip", "en"),
    ("restore", "restore {tmp}/b.zip --workspace {tmp}/restored", "en"),
)
"""Name of the expectation, the call, and the language of its messages; in this order, each on what the others left.

`run` and `review crop`, which need a service and a scan, have tests of their own.
"""

_HASH = re.compile(r"\b[0-9a-f]{64}\b|(?<=#)\d+ [0-9a-f]{12,}")
_MACHINE = re.compile(r'("told": )"(?:[^"\\]|\\.)*"|("bytes": )\d+')


class _StandingClock(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:
        return NOW.astimezone(tz)


def told(tmp: Path) -> Iterator[tuple[str, str]]:
    """Every name of `CALLS` with what its call printed, without hashes and what the machine has of its own."""
    office = tmp / "office"
    names = _lay_out(tmp)
    serial = itertools.count(1)
    with (
        patch("formflow.pipeline.context.datetime", _StandingClock),
        patch("formflow.store.originals.new_id", lambda at: f"{at:%Y%m%d-%H%M%S}-{next(serial):010x}"),
    ):
        _run(["init", str(office)])
        _run(["--workspace", str(office), "history", "import", str(tmp / "trades.csv")])
        for name, call, language in CALLS:
            _prepare(name, office, names)
            arguments = [part.format(**names) for part in call.split()]
            printed = _run(["--workspace", str(office), "--lang", language, *arguments, "--json"])
            shown = printed.replace(str(tmp), "TMP")
            if name in ("doctor", "blank", "blank-pdf", "blank-separator"):
                shown = _MACHINE.sub(lambda match: f"{match[1] or match[2]}…", shown)
            yield name, _HASH.sub("HASH", shown)
        record = office / "archive" / names["other_bag"] / "data" / "record.json"
        yield "record", _HASH.sub("HASH", record.read_text(encoding="utf-8"))


def _lay_out(tmp: Path) -> dict[str, str]:
    for name, text in TEXTS.items():
        (tmp / name).write_text(text, encoding="utf-8")
    (tmp / "damaged.docx").write_bytes(b"PK\x03\x04 damaged")
    inner = papers.make("new_customer.docx", tmp / "inner", 5)
    with zipfile.ZipFile(tmp / "several.zip", "w") as container:
        container.write(inner, "表/inner.docx")
        container.write(tmp / "damaged.docx", "damaged.docx")
    made = {
        "complaint": papers.make("complaint.xlsx", tmp, 1),
        "customer": papers.make("new_customer.docx", tmp, 3),
        "other": papers.make("complaint.xlsx", tmp, 2),
    }
    return {"tmp": str(tmp), **{name: str(path) for name, path in made.items()}}


def _prepare(name: str, office: Path, names: dict[str, str]) -> None:
    """What a call needs to know, or to find, of what was done before it."""
    if name == "review-list":
        for line in _lines(office, "review", "list"):
            names[Path(str(line["file"])).stem] = str(line["record"])
        for line in _lines(office, "register", "list"):
            key = {"complaint-0001.xlsx": "number", "complaint-0002.xlsx": "other_number"}
            key |= {"new_customer-0003.docx": "customer_number", "inner.docx": "inner_number"}
            names[key.get(str(line["file"]), "_")] = str(line["number"])
        (bag,) = _lines(office, "register", "show", names["other_number"])[0]["archive"]
        names["other_bag"] = str(bag).removeprefix("archive/")
    if name == "review-list-signed":
        seen = {
            "number": names["number"],
            "code": "FF",
            "pages": ["page 1"],
            "places": [{"label": "负责人", "inked": True, "text": "", "part": "page 1", "seal": ""}],
        }
        with contextlib.closing(open_store(load_settings(office, {}))) as store:
            detail = json.dumps([seen], ensure_ascii=False)
            store.submissions.set_state(
                names["empty"],
                SubmissionState.REVIEW,
                at=NOW,
                error_code="returned-paper",
                error_detail=detail,
            )
    if name == "archive-verify-damaged":
        shutil.rmtree(office / "archive" / names["other_bag"] / "data" / "original")


def _lines(office: Path, *arguments: str) -> list[dict[str, list[str] | str]]:
    printed = _run(["--workspace", str(office), *arguments, "--json"])
    return [json.loads(line) for line in printed.splitlines()]


def _run(arguments: list[str]) -> str:
    """What a command prints to standard output."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        run(arguments)
        out.flush()
    assert isinstance(out.buffer, io.BytesIO)
    return out.buffer.getvalue().decode("utf-8")


def rewrite(tmp: Path) -> None:
    """Write the expectation of every command anew."""
    JSON.mkdir(exist_ok=True)
    for name, text in told(tmp):
        (JSON / f"{name}.jsonl").write_text(text, encoding="utf-8")
