"""Text to typed value, pure: every way an office writes a date, an amount, a name, a code, a phone or a tick.

A function returns the value, a `Doubt` that a person settles, or None where nothing is written; it
never raises on text. Nothing is guessed: what can be read in two ways is a `Doubt`.
"""

from formflow.values.doubt import Doubt

__all__ = ["Doubt"]
