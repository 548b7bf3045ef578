"""What is incomplete goes back; else the worst finding decides."""

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
        (["refer", "reject"], Outcome.REJECT),
        (["refer", "return"], Outcome.RETURN),
        (["return", "reject", "refer"], Outcome.RETURN),
    ],
)
def test_the_outcome_is_return_for_what_is_incomplete_else_the_worst_findings(severities, expected):
    findings = [Finding(code="x", severity=Severity(severity), message="甲") for severity in severities]

    assert decide(findings) == expected
