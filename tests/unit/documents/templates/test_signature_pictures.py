"""Pictures of signatures: found whatever kind they are, and one that no document can show is named."""

from __future__ import annotations

import pytest

from formflow.documents.templates.signature_pictures import signature_faults, signature_pictures
from formflow.documents.templates.symbol import symbol_png
from formflow.errors import ConfigurationError


@pytest.mark.parametrize("name", ["李明.png", "李明.PNG"])
def test_a_picture_is_found_by_name(tmp_path, name):
    (tmp_path / name).write_bytes(symbol_png("A"))

    assert {"李明": symbol_png("A")} == signature_pictures(tmp_path, {"李明", "王芳"})
    assert [] == list(signature_faults(tmp_path))


def test_a_file_that_is_no_picture_is_named_with_the_reason(tmp_path):
    (tmp_path / "李明.jpg").write_bytes(b"<html>")

    with pytest.raises(
        ConfigurationError, match=r"signatures/李明\.jpg cannot be used: not a picture"
    ) as raised:
        signature_pictures(tmp_path, {"李明"})
    assert "签名图片 signatures/李明.jpg" in raised.value.chinese
    assert [raised.value.english] == [error.english for error in signature_faults(tmp_path)]


def test_an_office_without_pictures_prints_names(tmp_path):
    assert {} == signature_pictures(tmp_path / "none", {"李明"})
