"""A scan as a PDF that can be searched: the pixels as they came, the recognised text laid invisibly under them.

JPEG and fax data go in without a second compression (`img2pdf`). The text comes from the Document that was
recognised when the file was read, each line where it stands on the paper, crooked or turned as it lies there.
A file made from images is declared PDF/A-2b: it has an output intent, XMP metadata and its one font, which has
no outlines, embedded.

Source:
    ISO 19005-2:2011, 6.2.2, 6.2.11, 6.6; ISO 32000-1:2008, 9.3.6 (text rendering mode 3).
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, String

from formflow.documents.pdf_fonts.invisible import font
from formflow.model import Box, Document, Line, Part

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<xmp:CreateDate>{at}</xmp:CreateDate><xmp:ModifyDate>{at}</xmp:ModifyDate><pdf:Producer>formflow</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def searchable_image(data: bytes, document: Document, *, at: datetime) -> bytes:
    """A PDF/A-2b of an image file, with its recognised text.

    Args:
        data: TIFF, PNG, JPEG or another image, with all its pages.
        document: What was recognised on it.
        at: A fixed moment, timezone-aware, for its metadata.
    Raises:
        ValueError: It is no image that can be set into a PDF.
    """
    import img2pdf  # of the scan extra

    moment = at.astimezone(UTC).replace(microsecond=0)
    parts = _by_page(document)
    sizes = _page_sizes(data)
    try:
        raw = img2pdf.convert(
            _upright(data),
            layout_fun=_Layout(sizes),
            nodate=True,
            producer="formflow",
            rotation=img2pdf.Rotation.none,
        )
    except (img2pdf.ImageOpenError, img2pdf.AlphaChannelError, ValueError, TypeError) as error:
        raise ValueError(f"{type(error).__name__}: {error}") from error
    with Pdf.open(io.BytesIO(raw)) as pdf:
        _lay(pdf, parts)
        pdf.docinfo[Name.CreationDate] = String(f"D:{moment:%Y%m%d%H%M%S}Z")
        pdf.docinfo[Name.ModDate] = String(f"D:{moment:%Y%m%d%H%M%S}Z")
        profile = pdf.make_stream(_srgb(moment), N=3, Alternate=Name.DeviceRGB)
        pdf.Root.OutputIntents = Array(
            [
                Dictionary(
                    Type=Name.OutputIntent,
                    S=Name.GTS_PDFA1,
                    OutputConditionIdentifier=String("sRGB IEC61966-2.1"),
                    Info=String("sRGB IEC61966-2.1"),
                    DestOutputProfile=profile,
                )
            ]
        )
        packet = _XMP.format(at=f"{moment:%Y-%m-%dT%H:%M:%SZ}").encode()
        pdf.Root.Metadata = pdf.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)
        # The identifier that img2pdf gave is of the second it ran in; without it, both parts come from the content.
        if Name.ID in pdf.trailer:
            del pdf.trailer[Name.ID]
        return _saved(pdf)


def searchable_pdf(data: bytes, document: Document) -> bytes:
    """A scanned PDF with its recognised text laid under its pages; what else is in it stays as it is."""
    with Pdf.open(io.BytesIO(data)) as pdf:
        _lay(pdf, {number: part for number, part in _by_page(document).items() if _recognised(part)})
        return _saved(pdf)


def _saved(pdf: Any) -> bytes:
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, fix_metadata_version=False)
    return out.getvalue()


def _recognised(part: Part) -> bool:
    return any(block.source.medium for block in part.blocks)


def _by_page(document: Document) -> dict[int, Part]:
    """Parts by the number of their page, from 0: blank backs have none, and a batch may have been put in order."""
    found = {}
    for part in document.parts:
        number = part.name.removeprefix("page ")
        if number.isdigit():
            found[int(number) - 1] = part
    return found


def _lay(pdf: Any, parts: dict[int, Part]) -> None:
    """Put the parts' text on the pages, invisibly."""
    used = font(pdf)
    for number, page in enumerate(pdf.pages):
        part = parts.get(number)
        if part is None or part.size is None:
            continue
        resources = page.obj.get("/Resources")
        if resources is None:
            resources = page.obj.Resources = Dictionary()
        fonts = resources.get("/Font")
        if fonts is None:
            fonts = resources.Font = Dictionary()
        fonts[Name.FormflowText] = used
        left, bottom, _, top = (float(value) for value in page.mediabox)
        drawing = "\n".join(_drawn(part, left, top if top > bottom else bottom))
        page.contents_add(pdf.make_stream(f"q BT 3 Tr\n{drawing}\nET Q".encode("ascii")), prepend=False)


def _drawn(part: Part, left: float, top: float) -> Iterator[str]:
    """The operators that set a part's lines: each stretched over its own box."""
    back = _inverse(part.frame)
    for text, box in _lines(part):
        letters = "".join(character for character in text if character.isprintable())[:400]
        if not letters.strip():
            continue
        x0, y0 = _mapped(back, box[0], box[3])
        x1, y1 = _mapped(back, box[2], box[3])
        x2, y2 = _mapped(back, box[0], box[1])
        height = max(((x2 - x0) ** 2 + (y2 - y0) ** 2) ** 0.5, 1.0)
        codes = letters.encode("utf-16-be", "ignore").hex().upper()
        # A glyph of the font is half as wide as the font is high.
        natural = 0.5 * height * (len(codes) // 4)
        along_x, along_y = (x1 - x0) / natural, -(y1 - y0) / natural
        up_x, up_y = (x2 - x0) / height, -(y2 - y0) / height
        matrix = (along_x, along_y, up_x, up_y, left + x0, top - y0)
        yield f"/FormflowText {height:.2f} Tf {' '.join(f'{value:.5f}' for value in matrix)} Tm <{codes}> Tj"


def _lines(part: Part) -> Iterator[tuple[str, Box]]:
    for block in part.blocks:
        for place in (block,) if isinstance(block, Line) else block.cells:
            if place.source.box is None or not place.text.strip():
                continue
            left, top, right, bottom = place.source.box
            rows = [row for row in place.text.split("\n") if row.strip()]
            step = (bottom - top) / len(rows)
            for number, row in enumerate(rows):
                yield row.strip(), (left, top + number * step, right, top + (number + 1) * step)


def _inverse(frame: Sequence[float]) -> tuple[float, ...]:
    """The way back of a homography; the identity for an empty one."""
    if len(frame) != 9:
        return (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)
    a, b, c, d, e, f, g, h, i = frame
    return (
        e * i - f * h, c * h - b * i, b * f - c * e,
        f * g - d * i, a * i - c * g, c * d - a * f,
        d * h - e * g, b * g - a * h, a * e - b * d,
    )  # fmt: skip


def _mapped(frame: Sequence[float], x: float, y: float) -> tuple[float, float]:
    weight = frame[6] * x + frame[7] * y + frame[8] or 1e-9
    return (
        (frame[0] * x + frame[1] * y + frame[2]) / weight,
        (frame[3] * x + frame[4] * y + frame[5]) / weight,
    )


class _Layout:
    """Page sizes for img2pdf, in the order of the pages."""

    def __init__(self, sizes: Sequence[tuple[float, float]]) -> None:
        self._sizes = list(sizes)
        self._next = 0

    def __call__(self, *_: object) -> tuple[float, float, float, float]:
        width, height = self._sizes[min(self._next, len(self._sizes) - 1)]
        self._next += 1
        return width, height, width, height


def _page_sizes(data: bytes) -> list[tuple[float, float]]:
    """Width and height of every page in points, as recognition counts them."""
    from formflow.recognition.image.load import image_page, image_pages  # of the scan extra
    from formflow.recognition.raster import points_of_pixel

    sizes = []
    for number in range(image_pages(data, max_pages=10_000)):
        page = image_page(data, number)
        point = points_of_pixel(page.size, known=page.known_size)
        sizes.append((page.size[0] * point, page.size[1] * point))
    return sizes


def _upright(data: bytes) -> bytes:
    """The image with the turn that its camera noted carried out, without loss; as it is where none is noted."""
    from PIL import Image, ImageOps  # of the scan extra

    with Image.open(io.BytesIO(data)) as image:
        odd = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
        if image.getexif().get(274, 1) == 1 and not odd:
            return data
        turned: Any = ImageOps.exif_transpose(image)
        if odd:
            turned = Image.alpha_composite(Image.new("RGBA", turned.size, "white"), turned.convert("RGBA"))
        out = io.BytesIO()
        turned.convert("RGB").save(out, "PNG")
        return out.getvalue()


def _srgb(moment: datetime) -> bytes:
    """The sRGB profile, with that moment as its date (ICC.1:2010, 7.2.8)."""
    from PIL import ImageCms  # of the scan extra

    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    numbers = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
    profile[24:36] = struct.pack(">6H", *numbers)
    return bytes(profile)
