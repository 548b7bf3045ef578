"""What of a package is unpacked, and how far."""

import io
import zipfile

import pytest

from formflow.errors import ReadError
from formflow.limits import Limits
from formflow.readers.packages.ooxml import Package


def packed(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return buffer.getvalue()


def test_a_member_that_nobody_reads_refuses_no_document():
    package = Package(packed(text=b"x", picture=b"\xff" * 40_000_000), Limits())

    assert package.read("text") == b"x"


def test_a_member_that_packs_well_is_read_up_to_tens_of_megabytes():
    assert len(Package(packed(text=b" " * 3_000_000), Limits()).read("text")) == 3_000_000


def test_a_bomb_that_is_read_is_refused():
    with pytest.raises(ReadError) as refused:
        Package(packed(text=b" " * 40_000_000), Limits()).read("text")

    assert "too-large" == refused.value.code


def test_all_members_together_are_bounded_read_or_not():
    with pytest.raises(ReadError) as refused:
        Package(packed(a=b"x" * 60, b=b"y" * 60), Limits(max_expanded_bytes=100))

    assert "too-large" == refused.value.code


def test_a_program_that_reads_everything_is_kept_from_any_bomb():
    with pytest.raises(ReadError) as refused:
        Package(packed(text=b"x", picture=b"\xff" * 40_000_000), Limits()).refuse_bomb()

    assert "too-large" == refused.value.code
