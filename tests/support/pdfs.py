"""PDFs written byte by byte, so that any of their pieces can be wrong."""

from __future__ import annotations

FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
TEXT = b"BT /F 9 Tf 50 50 Td (x) Tj ET"


def pdf(
    content: bytes = TEXT,
    *,
    catalog: str = "",
    tree: str = "/Kids[3 0 R]/Count 1",
    page: str = "",
    resources: str = "",
    font: str = FONT,
    stream: str = "",
    trailer: str = "",
    more: dict[int, bytes] | None = None,
) -> bytes:
    """A file of one page whose pieces can be replaced; object 4 is its content, 5 its font, `more` from 6 on."""
    box = "" if "/MediaBox" in page else "/MediaBox[0 0 400 400]"
    objects = {
        1: f"<</Type/Catalog/Pages 2 0 R{catalog}>>".encode(),
        2: f"<</Type/Pages{tree}>>".encode(),
        3: f"<</Type/Page/Parent 2 0 R{box}/Contents 4 0 R/Resources<</Font<</F 5 0 R>>{resources}>>{page}>>".encode(),
        4: f"<</Length {len(content)}{stream}>>stream\n".encode() + content + b"\nendstream",
        5: font.encode(),
        **(more or {}),
    }
    body, places = b"%PDF-1.7\n", {}
    for number, value in objects.items():
        places[number] = len(body)
        body += f"{number} 0 obj\n".encode() + value + b"\nendobj\n"
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(
        f"{places[number]:010} 00000 n \n" for number in sorted(places)
    )
    end = f"trailer<</Root 1 0 R/Size {len(objects) + 1}{trailer}>>\nstartxref\n{len(body)}\n%%EOF"
    return body + table.encode() + end.encode()


def streamed(head: str, content: bytes) -> bytes:
    """An object that is a stream, with these entries in its dictionary."""
    return f"<<{head}/Length {len(content)}>>stream\n".encode() + content + b"\nendstream"
