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
from formflow.messages import NOTHING, Bilingual, parted, same
from formflow.messages import archive as messages
from formflow.store.report import Report
from formflow.store.store import Store

PASSED, FAILED, NOT_CHECKED = "passed", "failed", "not-checked"

NATURES: Mapping[str, Bilingual] = {
    "authenticity": messages.AUTHENTICITY(),
    "integrity": messages.INTEGRITY(),
    "usability": messages.USABILITY(),
    "security": messages.SECURITY(),
}
RESULTS: Mapping[str, Bilingual] = {
    PASSED: messages.PASSED(),
    FAILED: messages.FAILED(),
    NOT_CHECKED: messages.NOT_CHECKED(),
}
_SHOWN = 5
"""Places named for a check that fails."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One line of the report.

    Attributes:
        nature: A key of `NATURES`.
        name, told: What is checked, and what was found.
        result: `passed`, `failed` or `not-checked`.
        counted: How many things were looked at.
    """

    nature: str
    id: str
    name: Bilingual
    result: str
    told: Bilingual = NOTHING
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
                    "name": {"zh": check.name.chinese, "en": check.name.english},
                    "result": check.result,
                    "counted": check.counted,
                    "detail": {"zh": check.told.chinese, "en": check.told.english},
                }
                for check in self.checks
            ],
            "problems": [
                {"code": p.code, "subject": p.subject, "zh": p.said.chinese, "en": p.said.english}
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
        messages.CHECK_CHAIN(),
        register.checked,
        sum(codes[code] for code in chained),
        _places(register, chained),
    )
    yield _counted(
        "authenticity",
        "seal",
        messages.CHECK_SEALS(),
        look.bags,
        codes.get("bag-changed", 0),
        _places(archive, ["bag-changed"]),
    )
    yield _counted(
        "authenticity",
        "original",
        messages.CHECK_ORIGINALS(),
        look.bags,
        codes.get("bag-original", 0),
        _places(archive, ["bag-original"]),
    )
    yield _counted(
        "authenticity",
        "metadata",
        messages.CHECK_METADATA(),
        look.bags,
        codes.get("bag-record", 0),
        _places(archive, ["bag-record"]),
    )
    yield _seen(look, "authenticity", "identity", messages.CHECK_IDENTITY())
    yield Check(
        nature="authenticity",
        id="signature",
        name=messages.CHECK_SIGNATURES(),
        result=NOT_CHECKED,
        told=messages.SIGNATURES_NOT_VERIFIED(),
    )


def _integrity(codes: Mapping[str, int], look: Look) -> Iterable[Check]:
    missing = codes.get("bag-lost", 0) + codes.get("bag-without-entry", 0)
    yield _counted(
        "integrity",
        "count",
        messages.CHECK_COUNT(),
        look.entries,
        missing + max(look.entries - look.bags - codes.get("bag-lost", 0), 0),
        messages.ENTRIES_AND_PACKAGES(entries=look.entries, bags=look.bags),
    )
    yield _counted(
        "integrity",
        "continuity",
        messages.CHECK_CONTINUITY(),
        look.entries,
        codes.get("gap", 0) + codes.get("book-last", 0),
        NOTHING,
    )
    yield _counted(
        "integrity", "content", messages.CHECK_CONTENT(), look.bags, codes.get("bag-damaged", 0), NOTHING
    )
    yield _seen(look, "integrity", "required", messages.CHECK_REQUIRED())
    yield _seen(look, "integrity", "package", messages.CHECK_DESCRIPTION())


def _usability(codes: Mapping[str, int], look: Look) -> Iterable[Check]:
    yield _seen(look, "usability", "record", messages.CHECK_RECORD())
    yield _seen(look, "usability", "readable", messages.CHECK_READABLE())
    made, missing = look.renditions, look.bags - look.renditions
    yield Check(
        nature="usability",
        id="format",
        name=messages.CHECK_FORMAT(),
        result=NOT_CHECKED if missing or not made else PASSED,
        told=parted(
            [
                messages.RENDITIONS(made=made),
                *([messages.WITHOUT_NOT_CHECKED(missing=missing)] if missing else []),
            ]
        ),
        counted=made,
    )
    yield _counted(
        "usability", "package", messages.CHECK_PACKAGE(), look.bags, codes.get("bag-damaged", 0), NOTHING
    )
    yield Check(
        nature="usability",
        id="rendering",
        name=messages.CHECK_RENDERING(),
        result=NOT_CHECKED,
        told=messages.SAMPLE_BY_HAND(),
    )


def _security(root: Path) -> Iterable[Check]:
    open_to_all = root.is_dir() and bool(root.stat().st_mode & stat.S_IWOTH)
    yield _counted(
        "security",
        "process",
        messages.CHECK_PROCESS(),
        1 if root.is_dir() else 0,
        int(open_to_all),
        same(root.name if open_to_all else ""),
    )
    for id, name, told in (
        (
            "virus",
            messages.CHECK_VIRUSES(),
            messages.USE_ANTIVIRUS(),
        ),
        ("carrier", messages.CHECK_CARRIERS(), messages.CARRIERS_CHECKED_APART()),
    ):
        yield Check(nature="security", id=id, name=name, result=NOT_CHECKED, told=told)


def _seen(look: Look, nature: str, id: str, name: Bilingual) -> Check:
    key = "package" if (nature, id) == ("integrity", "package") else id
    faults = look.faults.get(key, [])
    named = "、".join(faults[:_SHOWN]) + ("…" if len(faults) > _SHOWN else "")
    return _counted(nature, id, name, look.bags, len(faults), same(named))


def _counted(nature: str, id: str, name: Bilingual, counted: int, failed: int, told: Bilingual) -> Check:
    """A check over `counted` things of which so many failed; over none it was not made."""
    if not counted and not failed:
        return Check(nature=nature, id=id, name=name, result=NOT_CHECKED, told=messages.NOTHING_TO_CHECK())
    found = [messages.CHECKED(counted=counted)]
    found += [messages.WRONG(failed=failed)] if failed else []
    base = parted(found)
    return Check(
        nature=nature,
        id=id,
        name=name,
        result=FAILED if failed else PASSED,
        told=messages.COUNTED(counts=base, told=told) if told else base,
        counted=counted,
    )


def _places(report: Report, codes: Iterable[str]) -> Bilingual:
    wanted = set(codes)
    found = list(dict.fromkeys(p.subject for p in report.problems if p.code in wanted))
    named = "、".join(found[:_SHOWN]) + ("…" if len(found) > _SHOWN else "")
    return same(named)
