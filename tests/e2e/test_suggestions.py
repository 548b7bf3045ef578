"""A scanned form with a character misread: the reviewer is shown what it may be, and takes it in one step."""

from __future__ import annotations

import shlex

import pytest

pytest.importorskip("cv2")
pytest.importorskip("rapidocr")

from tests.e2e.test_blanks_on_paper import scanned
from tests.e2e.test_blanks_round_trip import FORMS

from formflow.documents.blanks.make import make_blank

CODE = "91440604MA4UQ8QR6H"
MISREAD = CODE.replace("8", "B")
RECORD = {
    "applied_on": "2026-03-05",
    "salesperson": "李明",
    "area": "华南",
    "customer_name": "佛山市宏达化工有限公司",
    "billing_name": "佛山市宏达化工有限公司",
    "credit_code": MISREAD,
    "phone": "0757-86123456",
    "first_trade_on": "2026-02-20",
    "development": "经老客户介绍",
    "evaluation": "信誉良好",
    "support_needed": "无",
}


@pytest.mark.slow
def test_a_misread_code_waits_with_its_suggestion_and_is_registered_once_that_is_taken(clerk):
    clerk.papers.mkdir(parents=True)
    paper = clerk.papers / "scan.tif"
    paper.write_bytes(scanned(make_blank(FORMS["new_customer"], "pdf", kind="record", records=[RECORD])))
    clerk.says("process", paper)
    (waits,) = clerk.lines("review", "list")
    record = waits["record"]
    shown = clerk.says("review", "show", record)
    command = f"formflow review set {record} credit_code {CODE}"

    assert MISREAD == waits["texts"]["credit_code"]
    assert f"perhaps: {CODE}    {command}" in shown
    assert [] == clerk.lines("register", "list")

    clerk.says("review", "crop", record, "credit_code", "-o", clerk.papers / "crop.png")
    clerk.says(*shlex.split(command)[1:])
    (entry,) = clerk.lines("register", "list")

    assert CODE == entry["values"]["credit_code"]
    assert (clerk.papers / "crop.png").stat().st_size > 0
