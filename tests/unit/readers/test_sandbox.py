import multiprocessing
import resource

from formflow.readers.limits import Limits
from formflow.readers.sandbox import apply_limits

LIMITS = Limits(memory_bytes=1024**3, seconds=5)


def _limits_of(connection):
    apply_limits(LIMITS)
    connection.send([resource.getrlimit(kind)[0] for kind in (resource.RLIMIT_CORE, resource.RLIMIT_AS)])


def _seconds_of(connection):
    apply_limits(LIMITS)
    first = resource.getrlimit(resource.RLIMIT_CPU)[0]
    apply_limits(Limits(seconds=50))
    connection.send((first, resource.getrlimit(resource.RLIMIT_CPU)[0]))


def _orphaned(connection):
    apply_limits(LIMITS, parent=1 << 22)
    connection.send("alive")


def run(task):
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=task, args=(theirs,))
    process.start()
    theirs.close()
    try:
        return ours.recv()
    except EOFError:
        return None
    finally:
        process.join(10)


def test_a_worker_is_bounded_in_memory_and_leaves_no_core():
    assert run(_limits_of) == [0, LIMITS.memory_bytes]


def test_every_call_allows_more_time_from_now():
    first, second = run(_seconds_of)

    assert 5 <= first <= 10
    assert 50 <= second <= 55


def test_a_worker_whose_parent_is_gone_ends():
    assert run(_orphaned) is None
