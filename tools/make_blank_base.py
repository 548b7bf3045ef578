"""Writes `src/formflow/documents/blanks/base.docx`, the empty Word file that blanks are made in: its styles, fonts and
protection. The same script gives the same bytes; the file may as well be changed in Word.

Filling in alone is allowed, without a password: Review, Restrict Editing, Stop Protection lifts it.
"""

from __future__ import annotations

import io
from pathlib import Path

from docx import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from formflow.documents.package import read_members, write_members

BASE = Path(__file__).parents[1] / "src" / "formflow" / "documents" / "blanks" / "base.docx"

STYLES = f"""<w:styles {nsdecls("w")}>
<w:docDefaults><w:rPrDefault><w:rPr>
<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体" w:cs="Times New Roman"/>
<w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>
</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:snapToGrid w:val="0"/></w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:basedOn w:val="Normal"/>
<w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>
<w:uiPriority w:val="99"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>
<w:style w:type="character" w:styleId="PlaceholderText"><w:name w:val="Placeholder Text"/>
<w:rPr><w:color w:val="000000"/></w:rPr></w:style></w:styles>"""

SETTINGS = f"""<w:settings {nsdecls("w")}><w:zoom w:percent="100"/>
<w:documentProtection w:edit="forms" w:enforcement="1"/><w:defaultTabStop w:val="420"/>
<w:characterSpacingControl w:val="compressPunctuation"/><w:compat>
<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>"""

# What to set the text in where a face is missing, by what it looks like.
FONTS = f"""<w:fonts {nsdecls("w")}>
<w:font w:name="宋体"><w:altName w:val="SimSun"/><w:charset w:val="86"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>
<w:font w:name="黑体"><w:altName w:val="SimHei"/><w:charset w:val="86"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>
</w:fonts>"""

BODY = f"""<w:document {nsdecls("w", "r", "w14", "wp", "a", "pic")}
xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="w14"><w:body><w:sectPr/></w:body></w:document>"""

CORE = """<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>formflow</dc:creator></cp:coreProperties>"""


def base() -> bytes:
    """The file."""
    document = Document()
    part, package = document.part, document.part.package
    for link in list(part.rels.values()):
        if link.reltype not in (RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.SETTINGS):
            del part.rels[link.rId]
    for link in list(package.rels.values()):
        if link.reltype not in (RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.CORE_PROPERTIES):
            del package.rels[link.rId]
    part.part_related_by(RELATIONSHIP_TYPE.STYLES)._element = parse_xml(STYLES.replace("\n", ""))
    part.part_related_by(RELATIONSHIP_TYPE.SETTINGS)._element = parse_xml(SETTINGS.replace("\n", ""))
    package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES)._element = parse_xml(CORE.replace("\n", " "))
    part._element = parse_xml(BODY.replace("\n", " "))
    name = PackURI("/word/fontTable.xml")
    fonts = Part(name, CONTENT_TYPE.WML_FONT_TABLE, FONTS.replace("\n", "").encode(), package)
    part.relate_to(fonts, RELATIONSHIP_TYPE.FONT_TABLE)
    out = io.BytesIO()
    package.save(out)
    return write_members(read_members(out.getvalue()))


if __name__ == "__main__":
    BASE.write_bytes(base())
    print(BASE)
