"""Files that Excel encrypts without asking for a password."""

import io
import struct
import zipfile

import pytest
from tests.support.compound import compound
from tests.support.locked import agile, standard

from formflow.errors import ReadError
from formflow.limits import Limits
from formflow.readers.packages.aes import Aes
from formflow.readers.read import read_bytes

STANDING = "VelvetSweatshop"


def book(value: str = "聚丙烯") -> bytes:
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.active["B2"] = value
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (16, "69c4e0d86a7b0430d8cdb78070b4c55a"),
        (24, "dda97ca4864cdfe06eaf70a0ec0d7191"),
        (32, "8ea2b7ca516745bfeafc49904b496089"),
    ],
)
def test_the_examples_of_the_standard_are_decrypted(size, expected):
    plain = Aes(bytes(range(size))).ecb(bytes.fromhex(expected))

    assert "00112233445566778899aabbccddeeff" == plain.hex()


@pytest.mark.parametrize("lock", [agile, standard, lambda data, word: agile(data, word, algorithm="SHA256")])
def test_a_workbook_that_excel_opens_without_asking_is_read(lock):
    document = read_bytes(lock(book(), STANDING), "a.xlsx", Limits())

    assert [cell.text for cell in next(document.parts[0].tables).cells] == ["聚丙烯"]
    assert document.media_type.endswith("spreadsheetml.sheet")


@pytest.mark.parametrize("lock", [agile, standard])
def test_a_password_of_somebody_s_own_stays_closed(lock):
    with pytest.raises(ReadError) as refused:
        read_bytes(lock(book(), "geheim"), "a.xlsx", Limits())

    assert "encrypted" == refused.value.code


def test_what_is_damaged_inside_is_told_to_be_damaged():
    with pytest.raises(ReadError) as refused:
        read_bytes(agile(b"no package at all", STANDING), "a.xlsx", Limits())

    assert "corrupt" == refused.value.code


def test_another_kind_of_encryption_stays_closed():
    info = (
        struct.pack("<HHII", 4, 2, 0x24, 32)
        + struct.pack("<8I", 0x24, 0, 0x6801, 0x8004, 128, 1, 0, 0)
        + bytes(80)
    )

    with pytest.raises(ReadError) as refused:
        read_bytes(compound({"EncryptionInfo": info, "EncryptedPackage": bytes(24)}), "a.xlsx", Limits())

    assert "encrypted" == refused.value.code


def test_a_package_inside_that_is_no_document_is_not_unpacked_unasked():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("a.txt", "x")

    with pytest.raises(ReadError) as refused:
        read_bytes(agile(buffer.getvalue(), STANDING), "a.xlsx", Limits())

    assert "unsupported" == refused.value.code
