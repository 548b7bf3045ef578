"""Writes the font that fillable PDF blanks embed: `python tools/make_form_font.py FONT.ttc [FOLDER]`.

FONT is Noto Sans CJK (SIL Open Font License 1.1; Debian package fonts-noto-cjk, NotoSansCJK-Regular.ttc), of which
the Simplified Chinese face is taken: GB 2312 whole and the characters below. Needs fonttools, which formflow itself
does not. The outlines are kept as a CID-keyed CFF whose character ids are Unicode code points, deflated as a PDF
holds it, so that nothing is left to do when a blank is made; beside it lie the characters and their widths.
"""

from __future__ import annotations

import gzip
import io
import json
import sys
import zlib
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

NAME = "form-font"
# Characters of names, units and signs that GB 2312 lacks.
MORE = (
    "玥祎喆珺玙琎赟翀昇堃镕頔旻晗铭甯邨筠祺瑄璟珩瑀珣琛琰玮炜翊昀昕珅骉淏禤仝亓侃丕璘璠"
    "瑨瓒翃翯翾耿昉晞暐暻曈煊熠燚燊犇祐禛穠竑筱筼缦菡萁蓥蕤薏訚誩谞赪踣逄郗郜鄞釔钊钋钰铖锃镡镠闫闰韡頫颋颎颙飏骎骕骢鬯鲲鲸鹍麒麟黟鼐龑龢"
    "·•–—…‘’“”℃㎡㎥²³¥€№√×÷±≤≥≠～〇○●□■☐☑☒✓①②③④⑤⑥⑦⑧⑨⑩"
)


def characters() -> list[str]:
    """ASCII, GB 2312 without its kana, Greek, Cyrillic and box drawing, and the characters above."""
    wanted = {*map(chr, range(0x20, 0x7F)), *MORE}
    for high in (*range(0xA1, 0xA4), *range(0xB0, 0xF8)):
        for low in range(0xA1, 0xFF):
            try:
                wanted.add(bytes((high, low)).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    return sorted(wanted)


def keyed_by_code_point(font: TTFont) -> tuple[bytes, dict[str, int]]:
    """The CFF table with code points for character ids, and the width of every character."""
    names, metrics = font.getBestCmap(), font["hmtx"].metrics
    code_of: dict[str, int] = {}
    for code, name in sorted(names.items()):
        code_of.setdefault(name, code)
    widths = {chr(code): metrics[name][0] for name, code in code_of.items()}
    table = font["CFF "]
    top = table.cff.topDictIndex[0]
    outlines = top.CharStrings
    new = {name: ".notdef" if name == ".notdef" else f"cid{code_of[name]:05d}" for name in top.charset}
    top.charset = [new[name] for name in top.charset]
    outlines.charStrings = {new[name]: at for name, at in outlines.charStrings.items()}
    top.ROS = ("Adobe", "Identity", 0)
    top.CIDCount = 0x10000
    font.setGlyphOrder(top.charset)
    return table.compile(font), widths


def main(source: Path, folder: Path) -> None:
    face = next(f for f in TTCollection(source).fonts if f["name"].getDebugName(6) == "NotoSansCJKsc-Regular")
    options = subset.Options(hinting=False, layout_features=[], notdef_outline=True, glyph_names=False)
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(characters()))
    cutter.subset(face)
    whole = io.BytesIO()
    face.save(whole)
    outlines, widths = keyed_by_code_point(TTFont(io.BytesIO(whole.getvalue())))
    (folder / f"{NAME}.cff.z").write_bytes(zlib.compress(outlines, 9))
    narrow = {character: width for character, width in widths.items() if width != 1000}
    told = {"characters": "".join(sorted(widths)), "widths": narrow}
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    (folder / f"{NAME}.json.gz").write_bytes(gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0))
    print(f"{len(widths)} characters, {len(outlines)} bytes of outlines")


if __name__ == "__main__":
    here = Path(__file__).parent.parent / "src" / "formflow" / "documents" / "fonts"
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else here)
