"""The outcome of a record: incomplete, else its worst finding's."""

from __future__ import annotations

from collections.abc import Iterable

from formflow.model import Finding, Outcome, Severity

_OUTCOMES = {
    Severity.RETURN: Outcome.RETURN,
    Severity.REJECT: Outcome.REJECT,
    Severity.REFER: Outcome.REFER,
}
"""In the order in which they decide."""


def decide(findings: Iterable[Finding]) -> Outcome:
    """The outcome of findings: return, reject, refer; with notes alone, or nothing, accept.

    A record that lacks something or is in doubt takes no number, whatever the rules say of the rest of it: a
    rule that rejects or refers it is asked again once it is complete.
    """
    severities = {finding.severity for finding in findings}
    return next(
        (outcome for severity, outcome in _OUTCOMES.items() if severity in severities), Outcome.ACCEPT
    )
