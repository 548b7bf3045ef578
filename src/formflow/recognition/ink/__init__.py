"""Ink that is no ordinary character: pen strokes of a signature, dashes, ditto marks."""
