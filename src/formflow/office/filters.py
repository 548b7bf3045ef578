"""Which export filter writes which format, by the family of the document."""

from __future__ import annotations

WRITER = frozenset(("doc", "docx", "docm", "wps", "rtf", "odt", "fodt", "txt", "html", "xml"))
CALC = frozenset(("xls", "xlsx", "xlsm", "xlsb", "et", "ods", "fods", "csv"))

_WRITERS = {
    "docx": "MS Word 2007 XML",
    "doc": "MS Word 97",
    "rtf": "Rich Text Format",
    "odt": "writer8",
    "pdf": "writer_pdf_Export",
    "xml": "MS Word 2003 XML",
}
_CALCS = {
    "xlsx": "Calc MS Excel 2007 XML",
    "xls": "MS Excel 97",
    "ods": "calc8",
    "pdf": "calc_pdf_Export",
}

PDF_A_2B = '{"SelectPdfVersion":{"type":"long","value":"2"}}'
"""Options of a PDF export that make it PDF/A-2b."""


def target(suffix: str, to: str, options: str = "") -> str:
    """The argument of `--convert-to`.

    Args:
        suffix: Of the source, without the dot.
        to: Of the result, without the dot.
        options: Options of the export filter, as LibreOffice writes them; empty for none.
    Raises:
        KeyError: There is no way from the one to the other.
    """
    filters = _CALCS if suffix in CALC else _WRITERS if suffix in WRITER else {}
    name = filters[to]
    return f"{to}:{name}:{options}" if options else f"{to}:{name}"
