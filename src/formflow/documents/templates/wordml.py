"""WordprocessingML elements as lxml gives them: names, and how one is taken out of its tree."""

from __future__ import annotations

import re
from typing import Any

Element = Any
"""An lxml element; lxml carries no types."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

CODED = re.compile("[\ufdd0\ufdd2\ufdd4][^\ufdd1\ufdd3\ufdd5]*[\ufdd1\ufdd3\ufdd5]")
"""A tag as it stands in the source (see `tags`)."""


def is_whitespace(text: str | None) -> bool:
    return text is not None and text != "" and not text.strip(" \t\r\n")


def remove(element: Element, instead: str = "") -> None:
    """Take an element out of its tree, leaving its tail, with a text in its place."""
    parent = element.getparent()
    tail = element.tail or ""
    put_before(element, instead + tail)
    parent.remove(element)


def put_before(element: Element, text: str) -> None:
    """Put a text before an element, behind whatever stands there."""
    previous, parent = element.getprevious(), element.getparent()
    if previous is None:
        parent.text = (parent.text or "") + text
    else:
        previous.tail = (previous.tail or "") + text
