"""Word and Excel samples printed to PDF by LibreOffice, many in one call."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path


def to_pdf(files: list[tuple[Path, Path]]) -> None:
    """Each (source, target); needs `soffice`."""
    if not files:
        return
    with tempfile.TemporaryDirectory() as profile, tempfile.TemporaryDirectory() as out:
        command = [
            "soffice",
            f"-env:UserInstallation=file://{profile}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            out,
        ]
        subprocess.run(
            [*command, *[str(source) for source, _ in files]], check=True, capture_output=True, timeout=600
        )
        for source, target in files:
            shutil.move(Path(out) / f"{source.stem}.pdf", target)
