"""What a reading job makes of a batch of letters."""

from __future__ import annotations

import io

import pytest
from tests.support.pages import line, page, table

pytest.importorskip("PIL")

from PIL import Image

from formflow.errors import ReadError
from formflow.pipeline.jobs.read import LETTERS, ReadJob
from formflow.pipeline.jobs.worker_context import WorkerContext
from formflow.values.entrycode import EntryCode


@pytest.fixture
def scan(tmp_path):
    out = io.BytesIO()
    images = [Image.new("1", (200, 300), 1) for _ in range(4)]
    images[0].save(out, "TIFF", save_all=True, append_images=images[1:])
    path = tmp_path / "scan.tif"
    path.write_bytes(out.getvalue())
    return path


def test_letters_with_a_separator_between_them_are_letters_of_their_own(office, scan):
    pages = {
        0: page(1, line(1, "关于价格调整的函")),
        1: page(2, line(2, "附：价目表")),
        2: page(3, line(3, "分隔页")),
        3: page(4, line(4, "关于交货期的函")),
    }
    job = ReadJob(path=scan, name="scan.tif", hint=LETTERS, pages=pages, received="2026-03-05T14:30")

    items = job.run(WorkerContext(office.settings)).items

    assert [("page 1 letter", 2), ("page 4 letter", 1)] == [
        (item.record.position, item.record.values["pages"]) for item in items
    ]


def test_a_new_form_in_one_scan_with_a_signed_paper_is_refused_and_not_lost(office, scan):
    code = str(EntryCode(series="WS", year=2026, serial=7))
    rows = [
        ["受理日期", "2026-03-05", "受理人", "吴晓燕"],
        ["客户名称", "佛山市宏达化工有限公司", "联系人", "李明"],
    ]
    pages = {
        0: page(1, line(1, "客户投诉记录"), table(1, rows)),
        1: page(2, line(2, "审批单"), code=code),
        2: page(3),
        3: page(4),
    }

    with pytest.raises(ReadError) as refused:
        ReadJob(path=scan, name="scan.tif", pages=pages).run(WorkerContext(office.settings))

    assert "mixed" == refused.value.code
