"""The outcome of a record: its worst finding's."""

from __future__ import annotations

from collections.abc import Iterable

from formflow.model import Finding, Outcome, Severity

_OUTCOMES = {
    Severity.REJECT: Outcome.REJECT,
    Severity.REFER: Outcome.REFER,
    Severity.RETURN: Outcome.RETURN,
}
"""The worst first."""


def decide(findings: Iterable[Finding]) -> Outcome:
    """The outcome of the worst finding: reject, refer, return; with notes alone, or nothing, accept."""
    severities = {finding.severity for finding in findings}
    return next(
        (outcome for severity, outcome in _OUTCOMES.items() if severity in severities), Outcome.ACCEPT
    )
