from __future__ import annotations

from itertools import combinations

import pytest

from formflow.errors import UsageError
from formflow.forms import definition
from formflow.people.roles import MAY, OFFICERS, Power, Role, check_roles, powers, said

CHANGES = frozenset(Power) - {Power.READ, Power.READ_ALL, Power.AUDIT}


def test_every_role_has_its_line():
    assert set(Role) == set(MAY)


@pytest.mark.parametrize("pair", [frozenset(pair) for pair in combinations(Role, 2) if OFFICERS & set(pair)])
def test_an_officer_holds_no_other_role(pair):
    with pytest.raises(UsageError) as refused:
        check_roles(pair)

    assert "roles-apart" == refused.value.code


@pytest.mark.parametrize("role", Role)
def test_one_role_alone_can_be_held(role):
    check_roles(frozenset({role}))


def test_roles_of_the_work_can_be_held_together():
    check_roles(frozenset(Role) - OFFICERS)


def test_the_administrator_grants_nothing_and_reads_nothing():
    assert not MAY[Role.ADMIN] & {Power.ASSIGN, Power.CONSENT, Power.READ, Power.READ_ALL}


def test_the_security_officer_reads_no_record_and_makes_no_account():
    assert not MAY[Role.SECURITY] & {Power.READ, Power.READ_ALL, Power.ACCOUNTS}


def test_the_auditor_reads_all_and_changes_nothing():
    assert Power.READ_ALL in MAY[Role.AUDITOR]
    assert not MAY[Role.AUDITOR] & CHANGES


def test_every_power_is_somebodys():
    assert set(Power) == powers(Role)


def test_a_form_may_name_no_role_that_decides_nothing():
    assert {Role.AUDITOR, Role.SECURITY, Role.ADMIN} == set(Role) - set(definition.ROLES)


def test_roles_are_told_in_both_languages():
    assert ("文件管理员、部门负责人", "document clerk, head of department") == said({Role.HEAD, Role.CLERK})
    assert ("尚无角色", "no role yet") == said(())
