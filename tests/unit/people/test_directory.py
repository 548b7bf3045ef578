from __future__ import annotations


def test_somebody_is_found_by_account_name_login_and_not_when_retired(town):
    directory = town.directory

    assert (
        "zhang" == directory.named("zhang").id == directory.named("张 三").id == directory.of_login("zs").id
    )
    assert None is directory.named("赵") and None is directory.of_login("")
    town.do("retire", "zhang", "admin", reason="离职")
    assert None is town.directory.named("张三") and None is town.directory.of_login("zs")


def test_a_retired_account_stands_in_for_nobody_and_nobody_for_it(town):
    away = {"since": "2026-03-05", "until": "2026-03-09", "forms": [], "reason": ""}
    town.do("stand_in", "P-0001", "li", taker="zhang", **away)
    town.do("retire", "li", "admin", reason="离职")

    assert () == town.directory.stands_in_for(town.directory.accounts["zhang"], town.on, "fax_in")


def test_sight_is_of_ones_roles_and_areas(town):
    sight = town.directory.sight(town.directory.accounts["zhang"], town.on)

    assert ("zhang", {"华南"}, frozenset()) == (sight.actor.account, sight.areas, sight.numbers)
