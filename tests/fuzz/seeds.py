"""The whole files that are damaged: generated samples, and PDFs made here with their streams open to mutation."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from random import Random

import pikepdf
from tests.samples.generate import generate

NAME = pikepdf.Name


def seeds(seed: int, more: Path | None) -> list[tuple[str, bytes]]:
    """Files as (name, bytes); `more` is a folder whose files are damaged as well."""
    found = [(f"form-{number}.pdf", page) for number, page in enumerate(_pdfs(Random(seed)))]
    with tempfile.TemporaryDirectory() as folder:
        generate(Path(folder), seed, 18, ["docx", "xlsx", "csv"])
        found += [
            (path.name, path.read_bytes())
            for path in sorted(Path(folder).iterdir())
            if path.suffix in (".docx", ".xlsx", ".csv")
        ]
    if more is not None:
        found += [(path.name, path.read_bytes()) for path in sorted(more.rglob("*")) if _is_fit(path)]
    return found


def _is_fit(path: Path) -> bool:
    return path.is_file() and 0 < path.stat().st_size < 400_000 and path.suffix != ".jsonl"


def _pdfs(rng: Random) -> list[bytes]:
    """Ruled tables, fields and nested forms; each in plain (QDF) and in packed writing."""
    document = pikepdf.new()
    font = document.make_indirect(
        pikepdf.Dictionary(Type=NAME.Font, Subtype=NAME.Type1, BaseFont=NAME.Helvetica)
    )
    inner = document.make_stream(b"BT /F 9 Tf 60 310 Td (inner form) Tj ET 50 300 200 20 re S")
    inner.Type, inner.Subtype, inner.BBox = NAME.XObject, NAME.Form, pikepdf.Array([0, 0, 400, 400])
    inner.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font), XObject=pikepdf.Dictionary(I=inner))
    fields = []
    for number in range(3):
        page = document.add_blank_page(page_size=(400, 400))
        page.Resources = pikepdf.Dictionary(
            Font=pikepdf.Dictionary(F=font), XObject=pikepdf.Dictionary(I=inner)
        )
        page.Contents = document.make_stream(_content(rng))
        page.Annots = pikepdf.Array()
        for field, kind in enumerate((NAME.Tx, NAME.Btn, NAME.Ch)):
            widget = document.make_indirect(
                pikepdf.Dictionary(
                    Type=NAME.Annot,
                    Subtype=NAME.Widget,
                    T=f"f{number}{field}",
                    FT=kind,
                    Rect=pikepdf.Array([100, 300 - 20 * field, 200, 315 - 20 * field]),
                    V=NAME.Yes if kind == NAME.Btn else "2026-03-05",
                    AS=NAME.Yes,
                    Opt=pikepdf.Array(["a", pikepdf.Array(["b", "c"])]),
                )
            )
            page.Annots.append(widget)
            fields.append(widget)
    document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(fields))
    made = []
    for saving in ({"qdf": True}, {"object_stream_mode": pikepdf.ObjectStreamMode.generate}):
        buffer = io.BytesIO()
        document.save(buffer, **saving)
        made.append(buffer.getvalue())
    return made


def _content(rng: Random) -> bytes:
    rows, columns = rng.randint(2, 6), rng.randint(2, 4)
    bottom, right = 350 - 30 * rows, 50 + 80 * columns
    drawn = [f"50 {350 - 30 * row} m {right} {350 - 30 * row} l S" for row in range(rows + 1)]
    drawn += [f"{50 + 80 * column} 350 m {50 + 80 * column} {bottom} l S" for column in range(columns + 1)]
    drawn += [
        f"BT /F 9 Tf 1 0 0 1 {55 + 80 * column} {335 - 30 * row} Tm (Cell {row}.{column}) Tj ET"
        for row in range(rows)
        for column in range(columns)
    ]
    return ("\n".join(drawn) + "\nq 1 0 0 1 0 0 cm /I Do Q\n").encode()
