"""What was referred for want of history is judged anew when the history comes."""

from __future__ import annotations

from datetime import date

import pytest

from formflow.model import Outcome
from formflow.pipeline.facts import StoredPast
from formflow.pipeline.reassessing import reassess
from formflow.rules.facts import Trade
from formflow.store.history import UnreadTrade

NUMBER = "XKH-2026-0001"


@pytest.fixture
def referred(office, paper):
    """An application that was entered before any history had been loaded."""
    office.drop("a.docx", paper("new_customer.docx"))
    entry = office.store.register.find(NUMBER)
    assert Outcome.REFER is entry.outcome
    return entry


@pytest.fixture
def load(office):
    def run(*trades, digest="d", unread=()):
        office.store.history.import_rows(
            trades,
            digest=digest,
            name=f"{digest}.xlsx",
            covers_from=date(2020, 1, 1),
            covers_to=date(2026, 3, 4),
            unread=unread,
            at=office.now,
        )
        return reassess(office.context, because=f"{digest}.xlsx", by="李明")

    return run


def test_a_history_without_a_trade_settles_what_was_referred(office, referred, load):
    (changed,) = load()
    stands = office.store.assessments.as_it_stands(referred)

    assert (NUMBER, Outcome.REFER, Outcome.ACCEPT) == (changed.number, changed.before, changed.after)
    assert Outcome.ACCEPT is stands.outcome
    assert referred == office.store.register.find(NUMBER)


def test_a_trade_in_the_history_rejects_what_was_referred(office, referred, load):
    trade = Trade(on=date(2025, 12, 1), name=referred.values["customer_name"], amount="1200.00")
    (changed,) = load(trade)

    assert Outcome.REJECT is changed.after
    assert "nc-no-trade-in-3-years" in [finding.code for finding in changed.findings]


def test_the_same_history_again_changes_nothing(referred, load):
    load()

    assert () == load(digest="e")


def test_an_unread_row_about_the_customer_keeps_it_referred_until_a_corrected_list_comes(referred, load):
    name = referred.values["customer_name"]
    (changed,) = load(unread=[UnreadTrade(place="Sheet1 A7", name=name)])
    told = next(finding for finding in changed.findings if finding.code == "nc-no-trade-in-3-years")
    (settled,) = load(digest="corrected")

    assert (Outcome.REFER, True) == (changed.after, "d.xlsx Sheet1 A7" in told.message)
    assert Outcome.ACCEPT is settled.after


def test_an_unread_row_about_somebody_else_is_no_obstacle(referred, load):
    (changed,) = load(unread=[UnreadTrade(place="Sheet1 A7", name="别家公司")])

    assert Outcome.ACCEPT is changed.after


def test_a_void_entry_is_not_judged_anew(office, referred, load):
    office.store.register.void(NUMBER, reason="误登", by="李明", at=office.now)

    assert () == load()


def test_later_rules_see_what_was_said_last(office, referred, load):
    load()
    with office.store.database.read() as conn:
        name = referred.values["customer_name"]
        (earlier,) = StoredPast(office.store, conn).earlier_entries("new_customer", "customer_name", name)

    assert "accept" == earlier.outcome


def test_the_reassessment_stands_in_the_chain_and_the_register_verifies(office, referred, load):
    load()

    assert "assessed" in [line.kind for line in office.store.audit.lines()]
    assert office.store.register.verify().ok
