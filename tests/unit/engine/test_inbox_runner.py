"""What a watched inbox brings is taken in, and what could not be done is tried again."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path
from types import SimpleNamespace

import pytest

from formflow.engine.inbox_runner import RETRY_SECONDS, InboxRunner
from formflow.errors import StoreError
from formflow.messages import same
from formflow.pipeline.receiving import Received


class Engine:
    """An engine that notes what it is asked."""

    def __init__(self):
        self.resumed = self.rendered = 0
        self.refuses = None
        self.stays = {}
        self.trouble = []

    def take(self, incoming):
        for one in incoming:
            if self.refuses:
                raise self.refuses
            stays = self.stays.get(one.name)
            future = None if stays else Future()
            if future:
                future.set_result(one.name)
            yield Received(one, stays=stays), future

    def resume(self):
        self.resumed += 1
        return []

    def render(self):
        self.rendered += 1

    def troubles(self):
        told, self.trouble = self.trouble, []
        return told


class Inbox:
    def __init__(self):
        self.left, self.odd = [], []

    def leave(self, path, fingerprint):
        self.left.append(path.name)

    def news(self):
        return self.odd


class Listener:
    def __init__(self):
        self.troubles, self.done = [], []

    def trouble(self, error, name=""):
        self.troubles.append((name, error.code))

    def ended(self, name, done):
        self.done.append((name, done.result()))


@pytest.fixture
def office():
    made = SimpleNamespace(engine=Engine(), inbox=Inbox(), listener=Listener(), now=1000.0)
    made.runner = InboxRunner(made.engine, made.inbox, Path("/inbox"), made.listener, clock=lambda: made.now)
    return made


def arrivals(*names):
    fingerprint = SimpleNamespace(as_state=lambda: (1, 2, 3))
    return [
        SimpleNamespace(path=Path("/inbox") / name, name=name, folder="", fingerprint=fingerprint)
        for name in names
    ]


def test_what_is_taken_is_told_when_it_has_ended(office):
    office.runner.take(arrivals("a.csv", "b.csv"))

    assert [("a.csv", "a.csv"), ("b.csv", "b.csv")] == office.listener.done
    assert [] == office.listener.troubles


@pytest.mark.parametrize(("code", "told"), [("incomplete", []), ("undeletable", [("a.csv", "undeletable")])])
def test_a_file_that_stays_is_told_unless_it_is_only_still_changing(office, code, told):
    office.engine.stays["a.csv"] = StoreError(same("x"), code=code)
    office.runner.take(arrivals("a.csv"))

    assert told == office.listener.troubles
    assert [name for name, _ in told] == office.inbox.left


def test_a_store_that_refuses_is_told_once_and_the_files_stay(office):
    office.engine.refuses = StoreError(same("full"), code="full")
    office.runner.take(arrivals("a.csv", "b.csv"))

    assert [("", "full")] == office.listener.troubles
    assert [] == office.listener.done


def test_what_is_pending_is_taken_up_every_so_often_and_renditions_wait_for_the_second_look(office):
    office.runner.look_back()
    office.runner.look_back()
    assert (1, 0) == (office.engine.resumed, office.engine.rendered)
    office.now += RETRY_SECONDS
    office.runner.look_back()

    assert (2, 1) == (office.engine.resumed, office.engine.rendered)


def test_what_lies_in_the_inbox_and_what_ails_the_workers_is_told_at_every_look(office):
    office.inbox.odd = [(Path("/inbox/华南/pipe"), StoreError(same("x"), code="odd"))]
    office.engine.trouble = [StoreError(same("x"), code="machine")]
    office.runner.look_back()

    assert [("华南/pipe", "odd"), ("", "machine")] == office.listener.troubles
