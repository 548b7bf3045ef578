from __future__ import annotations

import io
import zipfile

import pytest

from formflow.documents.package import PackageError, expand, pack, read_members, write_members


def a_zip(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_members_are_copied_as_they_are_compressed(method):
    members = read_members(a_zip({"a.xml": b"a" * 1000, "图/乙.xml": b"b"}, method))

    with zipfile.ZipFile(io.BytesIO(write_members(members))) as archive:
        assert (None, ["a.xml", "图/乙.xml"]) == (archive.testzip(), archive.namelist())
        assert b"a" * 1000 == archive.read("a.xml")


def test_a_member_larger_than_the_limit_is_not_expanded():
    (member,) = read_members(a_zip({"bomb": b"0" * 100_000}))

    with pytest.raises(PackageError, match="more than 1000"):
        expand(member, limit=1000)


def test_a_member_that_lies_about_its_size_is_refused():
    (member,) = read_members(a_zip({"bomb": b"0" * 100_000}))
    lying = type(member)(member.name, member.method, member.crc, 10, member.data)

    with pytest.raises(PackageError, match="differs"):
        expand(lying, limit=1000)


def test_a_name_that_stands_twice_is_refused():
    one = pack("a", b"1")

    with pytest.raises(PackageError, match="twice"):
        read_members(write_members([one, pack("a", b"2")]))


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip at all"])
def test_what_is_no_package_is_refused(content):
    with pytest.raises(PackageError):
        read_members(content)
