from __future__ import annotations

import pytest

from formflow.people.actor import EVERYTHING, Actor, Sight, area_key
from formflow.people.roles import MAY, Power, Role

OWN, OTHER, NUMBER = "华南", "华东", "收传〔2026〕3号"


def actor(role, *areas):
    return Actor(account="a", name="张三", roles=frozenset({role}), areas=frozenset(areas or (OWN,)))


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("华南", "华南"),
        ("华 南 片区", "华南"),
        ("华南区域", "华南"),
        ("片区", "片区"),
        ("Ａ１", "a1"),
        ("", ""),
    ],
)
def test_an_area_is_compared_however_it_is_written(written, key):
    assert key == area_key(written)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(("area", "own"), [("华南", True), ("华东", False), ("", False)])
def test_a_role_sees_its_own_area_or_all_or_nothing(role, area, own):
    sight = Sight(actor=actor(role))
    reads_all = Power.READ_ALL in MAY[role]
    reads = Power.READ in MAY[role]

    assert ("role" if reads_all else "area" if own and reads else None) == sight.why(area, NUMBER)
    assert reads_all == sight.everything


@pytest.mark.parametrize("role", Role)
def test_a_consent_shows_one_entry_to_who_reads_at_all(role):
    sight = Sight(actor=actor(role), grants=frozenset({NUMBER}))

    assert (Power.READ in MAY[role]) == (sight.why("华东", NUMBER) is not None)
    assert (Power.READ_ALL in MAY[role]) == (sight.why("华东", "收传〔2026〕4号") is not None)


def test_who_holds_every_area_sees_what_names_none():
    assert "area" == Sight(actor=actor(Role.SALESPERSON, "*")).why("", NUMBER)


def test_every_area_opens_nothing_to_an_officer():
    assert None is Sight(actor=actor(Role.ADMIN, "*")).why("华南", NUMBER)
    assert not Sight(actor=actor(Role.SECURITY, "*")).everything


def test_without_accounts_everything_is_seen():
    assert EVERYTHING.everything
    assert "role" == EVERYTHING.why("", NUMBER)
