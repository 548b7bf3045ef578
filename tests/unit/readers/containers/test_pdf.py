"""Files attached to a PDF: a portfolio is a container, other PDFs say what lies in them."""

from __future__ import annotations

import io
import zipfile

import pikepdf
import pytest
from tests.support.pdfs import TEXT, pdf, streamed

from formflow.errors import ReadError
from formflow.limits import Limits
from formflow.readers.containers.unpack import NeedsUnpacking, unpack
from formflow.readers.read import read_bytes

TABLE = "客户,金额\n甲,1\n".encode()


def portfolio(files: dict[str, bytes], *, cover: bool = True) -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    for name, held in files.items():
        document.attachments[name] = pikepdf.AttachedFileSpec(document, held, filename=name)
    if cover:
        document.Root.Collection = pikepdf.Dictionary(Type=pikepdf.Name.Collection)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def members(data: bytes, limits: Limits | None = None) -> list[tuple[str, bytes | None]]:
    return [(member.name, member.data) for member in unpack(data, limits or Limits())]


def test_a_portfolio_is_unpacked_and_not_read():
    data = portfolio({"申请表.csv": TABLE, "空.txt": b"", "Thumbs.db": b"x"})
    with pytest.raises(NeedsUnpacking):
        read_bytes(data, "a.pdf", Limits())

    assert [("申请表.csv", TABLE)] == members(data)


def test_a_portfolio_in_a_zip_is_gone_through_as_any_container_is():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("a.pdf", portfolio({"申请表.csv": TABLE}))
        package.writestr("b.pdf", pdf())

    assert [("a.pdf/申请表.csv", TABLE), ("b.pdf", pdf())] == members(out.getvalue())


def test_portfolios_inside_each_other_come_to_an_end():
    data = portfolio({"0.csv": TABLE})
    for depth in range(5):
        data = portfolio({f"{depth}.pdf": data})
    (member,) = unpack(data, Limits())

    assert "too-deep" == (member.error and member.error.code)


def test_a_file_that_a_portfolio_names_many_times_is_one():
    specification = "<</Type/Filespec/F(a.csv)/EF<</F 7 0 R>>>>"
    names = f"/Names<</EmbeddedFiles<</Names[{f'(a){specification}' * 600}]/Kids[6 0 R]>>>>/Collection<<>>"
    more = {6: b"<</Kids[6 0 R]>>", 7: streamed("/Type/EmbeddedFile", TABLE)}

    assert [("a.csv", TABLE)] == members(pdf(catalog=names, more=more))


def test_a_portfolio_that_unpacks_to_too_much_is_refused():
    with pytest.raises(ReadError) as refused:
        members(portfolio({"a.csv": bytes(2_000_000)}), Limits(max_expanded_bytes=1_000_000))

    assert "too-large" == refused.value.code


def test_a_page_with_a_file_attached_is_read_and_names_the_file():
    names = "/Names<</EmbeddedFiles<</Names[(a)<</Type/Filespec/F(a.csv)/EF<</F 7 0 R>>>>]>>>>"
    more = {6: b"null", 7: streamed("/Type/EmbeddedFile", TABLE)}
    (part,) = read_bytes(pdf(TEXT, catalog=names, more=more), "a.pdf", Limits()).parts

    assert (("a.csv",), ["x"]) == (part.attached, [line.text for line in part.lines])
