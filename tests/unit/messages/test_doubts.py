from formflow.messages.doubts import REASONS
from formflow.model import DoubtReason


def test_every_reason_of_doubt_is_told_and_no_other():
    assert set(DoubtReason) == set(REASONS)
