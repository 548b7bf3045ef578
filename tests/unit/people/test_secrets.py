from __future__ import annotations

import re

import pytest

from formflow.errors import UsageError
from formflow.people.secrets import digest, hash_password, is_password, new_token, one_time_password


def test_a_password_is_known_again_and_no_other_is():
    kept = hash_password("一二三四五六七八九十")

    assert kept.startswith("$argon2id$")
    assert is_password(kept, "一二三四五六七八九十")
    assert not is_password(kept, "一二三四五六七八九")
    assert not is_password(None, "一二三四五六七八九十")
    assert not is_password("no hash", "一二三四五六七八九十")


def test_a_short_password_is_refused():
    with pytest.raises(UsageError) as error:
        hash_password("123456789")

    assert "weak-password" == error.value.code


def test_a_one_time_password_can_be_read_out():
    assert re.fullmatch(r"([a-z2-9]{4}-){3}[a-z2-9]{4}", one_time_password())
    assert one_time_password() != one_time_password()


def test_a_token_is_kept_as_its_digest():
    token = new_token()

    assert 40 < len(token)
    assert 64 == len(digest(token))
    assert digest(token) == digest(f" {token}\n") != digest(new_token())
