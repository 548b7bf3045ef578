"""python -m tests.scans.measure [FOLDER] [--seed N --count K] [--known] [--degradations a,b] [--detail FILE]
        [--vary rulings.gap_mm=7]

How well pages of pixels are read: makes pages by seed (or takes a FOLDER with a truth.jsonl), reads them as a
worker would, and counts. `--known` registers the empty forms first, as `formflow layout add` does. `--vary` gives a
threshold of recognition another value (see `vary`, which tries all of them on a folder).

`exact` counts short values as the contract writes them, blanks ignored; `accepted` those that no person is asked
about, `precision` how many of them are right, `silent` how many of them are not. A signature that is ink and no
name is right on a fax where a person is asked: black and white do not tell it from a seal. Unasked it is `silent`.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import tempfile
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from formflow.forms.load import load_forms
from formflow.model import Finding, Severity
from formflow.settings import Settings

from .vary import value_of, vary

LONG = {"development", "evaluation", "support_needed", "description", "demand", "cause", "action"}
_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Read:
    """What came of one record: its values, those that no person is asked about, how sure each is, and what is asked."""

    form: str
    values: dict[str, Any]
    accepted: frozenset[str]
    sure: dict[str, float]
    asked: frozenset[str] = frozenset()


# --- Reading, in a process that holds the models ------------------------------------------------


@lru_cache(maxsize=1)
def _worker_context(layouts: str, threads: int) -> Any:
    from formflow.pipeline.jobs.worker_context import WorkerContext
    from formflow.recognition.engine import Recogniser

    settings = Settings(workspace=_ROOT)
    worker_context = WorkerContext(settings)
    worker_context.__dict__["recogniser"] = Recogniser(threads=threads)
    from formflow.recognition.layouts.files import load_layouts

    worker_context.__dict__["layouts"] = load_layouts(Path(layouts)) if layouts else []
    return worker_context


def read_file(path: Path, layouts: str = "", threads: int = 1) -> list[Read]:
    """The records of a file, as a worker reads it with the pages recognised."""
    return read_pages(path, layouts, threads)[0]


def read_pages(path: Path, layouts: str = "", threads: int = 1) -> tuple[list[Read], dict[int, Any]]:
    """The records of a file as `read_file` gives them, and its recognised pages."""
    from formflow.extraction.extract import extract
    from formflow.forms.schema import validate
    from formflow.readers.read import read
    from formflow.readers.scanned import NeedsRecognition
    from formflow.recognition.page import recognise_file_page

    worker_context, pages = _worker_context(layouts, threads), dict[int, Any]()
    try:
        document = read(path, name=path.name, limits=worker_context.limits)
    except NeedsRecognition as needed:
        data = path.read_bytes()
        pages = {
            number: recognise_file_page(
                data, number, worker_context.recogniser, worker_context.layouts, worker_context.issued
            )
            for number in needed.pages
        }
        document = read(path, name=path.name, limits=worker_context.limits, pages=pages)
    found = []
    for candidate in extract(document, worker_context.known):
        record, findings = validate(candidate, worker_context.forms[candidate.form])
        values, asked = _flat(dict(record.values)), _asked(findings)
        sure = {id: reading.confidence for id, reading in record.sources.items()}
        accepted = frozenset(id for id in values if not {"", id, id.partition("/")[0]} & asked)
        found.append(Read(record.form, values, accepted, sure, frozenset(asked)))
    return found, pages


def _flat(values: dict[str, Any]) -> dict[str, Any]:
    """The values with those of the form's own table as `rows/0/customer`."""
    rows = values.pop("rows", None) or []
    return {**values, **{f"rows/{n}/{id}": value for n, row in enumerate(rows) for id, value in row.items()}}


def _asked(findings: Iterable[Finding]) -> set[str]:
    """What a person is asked about: fields, `rows/0/customer` in the form's own table, nothing for the whole."""
    return {
        finding.cell.replace(".", "/") if finding.cell else finding.field or ""
        for finding in findings
        if finding.severity is Severity.RETURN
    }


# --- Counting ----------------------------------------------------------------------------------


def normal(value: Any) -> Any:
    """A value without blanks and width, which pixels do not tell."""
    if isinstance(value, str):
        return "".join(unicodedata.normalize("NFKC", value).split()).replace("—", "-").replace("–", "-")
    if isinstance(value, dict):
        return {key: normal(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return sorted(map(str, value))
    return value


def is_ink_alone(value: Any) -> bool:
    """Whether a true value is a signature of which nothing but its ink is seen."""
    return isinstance(value, dict) and bool(value.get("present")) and value.get("name") is None


def _alike(truth: dict[str, Any], read: Read) -> int:
    return sum(
        1 for id, value in truth.items() if id in read.values and normal(value) == normal(read.values[id])
    )


def aligned(
    truth: Sequence[tuple[str, dict[str, Any]]], read: Sequence[Read]
) -> Iterator[tuple[int, Read | None]]:
    """Each true record's number with what was read of it, in order; None where it was not found."""
    if len(truth) == len(read):
        yield from enumerate(read)
        return
    n, m = len(truth), len(read)
    best = [[0] * (m + 1) for _ in range(n + 1)]
    likeness = [[_alike(values, one) for one in read] for _, values in truth]
    for i in range(n - 1, -1, -1):
        for j in range(m - 1, -1, -1):
            pair = best[i + 1][j + 1] + likeness[i][j] if likeness[i][j] > 1 else 0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], pair)
    i = j = 0
    while i < n:
        if j < m and likeness[i][j] > 1 and best[i][j] == best[i + 1][j + 1] + likeness[i][j]:
            yield i, read[j]
            i, j = i + 1, j + 1
        elif j < m and best[i][j] == best[i][j + 1]:
            j += 1
        else:
            yield i, None
            i += 1


def count(sample: dict[str, Any], read: Sequence[Read]) -> tuple[Counter[str], list[dict[str, Any]]]:
    """What one file adds to the sums, and every value that is not as it should be."""
    truth = [(record["form"], _flat(dict(record["values"]))) for record in sample["records"]]
    head = set(sample.get("head", ()))
    by_fax = sample.get("degradation", "").startswith("fax")
    sums: Counter[str] = Counter(files=1, records=len(truth), extra=max(0, len(read) - len(truth)))
    told = []
    for number, one in aligned(truth, read):
        form, values = truth[number]
        got = one.values if one is not None and one.form == form else {}
        accepted = one.accepted if one is not None and one.form == form else frozenset()
        sums["found"] += bool(got)
        for id in [*values, *(id for id in got if id not in values)]:
            if id in LONG or (id in head and number) or (id == "year" and id not in values):
                continue
            there, right = id in got, id in values and id in got and normal(values[id]) == normal(got[id])
            lost = False
            if by_fax and not there and is_ink_alone(values[id]):
                right = one is not None and bool({"", id} & one.asked)
                lost = not right
            sums["fields"] += id in values
            sums["exact"] += right
            sums["wrong"] += there and not right
            sums["accepted"] += id in accepted
            sums["silent"] += lost or (id in accepted and not right)
            if not right or id not in accepted:
                kind = "ok" if right else "wrong" if there else "missing"
                told.append(
                    {
                        "file": sample["file"],
                        "record": number,
                        "field": id,
                        "kind": kind + ("!" if lost or (id in accepted and not right) else ""),
                        "want": values.get(id, "(absent)"),
                        "have": got.get(id, "(absent)"),
                        "sure": one.sure.get(id.split("/")[0]) if one is not None else None,
                    }
                )
    return sums, told


def line(name: str, sums: Counter[str]) -> str:
    """One row of the table."""
    fields, accepted = sums["fields"] or 1, sums["accepted"]
    precision = f"{1 - sums['silent'] / accepted:10.4f}" if accepted else f"{'-':>10}"
    return (
        f"{name:<12}{sums['files']:>6}{sums['records']:>8}{sums['found']:>6}{sums['extra']:>6}{sums['fields']:>7}"
        f"{sums['exact'] / fields:>8.4f}{sums['wrong'] / fields:>8.4f}{accepted / fields:>10.4f}{precision}{sums['silent']:>7}"
    )


HEADER = f"{'':<12}{'files':>6}{'records':>8}{'found':>6}{'extra':>6}{'fields':>7}{'exact':>8}{'wrong':>8}{'accepted':>10}{'precision':>10}{'silent':>7}"


def _job(
    job: tuple[Path, dict[str, Any], str, int],
) -> tuple[dict[str, Any], Counter[str], list[dict[str, Any]]]:
    folder, sample, layouts, threads = job
    sums, told = count(sample, read_file(folder / sample["file"], layouts, threads))
    return sample, sums, told


def register(folder: Path, layouts: Path) -> None:
    """Register every empty form of the folder as `formflow layout add` does."""
    from formflow.recognition.engine import Recogniser
    from formflow.recognition.layouts.files import save_layout
    from formflow.recognition.layouts.register import register_pages

    forms = load_forms(_ROOT / "schemas")
    for path in sorted(folder.glob("*.pdf")):
        form = next(
            (id for id in forms if path.stem.startswith(f"{id}-") and path.stem.count("-") == 1), None
        )
        if form:
            save_layout(
                layouts, form, path.stem, register_pages(path.read_bytes(), form, path.stem, Recogniser)
            )


def _vary_all(varied: Sequence[tuple[str, float]]) -> None:
    for name, value in varied:
        vary(name, value)


def _name_and_value(text: str) -> tuple[str, float]:
    """`rulings.gap_mm=7` as a name and a number."""
    name, _, value = text.partition("=")
    try:
        value_of(name)
        return name, float(value)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def measure(
    folder: Path, layouts: str = "", processes: int = 2, varied: Sequence[tuple[str, float]] = ()
) -> tuple[dict[str, Counter[str]], list[dict[str, Any]]]:
    """The sums by degradation of all scans that a truth.jsonl names, and what was not as it should be.

    Args:
        varied: Thresholds of recognition with the values that they have for this measure.
    """
    lines = (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    samples = [sample for sample in map(json.loads, lines) if sample["format"] == "scan"]
    jobs = [(folder, sample, layouts, 1 if processes > 1 else 2) for sample in samples]
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    details: list[dict[str, Any]] = []
    with multiprocessing.get_context("spawn").Pool(processes, _vary_all, (varied,)) as pool:
        for sample, sums, told in pool.imap(_job, jobs):
            for name in (
                sample["degradation"],
                "all",
                *(() if sample["degradation"] == "hand" else ("all print",)),
            ):
                groups[name].update(sums)
            details += [{"layout": sample["layout"], **one} for one in told]
    return groups, details


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=24)
    parser.add_argument("--degradations", default="")
    parser.add_argument("--known", action="store_true")
    parser.add_argument("--detail", type=Path)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--vary", type=_name_and_value, action="append", default=[])
    given = parser.parse_args()
    from .generate import MANNERS, generate
    from .pairs import FORMS, generate_pairs

    names = given.degradations.split(",") if given.degradations else list(MANNERS)
    with tempfile.TemporaryDirectory() as scratch:
        folder, layouts = given.folder or Path(scratch) / "scans", ""
        if not (folder / "truth.jsonl").exists():
            if given.known:
                generate_pairs(folder, given.seed, given.count // len(FORMS), names)
            else:
                generate(folder, given.seed, given.count, names)
        if given.known:
            layouts = str(Path(scratch) / "layouts")
            register(folder, Path(layouts))
        groups, details = measure(folder, layouts, given.processes, given.vary)
    print(HEADER)
    for name in sorted(groups, key=lambda name: (name.startswith("all"), name)):
        print(line(name, groups[name]))
    if given.detail:
        given.detail.write_text(
            "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in details), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
