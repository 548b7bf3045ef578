"""The outcome is the worst finding's."""

from __future__ import annotations

import pytest

from formflow.model import Finding, Outcome, Severity
from formflow.rules.decide import decide


@pytest.mark.parametrize(
    ("severities", "expected"),
    [
        ([], Outcome.ACCEPT),
        (["note"], Outcome.ACCEPT),
        (["note", "return"], Outcome.RETURN),
        (["refer", "return"], Outcome.REFER),
        (["return", "reject", "refer"], Outcome.REJECT),
    ],
)
def test_the_worst_finding_decides(severities, expected):
    findings = [Finding(code="x", severity=Severity(severity), message="甲") for severity in severities]

    assert decide(findings) == expected
