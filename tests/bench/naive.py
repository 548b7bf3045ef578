"""What somebody would write in an afternoon: open, read every cell, render one document. No number, no safety.

python naive.py TEMPLATE OUT FILE...
"""

from __future__ import annotations

import sys
from pathlib import Path


def main(template: str, out: str, *files: str) -> None:
    from docx import Document
    from docxtpl import DocxTemplate
    from openpyxl import load_workbook

    for file in files:
        texts = []
        if file.endswith(".docx"):
            document = Document(file)
            texts += [paragraph.text for paragraph in document.paragraphs]
            for table in document.tables:
                texts += [cell.text for row in table.rows for cell in row.cells]
        else:
            for sheet in load_workbook(file).worksheets:
                texts += [
                    str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
                ]
        rendering = DocxTemplate(template)
        rendering.render({f"v{index}": text for index, text in enumerate(texts)} | {"text": "\n".join(texts)})
        rendering.save(str(Path(out) / f"{Path(file).stem}.docx"))


if __name__ == "__main__":
    main(*sys.argv[1:])
