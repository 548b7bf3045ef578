"""Whoever came first is numbered first, and nobody waits for ever."""

from __future__ import annotations

import threading
import time

from formflow.engine.ordered_lock import OrderedLock


def pass_through(turns, name, passed, ready=None):
    def go():
        if ready is not None:
            ready.wait(5)
        with turns.turn(name):
            passed.append(name)
        turns.release(name)

    thread = threading.Thread(target=go)
    thread.start()
    return thread


def test_they_pass_in_the_order_they_came_whoever_is_ready_first():
    turns, passed, first_is_ready = OrderedLock(patience=5), [], threading.Event()
    for name in ("first", "second"):
        turns.enqueue(name)
    second = pass_through(turns, "second", passed)
    first = pass_through(turns, "first", passed, first_is_ready)
    time.sleep(0.05)
    assert [] == passed
    first_is_ready.set()
    first.join(5)
    second.join(5)

    assert ["first", "second"] == passed


def test_one_that_fails_before_its_turn_holds_up_no_other():
    turns, passed = OrderedLock(patience=5), []
    for name in ("broken", "good"):
        turns.enqueue(name)
    good = pass_through(turns, "good", passed)
    turns.release("broken")
    good.join(1)

    assert ["good"] == passed


def test_patience_with_a_slow_one_ends():
    turns, passed = OrderedLock(patience=0.1), []
    for name in ("slow", "good"):
        turns.enqueue(name)
    pass_through(turns, "good", passed).join(5)

    assert ["good"] == passed


def test_only_one_is_inside_at_a_time():
    turns, inside, most = OrderedLock(patience=0.01), [], []

    def go(name):
        with turns.turn(name):
            inside.append(name)
            most.append(len(inside))
            time.sleep(0.005)
            inside.remove(name)

    threads = [threading.Thread(target=go, args=(str(n),)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)

    assert [1] * 8 == most


def test_a_turn_that_fails_lets_the_next_one_in():
    turns = OrderedLock(patience=5)
    try:
        with turns.turn("a"):
            raise ValueError
    except ValueError:
        pass
    with turns.turn("b"):
        entered = True

    assert entered
