"""The piece of a scan that a value was read from."""

from __future__ import annotations

import pytest

from formflow.errors import NotFound
from formflow.pipeline.crops import crop_of


def test_what_was_read_from_no_scan_has_no_crop(office, paper):
    record = office.drop("a.docx", paper("new_customer.docx")).records[0]
    with pytest.raises(NotFound) as refused:
        crop_of(record.id, "customer_name", office.store)

    assert "no-crop" == refused.value.code


def test_a_record_that_is_not_there_has_none_either(office):
    with pytest.raises(NotFound) as refused:
        crop_of("nothing", "customer_name", office.store)

    assert "no-such-record" == refused.value.code
