"""The running log: a JSON line an event, whatever happens."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from formflow.log import open_log

NOW = datetime(2026, 3, 5, 7, 30, tzinfo=UTC)


def lines(folder):
    return [
        json.loads(line)
        for line in (folder / "formflow-2026-03.log").read_text(encoding="utf-8").splitlines()
    ]


def test_an_event_is_a_line_of_json_with_its_time(tmp_path):
    open_log(tmp_path / "log", lambda: NOW).info("received", file="申请表.docx", pages=3)

    assert [
        {
            "at": "2026-03-05T07:30:00.000+00:00",
            "level": "info",
            "event": "received",
            "file": "申请表.docx",
            "pages": 3,
        }
    ] == lines(tmp_path / "log")


def test_an_exception_keeps_its_trace(tmp_path):
    log = open_log(tmp_path, lambda: NOW)
    try:
        raise ValueError("broken")
    except ValueError:
        log.exception("not-advanced")

    assert "ValueError: broken" in lines(tmp_path)[0]["exception"]


def test_a_file_name_that_is_no_unicode_is_written_all_the_same(tmp_path):
    open_log(tmp_path, lambda: NOW).info("received", file="\udcff.docx")

    assert 1 == len(lines(tmp_path))


def test_a_log_that_cannot_be_written_stops_nothing_and_says_so_once(tmp_path, capsys):
    (tmp_path / "log").write_text("a file where the folder should be")
    log = open_log(tmp_path / "log", lambda: NOW)
    log.info("one")
    log.info("two")

    assert 1 == len(capsys.readouterr().err.splitlines())
