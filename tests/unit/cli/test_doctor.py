"""What doctor looks at."""

from __future__ import annotations

from datetime import datetime, tzinfo

COMPLAINT = "客户投诉记录,\n投诉日期,2026年3月3日\n客户名称,佛山市宏达化工有限公司\n产品名称,树脂\n投诉类别,交货\n投诉内容,到货延误\n"


def test_a_form_that_was_not_completed_in_time_is_told_with_the_day(line, monkeypatch):
    class Clock(datetime):
        today = datetime.fromisoformat("2026-03-05T09:30:00+08:00")

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return cls.today.astimezone(tz)

    settings = line.folder / "formflow.toml"
    settings.write_text(f"{settings.read_text(encoding='utf-8')}\ncomplete_days = 10\n", encoding="utf-8")
    monkeypatch.setattr("formflow.pipeline.context.datetime", Clock)
    (line.folder / "缺.csv").write_text(COMPLAINT, encoding="utf-8")
    line.run("process", str(line.folder / "缺.csv"))

    assert "not completed in time" not in line.run("doctor").out
    Clock.today = datetime.fromisoformat("2026-03-17T09:30:00+08:00")
    assert "· not completed in time: 1: 缺.csv (2026-03-16)" in line.run("doctor").out
