"""Each stage of a form's way, alone in one process."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from formflow.settings import load_settings
from formflow.workspace import lay_out


def stages(home: Path, forms: list[Path]) -> list[tuple[str, float]]:
    """Seconds a form by stage, in order of the way through."""
    from formflow.engine.ordered_lock import OrderedLock
    from formflow.extraction.extract import extract
    from formflow.forms.schema import validate
    from formflow.pipeline.context import Context, open_store
    from formflow.pipeline.jobs.finish import FinishJob
    from formflow.pipeline.jobs.read import ReadRecord, ReadResult
    from formflow.pipeline.jobs.worker_context import WorkerContext
    from formflow.pipeline.receiving import Incoming, receive
    from formflow.pipeline.settling import settle
    from formflow.readers.read import read
    from formflow.rules.calendar import open_calendar
    from formflow.store.archives import ArchiveMark
    from formflow.store.codec import dump_document
    from formflow.store.originals import SubmissionState

    lay_out(home)
    settings = load_settings(home, {})
    worker_context = WorkerContext(settings)
    zone = ZoneInfo(settings.timezone)
    context = Context(
        settings=settings,
        store=open_store(settings),
        workers=worker_context,  # type: ignore[arg-type]
        calendar=open_calendar(settings),
        clock=lambda: datetime.now(zone),
        write_order=OrderedLock(),
    )
    spent: dict[str, float] = defaultdict(float)

    @contextmanager
    def stage(name: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        spent[name] += time.perf_counter() - began

    warm = read(forms[0], limits=worker_context.limits)
    for candidate in extract(warm, worker_context.known):
        validate(candidate, worker_context.forms[candidate.form])
    for form in forms:
        with stage("receive (parent, durable)"):
            received = receive([Incoming(path=form, name=form.name)], context)[0]
        submission = received.submission
        assert submission is not None
        original = context.store.objects.path(submission.digest)
        with stage("read"):
            document = read(original, name=form.name, limits=worker_context.limits)
        with stage("extract"):
            candidates = extract(document, worker_context.known)
        with stage("validate"):
            items = [ReadRecord(one, *validate(one, worker_context.forms[one.form])) for one in candidates]
        with stage("encode reading"):
            encoded = dump_document(document)
        with stage("settle: rules, number, entry (parent, durable)"):
            reading = ReadResult(
                media_type=document.media_type, reader=document.reader, items=tuple(items), document=encoded
            )
            settlement = settle(submission, items, reading, context)
        assert settlement is not None
        for entry in settlement.entries.values():
            job = FinishJob(entry=entry, original=original)
            definition = worker_context.forms[entry.form]
            with stage("documents"):
                job._documents(definition, worker_context, "")
            with stage("stamped copy"):
                job._copy(definition, worker_context)
            with stage("all files with the bag (durable)"):
                made = job.run(worker_context)
            with stage("mark and close (parent, durable)"):
                mark = ArchiveMark(
                    number=made.number,
                    event=made.event,
                    path=made.path,
                    manifest=made.seal,
                    at=context.clock(),
                )
                context.store.archives.mark([mark])
                context.store.submissions.set_state(submission.id, SubmissionState.DONE, at=context.clock())
    context.store.close()
    return [(name, seconds / len(forms)) for name, seconds in spent.items()]
