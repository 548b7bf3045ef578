"""python -m tests.bench.scans [--pages N]: pages recognised per second, warm, and the memory that takes.

Compared in the same run with OCRmyPDF on Tesseract (chi_sim) where both are installed: pages per second only, for
it gives a searchable PDF and no fields.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from formflow.engine.scanning import can_recognise

AIM_RATE, AIM_MEMORY = 1, 2200


def lines(pages: int = 12) -> list[str]:
    """The section of `python -m tests.bench`; says so where the scan component is missing."""
    if not can_recognise():
        return ["scans                not measured: the scan component is not installed"]
    from tests.scans.generate import generate

    from formflow.recognition.engine import Recogniser
    from formflow.recognition.inputs import image_pages
    from formflow.recognition.page import recognise_file_page

    with tempfile.TemporaryDirectory() as folder:
        generate(Path(folder), 11, pages, ["scan200", "faxfine", "photo"])
        files = [path for path in sorted(Path(folder).iterdir()) if path.suffix in (".jpg", ".tif")]
        recogniser = Recogniser()
        recognise_file_page(files[0].read_bytes(), 0, recogniser)
        count, start = 0, time.perf_counter()
        for path in files:
            data = path.read_bytes()
            for number in range(image_pages(data, max_pages=50)):
                recognise_file_page(data, number, recogniser)
                count += 1
        rate = count / (time.perf_counter() - start)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return [
            f"pages recognised     {rate:7.2f} a second, warm, over {count} pages ({recogniser.runtime})    aim ≥ {AIM_RATE}",
            f"memory, recogniser   {peak:7.0f} MB aim ≤ {AIM_MEMORY}",
            _ocrmypdf(files, count),
        ]


def _ocrmypdf(files: list[Path], count: int) -> str:
    """The same pages through OCRmyPDF, which gives a searchable PDF and no fields."""
    if shutil.which("ocrmypdf") is None:
        return "ocrmypdf             not installed: nothing to compare with"
    start = time.perf_counter()
    for path in files:
        out = str(path.with_suffix(".out.pdf"))
        command = ["ocrmypdf", "-l", "chi_sim", "--image-dpi", "200", str(path), out]
        subprocess.run(command, check=False, capture_output=True)
    return f"ocrmypdf chi_sim     {count / (time.perf_counter() - start):7.2f} pages a second"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=12)
    print("\n".join(lines(parser.parse_args().pages)))


if __name__ == "__main__":
    main()
