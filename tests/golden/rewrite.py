"""`make golden`: writes the expected reading of every sample, and the JSON of every command, anew.

Read the diff before you commit it.
"""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.golden import commands

from formflow.extraction.extract import extract
from formflow.extraction.labels.index import Forms
from formflow.forms.load import load_forms
from formflow.forms.schema import validate
from formflow.readers.read import read

ROOT = Path(__file__).resolve().parents[2]
EXPECTED = Path(__file__).parent / "expected"
SAMPLES = sorted(p for p in (ROOT / "samples").iterdir() if p.suffix in {".docx", ".xlsx", ".csv", ".pdf"})


def reading(sample: Path) -> list[dict[str, Any]]:
    """The records of a sample: values, where each was read, and what is wrong."""
    definitions = load_forms(ROOT / "schemas")
    records = []
    for candidate in extract(read(sample), Forms(definitions)):
        record, findings = validate(candidate, definitions[candidate.form])
        records.append(
            {
                "form": record.form,
                "values": dict(record.values),
                "places": {
                    id: f"{found.source.part} {found.source.ref}" for id, found in record.sources.items()
                },
                "findings": [[finding.code, finding.field] for finding in findings],
            }
        )
    return records


def main() -> None:
    EXPECTED.mkdir(exist_ok=True)
    for sample in SAMPLES:
        text = json.dumps(reading(sample), ensure_ascii=False, indent=1, sort_keys=True)
        (EXPECTED / f"{sample.name}.json").write_text(text + "\n", encoding="utf-8")
    with TemporaryDirectory() as folder:
        commands.rewrite(Path(folder))


if __name__ == "__main__":
    main()
