"""What the keeper of the registers can prove with a head of the chain that was noted elsewhere."""

from __future__ import annotations

import json
import re
import shutil

import pytest

HEAD = re.compile(r"head of the audit chain: (\d+) ([0-9a-f]{64})")


@pytest.fixture
def busy(clerk):
    clerk.says("process", clerk.paper("new_customer.docx"))
    return clerk


def head_of(told):
    return HEAD.search(told)[2]


def test_register_and_archive_rolled_back_together_are_told_by_a_head_that_was_noted(busy, tmp_path):
    whole = tmp_path / "whole"
    shutil.copytree(busy.workspace.folder, whole)
    busy.says("process", busy.paper("new_customer.docx", 2))
    noted = head_of(busy.says("register", "verify"))
    assert noted == head_of(busy.says("archive", "verify", "--since", noted[:16]))
    logs = "".join(path.read_text() for path in (busy.workspace.folder / "var/log").glob("*.log"))
    heads = [line["head"] for line in map(json.loads, logs.splitlines()) if line["event"] == "chain"]

    shutil.rmtree(busy.workspace.folder)
    shutil.copytree(whole, busy.workspace.folder)

    assert "all sound" in busy.says("register", "verify")
    assert noted == heads[-1], "the log bears the head as well"
    assert "noted earlier is no longer in the chain" in busy.says(
        "register", "verify", "--since", noted[:16], expect=5
    )
    busy.says("archive", "verify", "--since", noted, expect=5)
    busy.says("register", "verify", "--since", "nonsense", expect=2)


def test_an_original_that_was_replaced_is_told_where_originals_are_read(busy):
    (original,) = (path for path in (busy.workspace.folder / "var/originals").rglob("*") if path.is_file())
    content = original.read_bytes()
    original.chmod(0o600)
    original.write_bytes(b"x" + content[1:])

    busy.says("register", "verify")
    assert "was changed" in busy.says("register", "verify", "--originals", expect=5)

    original.unlink()
    assert "is gone" in busy.says("archive", "verify", "--originals", expect=5)


def test_an_archive_copy_bears_the_line_by_which_its_entry_came_to_stand(busy):
    (record,) = busy.workspace.settings.folder("archive").glob("XKH/*/0001/data/record.json")
    chain = json.loads(record.read_bytes())["chain"]

    assert "all sound" in busy.says("register", "verify", "--since", chain)
