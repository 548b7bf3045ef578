"""Templates that somebody wrote badly, or on purpose."""

from __future__ import annotations

from pathlib import Path

import docx


def endless_template(path: Path) -> Path:
    """A small template whose loops over a form's own values pass a quarter of a million times, with much to do in each."""
    opened = "".join(f"{{% for f{level} in findings %}}" for level in range(18))
    work = "{% if f17.message == entry.number %}x{% endif %}" * 2000
    document = docx.Document()
    document.add_paragraph(f"{opened}{work}{'{% endfor %}' * 18}")
    document.save(str(path))
    return path


def deep_template(path: Path) -> Path:
    """More loops inside one another than Python compiles."""
    document = docx.Document()
    document.add_paragraph("{% for f in findings %}" * 30 + "x" + "{% endfor %}" * 30)
    document.save(str(path))
    return path
