"""Ink that is no ordinary character: `shapes` finds pen strokes and lone dashes, slashes and ditto marks; `signatures`
finds what somebody signed beside a line of text.
"""
