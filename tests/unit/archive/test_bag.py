from __future__ import annotations

import os

import bagit
import pytest

from formflow.archive.bag import bag_faults, bag_seal, payload_digests, write_bag

PAYLOAD = {
    "original/申请表.docx": b"original",
    "record.json": b"{}",
    "documents/审批单.docx": b"x" * 3_000_000,
}
INFO = {"External-Identifier": "收传〔2026〕1号", "Bagging-Date": "2026-03-05", "Empty": ""}


@pytest.fixture
def bag(tmp_path):
    folder = tmp_path / "0001"
    folder.mkdir()
    write_bag(folder, PAYLOAD, INFO)
    return folder


def test_the_reference_implementation_finds_the_bag_valid(bag):
    found = bagit.Bag(str(bag))

    assert found.validate()
    assert found.version_info == (1, 0)
    assert found.info == {
        "External-Identifier": "收传〔2026〕1号",
        "Bagging-Date": "2026-03-05",
        "Payload-Oxum": "3000010.3",
    }
    assert sorted(found.payload_entries()) == [f"data/{name}" for name in sorted(PAYLOAD)]


def test_a_bag_of_the_reference_implementation_is_found_whole(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    bagit.make_bag(str(tmp_path), checksums=["sha256"])
    # That one writes a single blank in its tag manifest, which the standard allows.
    listing = tmp_path / "tagmanifest-sha256.txt"
    listing.write_text(listing.read_text().replace(" ", "  "))

    assert bag_faults(tmp_path) == ()


def test_the_same_payload_gives_the_same_bytes(bag, tmp_path, contents):
    other = tmp_path / "other"
    other.mkdir()
    write_bag(other, dict(reversed(PAYLOAD.items())), INFO)

    assert contents(bag) == contents(other)
    assert bag_seal(bag) == bag_seal(other)


def test_files_are_copied_in(tmp_path, bag):
    source = tmp_path / "source"
    source.write_bytes(PAYLOAD["documents/审批单.docx"])
    other = tmp_path / "other"
    other.mkdir()
    write_bag(other, {**PAYLOAD, "documents/审批单.docx": source}, INFO)

    assert payload_digests(other) == payload_digests(bag)


def test_a_value_of_several_lines_stays_one_line(tmp_path):
    write_bag(tmp_path, {"a": b""}, {"Internal-Sender-Description": "新客户\nBagging-Date: 1999-01-01"})

    assert (tmp_path / "bag-info.txt").read_text("utf-8").splitlines() == [
        "Internal-Sender-Description: 新客户 Bagging-Date: 1999-01-01",
        "Payload-Oxum: 0.1",
    ]


@pytest.mark.parametrize(
    "path",
    ["data/original/申请表.docx", "data/record.json", "bag-info.txt", "bagit.txt", "manifest-sha256.txt"],
)
def test_every_changed_or_missing_file_is_a_fault(bag, path):
    content = (bag / path).read_bytes()
    (bag / path).write_bytes(content + b" ")
    assert any(fault.english == f"{path}: changed" for fault in bag_faults(bag))

    (bag / path).unlink()
    assert any(fault.english == f"{path}: missing" for fault in bag_faults(bag))

    (bag / path).write_bytes(content)
    assert bag_faults(bag) == ()


@pytest.mark.parametrize("path", ["data/more.txt", "more.txt", "data/original/more/more.txt"])
def test_a_file_that_no_manifest_names_is_a_fault(bag, path):
    (bag / path).parent.mkdir(exist_ok=True)
    (bag / path).write_text("")

    assert [fault.english for fault in bag_faults(bag)] == [f"{path}: unknown"]


def test_a_bag_without_its_tag_manifest_is_no_bag(bag):
    (bag / "tagmanifest-sha256.txt").unlink()

    assert [fault.english for fault in bag_faults(bag)] == ["tagmanifest-sha256.txt: missing"]


@pytest.mark.parametrize("listing", ["", "garbage\n", "00  ../../etc/passwd\n", "00  /etc/passwd\n"])
def test_a_manifest_that_is_none_is_a_fault_and_never_leads_out_of_the_bag(bag, listing):
    (bag / "tagmanifest-sha256.txt").write_text(listing)

    assert bag_faults(bag)


@pytest.mark.parametrize("kind", ["symbolic", "hard", "folder", "bag", "pipe", "manifest"])
def test_a_link_out_of_the_bag_is_a_fault_though_its_bytes_are_the_right_ones(bag, tmp_path, kind):
    outside = tmp_path / "outside"
    original = next((bag / "data/original").iterdir())
    name = original.relative_to(bag).as_posix()
    if kind == "hard":
        outside.hardlink_to(original)
    elif kind == "pipe":
        original.unlink()
        os.mkfifo(original)
    else:
        name = {"folder": "data/original", "bag": ".", "manifest": "manifest-sha256.txt"}.get(kind, name)
        (bag / name).rename(outside)
        (bag / name).symlink_to(outside)

    assert f"{name}: link" in map(str, bag_faults(bag))
