"""Qualified names of WordprocessingML (ECMA-376 part 1), spelt once so that walking compares strings only."""

from __future__ import annotations

from formflow.readers.packages.ooxml import MC

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741

VAL = W + "val"

# Blocks
BODY = W + "body"
P = W + "p"
PPR = W + "pPr"
TBL = W + "tbl"
TR = W + "tr"
TC = W + "tc"
SDT = W + "sdt"
SDT_PR = W + "sdtPr"
SDT_CONTENT = W + "sdtContent"
SECT_PR = W + "sectPr"
ALTERNATE = MC + "AlternateContent"

# Inline
R = W + "r"
RPR = W + "rPr"
T = W + "t"
TAB = W + "tab"
PTAB = W + "ptab"
BR = W + "br"
CR = W + "cr"
SYM = W + "sym"
NO_BREAK_HYPHEN = W + "noBreakHyphen"
FLD_CHAR = W + "fldChar"
FLD_SIMPLE = W + "fldSimple"
INSTRUCTION = W + "instrText"
DRAWING = W + "drawing"
PICT = W + "pict"
OBJECT = W + "object"
RUBY = W + "ruby"
RUBY_BASE = W + "rubyBase"
TXBX_CONTENT = W + "txbxContent"

# Run properties that decide whether text shows
VANISH = W + "vanish"
STRIKE = W + "strike"
DSTRIKE = W + "dstrike"
UNDERLINE = W + "u"
SIZE = W + "sz"
COLOUR = W + "color"
SHADING = W + "shd"
HIGHLIGHT = W + "highlight"
RUN_STYLE = W + "rStyle"
PARAGRAPH_STYLE = W + "pStyle"
TABLE_STYLE = W + "tblStyle"
TABLE_PR = W + "tblPr"
CELL_PR = W + "tcPr"
RUN_FONTS = W + "rFonts"
ASCII = W + "ascii"
FONTS = (W + "hAnsi", W + "eastAsia", ASCII)
DEL = W + "del"
MOVE_FROM = W + "moveFrom"

# Wrappers whose children stand where they stand
THROUGH = frozenset(
    W + name
    for name in (
        "ins",
        "moveTo",
        "hyperlink",
        "smartTag",
        "customXml",
        "fldSimple",
        "dir",
        "bdo",
        "sdtContent",
    )
)
DELETED = frozenset((DEL, MOVE_FROM))


def is_on(value: str | None) -> bool:
    """A toggle's value: present without a value means on."""
    return value is None or value not in ("0", "false", "off", "none")
