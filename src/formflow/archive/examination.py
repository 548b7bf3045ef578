"""The four properties of electronic records, examined: 真实性, 完整性, 可用性, 安全性.

Each check says what it looked at and how many; what was not looked at says so, with the reason. A check that
formflow cannot make (viruses, signatures, carriers) stands in the report as not checked: a clerk adds its result.

Source:
    DA/T 70—2018 文书类电子档案检测一般要求, 附录 A: the checks on 归档 and their numbers in groups 1 to 4.
"""

from __future__ import annotations

import stat
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from formflow.archive.contents import Look, look_through
from formflow.archive.verify import verify_archive
from formflow.forms.spec import Form
from formflow.store.report import Report
from formflow.store.store import Store

PASSED, FAILED, NOT_CHECKED = "passed", "failed", "not-checked"

NATURES: Mapping[str, tuple[str, str]] = {
    "authenticity": ("真实性", "Authenticity"),
    "integrity": ("完整性", "Integrity"),
    "usability": ("可用性", "Usability"),
    "security": ("安全性", "Security"),
}
RESULTS: Mapping[str, tuple[str, str]] = {
    PASSED: ("通过", "passed"),
    FAILED: ("不通过", "failed"),
    NOT_CHECKED: ("未检测", "not checked"),
}
_SHOWN = 5
"""Places named for a check that fails."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One line of the report.

    Attributes:
        nature: A key of `NATURES`.
        name, told: Chinese and English.
        result: `passed`, `failed` or `not-checked`.
        counted: How many things were looked at.
    """

    nature: str
    id: str
    name: tuple[str, str]
    result: str
    told: tuple[str, str] = ("", "")
    counted: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """The report.

    Attributes:
        scope: `XKH-2026`, or empty for the whole archive.
        reports: The verifications of register and archive that it rests on.
    """

    at: datetime
    scope: str
    entries: int
    checks: tuple[Check, ...]
    reports: tuple[Report, ...] = ()

    @property
    def ok(self) -> bool:
        """Nothing failed; what was not checked is no failure."""
        return all(check.result != FAILED for check in self.checks)

    def as_json(self) -> dict[str, Any]:
        return {
            "at": self.at.isoformat(),
            "scope": self.scope,
            "entries": self.entries,
            "ok": self.ok,
            "checks": [
                {
                    "nature": check.nature,
                    "id": check.id,
                    "name": {"zh": check.name[0], "en": check.name[1]},
                    "result": check.result,
                    "counted": check.counted,
                    "detail": {"zh": check.told[0], "en": check.told[1]},
                }
                for check in self.checks
            ],
            "problems": [
                {"code": p.code, "subject": p.subject, "zh": p.message, "en": p.english}
                for report in self.reports
                for p in report.problems
            ],
        }


def examine(
    root: Path,
    store: Store,
    forms: Mapping[str, Form],
    *,
    at: datetime,
    series: str | None = None,
    year: int | None = None,
) -> Examination:
    """Examine the archive, or the books of a series or year.

    Args:
        root: The archive's folder.
        at: The moment printed on the report.
    """
    register = store.register.verify(series, year)
    archive = verify_archive(root, store, series=series, year=year)
    look = look_through(root, store.register.all(series, year), forms)
    codes = Counter(problem.code for report in (register, archive) for problem in report.problems)
    scope = "-".join(filter(None, (series, str(year or ""))))
    checks = (*_authenticity(register, archive, codes, look), *_integrity(codes, look))
    checks += (*_usability(codes, look), *_security(root))
    return Examination(at=at, scope=scope, entries=look.entries, checks=checks, reports=(register, archive))


def _authenticity(register: Report, archive: Report, codes: Mapping[str, int], look: Look) -> Iterable[Check]:
    chained = [code for code in codes if not code.startswith("bag-") and code not in ("gap", "book-last")]
    yield _counted(
        "authenticity",
        "chain",
        ("固化信息有效性：登记与审计链", "Fixity of the register and its audit chain"),
        register.checked,
        sum(codes[code] for code in chained),
        _places(register, chained),
    )
    yield _counted(
        "authenticity",
        "seal",
        ("归档信息包真实性：封签与制作时一致", "Packages are those that were sealed"),
        look.bags,
        codes.get("bag-changed", 0),
        _places(archive, ["bag-changed"]),
    )
    yield _counted(
        "authenticity",
        "original",
        ("内容数据真实性：原件摘要与登记一致", "Originals have the digest that was registered"),
        look.bags,
        codes.get("bag-original", 0),
        _places(archive, ["bag-original"]),
    )
    yield _counted(
        "authenticity",
        "metadata",
        ("元数据准确性：record.json 与登记一致", "Metadata agree with the register"),
        look.bags,
        codes.get("bag-record", 0),
        _places(archive, ["bag-record"]),
    )
    yield _seen(
        look,
        "authenticity",
        "identity",
        ("元数据与内容的关联：包的标识即登记号", "Packages name their entry"),
    )
    yield Check(
        nature="authenticity",
        id="signature",
        name=("电子签名有效性", "Digital signatures"),
        result=NOT_CHECKED,
        told=("formflow 不验证文件内的电子签名", "formflow does not verify digital signatures inside files"),
    )


def _integrity(codes: Mapping[str, int], look: Look) -> Iterable[Check]:
    missing = codes.get("bag-lost", 0) + codes.get("bag-without-entry", 0)
    yield _counted(
        "integrity",
        "count",
        ("总件数相符性：登记与归档包一一对应", "Entries and packages correspond one to one"),
        look.entries,
        missing + max(look.entries - look.bags - codes.get("bag-lost", 0), 0),
        (f"登记 {look.entries} 件，归档包 {look.bags} 个", f"{look.entries} entries, {look.bags} packages"),
    )
    yield _counted(
        "integrity",
        "continuity",
        ("件号连续性：各登记簿自 1 起无缺号", "Serials run from 1 without a gap"),
        look.entries,
        codes.get("gap", 0) + codes.get("book-last", 0),
        ("", ""),
    )
    yield _counted(
        "integrity",
        "content",
        ("内容数据完整性：清单所列文件齐全未变", "Every file of the manifests is there, unchanged"),
        look.bags,
        codes.get("bag-damaged", 0),
        ("", ""),
    )
    yield _seen(look, "integrity", "required", ("元数据必填著录项目齐全", "Required metadata are there"))
    yield _seen(
        look, "integrity", "package", ("归档信息包著录完整（bag-info）", "Packages are described (bag-info)")
    )


def _usability(codes: Mapping[str, int], look: Look) -> Iterable[Check]:
    yield _seen(look, "usability", "record", ("元数据可读性：record.json 可解析", "Metadata can be parsed"))
    yield _seen(
        look,
        "usability",
        "readable",
        ("内容数据可读性：原件格式可识别、未加密", "Originals are of a known kind, not encrypted"),
    )
    made, missing = look.renditions, look.bags - look.renditions
    yield Check(
        nature="usability",
        id="format",
        name=("长期保存格式（PDF/A-2b）", "Long-term format (PDF/A-2b)"),
        result=NOT_CHECKED if missing or not made else PASSED,
        told=(
            f"{made} 件有 PDF/A 副本" + (f"，{missing} 件没有，未检测" if missing else ""),
            f"{made} with a PDF/A rendition" + (f", {missing} without, not checked" if missing else ""),
        ),
        counted=made,
    )
    yield _counted(
        "usability",
        "package",
        ("归档信息包可用性：符合 BagIt（RFC 8493）", "Packages are BagIt bags (RFC 8493)"),
        look.bags,
        codes.get("bag-damaged", 0),
        ("", ""),
    )
    yield Check(
        nature="usability",
        id="rendering",
        name=("内容逐页显示", "Rendering of every page"),
        result=NOT_CHECKED,
        told=("须由人抽查", "to be sampled by a person"),
    )


def _security(root: Path) -> Iterable[Check]:
    open_to_all = root.is_dir() and bool(root.stat().st_mode & stat.S_IWOTH)
    yield _counted(
        "security",
        "process",
        ("归档文件夹不是人人可写", "The archive is not writable by everybody"),
        1 if root.is_dir() else 0,
        int(open_to_all),
        (str(root.name) if open_to_all else "", str(root.name) if open_to_all else ""),
    )
    for id, name, told in (
        (
            "virus",
            ("病毒与恶意代码", "Viruses"),
            ("请用防病毒软件检测", "to be checked with antivirus software"),
        ),
        ("carrier", ("载体安全性", "Carriers"), ("离线载体须另行检测", "offline carriers are checked apart")),
    ):
        yield Check(nature="security", id=id, name=name, result=NOT_CHECKED, told=told)


def _seen(look: Look, nature: str, id: str, name: tuple[str, str]) -> Check:
    key = "package" if (nature, id) == ("integrity", "package") else id
    faults = look.faults.get(key, [])
    named = "、".join(faults[:_SHOWN]) + ("…" if len(faults) > _SHOWN else "")
    return _counted(nature, id, name, look.bags, len(faults), (named, named))


def _counted(
    nature: str, id: str, name: tuple[str, str], counted: int, failed: int, told: tuple[str, str]
) -> Check:
    """A check over `counted` things of which so many failed; over none it was not made."""
    if not counted and not failed:
        return Check(
            nature=nature,
            id=id,
            name=name,
            result=NOT_CHECKED,
            told=("没有可检测的内容", "there was nothing to check"),
        )
    base = (f"检测 {counted} 件", f"{counted} checked")
    if failed:
        base = (f"{base[0]}，{failed} 处不符", f"{base[1]}, {failed} wrong")
    chinese = f"{base[0]}：{told[0]}" if told[0] else base[0]
    english = f"{base[1]}: {told[1]}" if told[1] else base[1]
    return Check(
        nature=nature,
        id=id,
        name=name,
        result=FAILED if failed else PASSED,
        told=(chinese, english),
        counted=counted,
    )


def _places(report: Report, codes: Iterable[str]) -> tuple[str, str]:
    wanted = set(codes)
    found = list(dict.fromkeys(p.subject for p in report.problems if p.code in wanted))
    named = "、".join(found[:_SHOWN]) + ("…" if len(found) > _SHOWN else "")
    return named, named
