"""The generator itself: its files say what its truth says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from .generate import generate

_SPOKEN = {"product", "subject", "address", "area", "department", "customer_name", "sender", "recipient_org"}


def _text(path: Path) -> str:
    """All text of a docx, xlsx or csv file, folded and without blanks."""
    if path.suffix == ".csv":
        raw = path.read_bytes()
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("gb18030")
    else:
        with zipfile.ZipFile(path) as archive:
            names = [n for n in archive.namelist() if n.endswith(".xml")]
            text = "".join("".join(etree.fromstring(archive.read(n)).itertext()) for n in names)
    return "".join(unicodedata.normalize("NFKC", text).split())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generate(tmp_path_factory.mktemp("samples"), 7, 30, ["docx", "xlsx", "csv"])


def test_every_spoken_value_of_the_truth_stands_in_its_file(made: Path) -> None:
    for line in made.read_text(encoding="utf-8").splitlines():
        truth = json.loads(line)
        text = _text(made.parent / truth["file"])
        for record in truth["records"]:
            for name, value in record["values"].items():
                if name in _SPOKEN and value is not None:
                    folded = "".join(unicodedata.normalize("NFKC", value).split())
                    assert folded in text, (truth["file"], truth["layout"], name)


def test_the_same_seed_gives_the_same_truth(made: Path, tmp_path: Path) -> None:
    again = generate(tmp_path, 7, 30, ["docx", "xlsx", "csv"])
    assert again.read_bytes() == made.read_bytes()


_DRAWN = """
from hashlib import sha256
from pathlib import Path
from sys import argv
from tests.samples.generate import generate
print(sha256(generate(Path(argv[1]), 7, 16, ["docx", "xlsx"]).read_bytes()).hexdigest())
"""


def test_a_seed_draws_the_same_in_every_process(tmp_path: Path) -> None:
    drawn = {
        subprocess.run(
            [sys.executable, "-c", _DRAWN, str(tmp_path / order)],
            env={**os.environ, "PYTHONHASHSEED": order},
            check=True,
            capture_output=True,
            cwd=Path(__file__).parents[2],
        ).stdout
        for order in ("1", "2", "3")
    }

    assert 1 == len(drawn)
