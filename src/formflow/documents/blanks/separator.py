"""The separator page to print: laid between the papers of a batch, it ends the one before it.

A symbol in the middle is found whichever way up the sheet lies; the words above it are for people, and for whoever
reads without symbols.
"""

from __future__ import annotations

import io

from pikepdf import Dictionary, Pdf, Stream, String

from formflow.documents.blanks.face import RESOURCE, font, set_text
from formflow.documents.blanks.pdf import symbol_image
from formflow.forms.layout.blank import A4
from formflow.forms.layout.measure import MM
from formflow.pages.separators import SEPARATOR_CODE

TITLE = "分隔页"
_WORDS, _WORDS_SIZE = "分隔页", 40.0
_NOTE = "放在两份表之间，一起扫描；不登记，可反复使用。"
_SIDE = 60 * MM


def separator_pdf() -> bytes:
    """One page of A4; the same bytes every time."""
    pdf = Pdf.new()
    width, height = A4
    pdf.add_blank_page(page_size=A4)
    page = pdf.pages[-1]
    page.obj["/Resources"] = Dictionary(
        Font=Dictionary({f"/{RESOURCE}": font(pdf)}),
        XObject=Dictionary(QR=pdf.make_indirect(symbol_image(pdf, SEPARATOR_CODE))),
    )
    drawn = [
        set_text([_WORDS], (0, height * 0.7, width, height * 0.8), _WORDS_SIZE, align="centre"),
        set_text([_NOTE], (0, height * 0.2, width, height * 0.25), 10.5, align="centre"),
        f"q {_SIDE:.3f} 0 0 {_SIDE:.3f} {(width - _SIDE) / 2:.3f} {(height - _SIDE) / 2:.3f} cm /QR Do Q",
    ]
    page.obj["/Contents"] = Stream(pdf, "\n".join(drawn).encode("ascii"))
    pdf.Root["/Lang"] = String("zh-CN")
    pdf.docinfo["/Title"] = TITLE
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()
