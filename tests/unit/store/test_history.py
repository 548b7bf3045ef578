from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from formflow.errors import UsageError
from formflow.rules.facts import Trade

NOW = datetime(2026, 3, 5, tzinfo=UTC)
CODE = "91440300MA5EXAMPLE"


@pytest.fixture
def load(store):
    def run(*trades, since=date(2023, 1, 1), until=date(2026, 3, 4), digest="a"):
        return store.history.import_rows(
            trades, digest=digest, name=f"{digest}.xlsx", covers_from=since, covers_to=until, at=NOW
        )

    return run


OLD = Trade(on=date(2023, 3, 5), name="华南实业（深圳）有限公司", amount="3000.00", credit_code=CODE)
SAMPLE = Trade(on=date(2024, 1, 2), name="华南 实业(深圳)有限公司", sample=True)
OTHER = Trade(on=date(2024, 1, 3), name="华北实业有限公司", amount="1.00")


@pytest.mark.parametrize(
    ("names", "code", "expected"),
    [
        (["华南实业(深圳)有限公司"], None, (OLD, SAMPLE)),
        ([], CODE.lower(), (OLD,)),
        (["改名后的公司", "华北实业有限公司"], None, (OTHER,)),
        (["改名后的公司"], CODE, (OLD,)),
        (["华南实业"], None, ()),
        ([" "], "", ()),
        (["无此公司"], None, ()),
    ],
)
def test_trades_are_found_by_folded_name_or_credit_code(store, load, names, code, expected):
    assert load(OTHER, SAMPLE, OLD) == 3

    assert store.history.trades_of(names, code) == expected


def test_the_same_file_is_imported_once(store, load):
    assert (load(OLD), load(OLD)) == (1, 0)
    assert store.history.trades_of([OLD.name]) == (OLD,)


def test_a_trade_in_two_lists_comes_once(store, load):
    load(OLD)
    load(OLD, SAMPLE, digest="b")

    assert store.history.trades_of([OLD.name]) == (OLD, SAMPLE)


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (date(2023, 1, 1), date(2025, 12, 31), True),
        (date(2022, 12, 31), date(2023, 6, 1), False),
        (date(2023, 1, 1), date(2026, 1, 1), False),
        (date(2024, 6, 1), date(2024, 7, 31), True),
    ],
)
def test_lists_that_meet_cover_their_days_together(store, load, since, until, expected):
    load(digest="late", since=date(2024, 7, 1), until=date(2025, 12, 31))
    load(digest="early", since=date(2023, 1, 1), until=date(2024, 6, 30))

    assert store.history.covers(since, until) is expected
    assert store.history.coverage() == ((date(2023, 1, 1), date(2025, 12, 31)),)


def test_a_hole_between_lists_is_not_covered(store, load):
    load(digest="early", since=date(2023, 1, 1), until=date(2024, 6, 29))
    load(digest="late", since=date(2024, 7, 1), until=date(2025, 12, 31))

    assert not store.history.covers(date(2024, 1, 1), date(2025, 1, 1))
    assert len(store.history.coverage()) == 2


def test_no_list_covers_nothing(store):
    assert not store.history.covers(date(2026, 1, 1), date(2026, 1, 1))


@pytest.mark.parametrize(
    ("since", "until"), [(date(2023, 3, 6), date(2026, 1, 1)), (date(2026, 1, 1), date(2023, 1, 1))]
)
def test_a_list_must_lie_in_the_days_it_claims(load, since, until):
    with pytest.raises(UsageError, match="days covered"):
        load(OLD, since=since, until=until)
