import multiprocessing
import os
import resource

from formflow.limits import Limits
from formflow.readers.sandbox import apply_limits, held_bytes, loading

LIMITS = Limits(memory_bytes=1024**3, seconds=5)


def _limits_of(connection):
    held = held_bytes()
    apply_limits(LIMITS)
    core, data = (resource.getrlimit(kind)[0] for kind in (resource.RLIMIT_CORE, resource.RLIMIT_DATA))
    connection.send((core, data - held))


def _seconds_of(connection):
    apply_limits(LIMITS)
    first = resource.getrlimit(resource.RLIMIT_CPU)[0]
    apply_limits(Limits(seconds=50))
    connection.send((first, resource.getrlimit(resource.RLIMIT_CPU)[0]))


def _orphaned(connection):
    apply_limits(LIMITS, parent=1 << 22)
    connection.send("alive")


def run(task):
    # Forked from the suite's process, a child would hold what that one freed, and need not ask for more.
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=task, args=(theirs,))
    process.start()
    theirs.close()
    try:
        return ours.recv()
    except EOFError:
        return None
    finally:
        process.join(10)


def test_a_worker_is_bounded_in_memory_and_leaves_no_core():
    core, more = run(_limits_of)

    assert core == 0
    assert abs(more - LIMITS.memory_bytes) < 16 * 1024**2


def test_every_call_allows_more_time_from_now():
    first, second = run(_seconds_of)

    processors = os.cpu_count() or 1
    assert 5 * processors <= first <= 5 * processors + 5
    assert 50 * processors <= second <= 50 * processors + 5


def test_a_worker_whose_parent_is_gone_ends():
    assert run(_orphaned) is None


def _loaded(connection):
    apply_limits(Limits(memory_bytes=64 * 1024**2))
    with loading():
        model = bytearray(200 * 1024**2)
    try:
        bytearray(100 * 1024**2)
        outcome = "more"
    except MemoryError:
        outcome = "refused"
    connection.send((len(model), outcome, len(bytearray(16 * 1024**2))))


def test_what_is_loaded_for_all_files_does_not_count_and_what_comes_after_does():
    assert run(_loaded) == (200 * 1024**2, "refused", 16 * 1024**2)
