from __future__ import annotations

import pytest

from formflow.errors import UsageError
from formflow.people.deciding import in_place_of, name_for, persons

AWAY = {"since": "2026-03-05", "until": "2026-03-09", "forms": ["fax_out"], "reason": ""}


def name_of(town, who, role, form="fax_out", **given):
    asked = {"number": "发传〔2026〕1号", "form": form, "on": town.on, **given}
    return name_for(town.directory, town.directory.accounts[who], role, **asked)


def test_a_step_is_decided_by_who_holds_its_role(town):
    assert "王总" == name_of(town, "wang", "head")
    with pytest.raises(UsageError) as error:
        name_of(town, "li", "head")

    assert "not-your-role" == error.value.code
    assert "李明 is document clerk" in str(error.value)


def test_who_stands_in_decides_under_both_names(town):
    town.do("stand_in", "P-0001", "wang", taker="li", **AWAY)

    assert "李明（代王总）" == name_of(town, "li", "head")
    for form, day in (("complaint", 5), ("fax_out", 10)):
        with pytest.raises(UsageError):
            name_of(town, "li", "head", form, on=town.on.replace(day=day))


def test_a_proxy_is_not_handed_on(town):
    town.do("stand_in", "P-0001", "wang", taker="li", **AWAY)
    town.do("stand_in", "P-0002", "li", taker="zhang", **AWAY)
    with pytest.raises(UsageError):
        name_of(town, "zhang", "head")


def test_a_decision_by_somebody_who_stood_in_is_both_persons():
    assert {"张三", "李四"} == persons(in_place_of("张 三", "李四"))
    assert {"张伟（华南）"} == {
        name.replace("(", "（").replace(")", "）") for name in persons("张伟（华南）")
    }
