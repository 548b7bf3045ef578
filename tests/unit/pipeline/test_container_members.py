"""Containers: each file in them is a submission of its own."""

from __future__ import annotations

import io
import zipfile

import pikepdf
import pytest

from formflow.errors import ReadError, StoreError
from formflow.pipeline.advance import advance
from formflow.pipeline.quarantine import waiting
from formflow.pipeline.receiving import receive
from formflow.store.originals import SubmissionState


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in members.items():
            package.writestr(name.replace("__", "/").replace("_", "."), content)
    return buffer.getvalue()


def locked(content: bytes) -> bytes:
    """A zip whose first member is marked as having a password."""
    locked = bytearray(content)
    locked[6] |= 1
    locked[int.from_bytes(content[-6:-2], "little") + 8] |= 1
    return bytes(locked)


def test_each_file_is_a_submission_of_its_own_and_names_its_container(office, paper):
    result = office.drop(
        "表.zip", zipped(a_docx=paper("new_customer.docx"), sub__b_xlsx=paper("complaint.xlsx"))
    )
    members = [member for _, member in result.members]

    assert ("done", ["a.docx", "sub/b.xlsx"]) == (result.status, [name for name, _ in result.members])
    assert ["new_customer", "complaint"] == [member.records[0].form for member in members]
    assert {result.submission.id} == {member.submission.parent for member in members}
    assert ["表.zip", "表.zip/sub"] == [member.submission.receipt.folder for member in members]
    assert 3 == sum(office.store.objects.has(one.submission.digest) for one in (result, *members))


def test_a_file_that_cannot_be_read_fails_alone_with_its_reason_in_quarantine(office, paper):
    result = office.drop("表.zip", zipped(a_docx=b"PK\x03\x04 cut off", b_docx=paper("new_customer.docx")))
    quarantine = waiting(office.settings.folder("inbox"))

    assert "done" == result.status
    assert ["failed", "done"] == [member.status for _, member in result.members]
    assert [("a.docx", "表.zip")] == [(path.name, path.parent.name) for path in quarantine]
    assert quarantine[0].with_name("a.docx.reason.txt").exists()


def test_the_same_container_again_makes_no_second_entry(office, paper):
    content = zipped(a_docx=paper("new_customer.docx"))
    office.drop("表.zip", content)
    numbers = office.numbers()
    again = office.drop("又.zip", content)

    assert "duplicate" == again.status
    assert numbers == office.numbers()


def test_a_file_that_is_known_already_is_a_duplicate_in_its_container(office, paper):
    first = office.drop("a.docx", paper("new_customer.docx"))
    result = office.drop("表.zip", zipped(b_docx=paper("new_customer.docx")))
    (_, member) = result.members[0]

    assert ("duplicate", first.submission.id) == (member.status, member.submission.duplicate_of)
    assert 1 == len(office.numbers())


def test_a_crash_between_taking_in_and_resting_is_made_good(office, paper, monkeypatch):
    from formflow.pipeline import advance as module

    def crash(*_, **__):
        raise StoreError("gone", code="unreachable")

    path = office.put("表.zip", zipped(a_docx=paper("new_customer.docx"), b_xlsx=paper("complaint.xlsx")))
    received = receive([office.incoming(path)], office.context)[0]
    with monkeypatch.context() as patch:
        patch.setattr(module, "_close", crash)
        with pytest.raises(StoreError):
            advance(received.submission.id, office.context)
    pending = office.store.submissions.pending()
    for id in pending:
        advance(id, office.context)

    assert 3 == len(pending)
    assert (0, 3) == (
        len(office.store.submissions.pending()),
        office.store.submissions.counts()[SubmissionState.DONE],
    )
    assert 2 == len(office.numbers())
    assert not list((office.folder / "var" / "unpacked").iterdir())


def test_a_container_that_cannot_be_opened_fails_as_any_file_does(office):
    result = office.drop("表.zip", zipped(a_docx=b"x").replace(b"PK\x01\x02", b"PK\x09\x09"))

    assert ("failed", "corrupt", ()) == (result.status, result.error.code, result.members)


def test_a_file_that_nobody_can_take_out_fails_its_container_and_the_others_go_on(office, paper):
    content = locked(zipped(a_docx=b"secret", b_docx=paper("new_customer.docx")))
    result = office.drop("表.zip", content)

    assert ("failed", "encrypted", "a.docx: encrypted") == (
        result.status,
        result.error.code,
        result.error.detail if isinstance(result.error, ReadError) else "",
    )
    assert ["done"] == [member.status for _, member in result.members]
    assert ["表.zip"] == [path.name for path in waiting(office.settings.folder("inbox"))]


def test_a_container_in_quarantine_leaves_room_for_its_files(office):
    office.drop("表.zip", locked(zipped(a_docx=b"secret", b_docx=b"PK\x03\x04 cut off")))

    quarantine = waiting(office.settings.folder("inbox"))
    assert {"表.zip", "b.docx"} == {path.name for path in quarantine}


def test_a_mail_without_files_waits_for_a_person(office):
    result = office.drop("信.eml", b"From: a@b.cn\nTo: c@d.cn\nSubject: x\n\n\xe5\xae\xa2")

    assert ("review", "no-form") == (result.status, result.submission.error_code)


def test_a_folder_in_a_container_can_name_the_form(office, paper):
    result = office.drop("表.zip", zipped(fax_in__a_csv=b"x,y\n1,2\n").replace(b"fax.in", b"fax_in"))

    assert "fax_in" == result.members[0][1].submission.hint


def test_receipt_and_claimed_day_are_the_containers(office, paper):
    from datetime import date

    result = office.drop("表.zip", zipped(a_docx=paper("new_customer.docx")), claimed_on=date(2026, 3, 2))
    receipt = result.members[0][1].submission.receipt

    assert (result.submission.receipt.at, date(2026, 3, 2), "inbox") == (
        receipt.at,
        receipt.claimed_on,
        receipt.way,
    )


def attached(name: str, held: bytes, text: str = "") -> bytes:
    """A PDF of one page with these words on it, and a file inside."""
    document = pikepdf.new()
    page = document.add_blank_page()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    page.Contents = document.make_stream(f"BT /F 10 Tf 50 700 Td ({text}) Tj ET".encode() if text else b"")
    document.attachments[name] = pikepdf.AttachedFileSpec(document, held, filename=name)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("text", ["", "please find our form attached"])
def test_a_form_inside_a_pdf_that_bears_none_is_a_member(office, paper, text):
    result = office.drop("函.pdf", attached("申请表.docx", paper("new_customer.docx"), text))

    assert ["申请表.docx"] == [name for name, _ in result.members]
    assert "done" == result.members[0][1].status
