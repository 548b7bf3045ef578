"""Store registered layouts: a folder for each form, a JSON file for each layout, a picture of each empty page."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from formflow.errors import ConfigurationError
from formflow.messages import NOTHING
from formflow.messages import recognition as messages
from formflow.recognition.layouts.match import KnownPage
from formflow.recognition.raster import DPI, Medium, Raster
from formflow.recognition.rulings.grid import Area

_NAME = re.compile(r"[\w.-]{1,60}")


def save_layout(folder: Path, form: str, name: str, pages: Sequence[KnownPage]) -> Path:
    """Write a layout's pages and return its JSON file; a layout of the same name is replaced.

    Raises:
        ConfigurationError: The name cannot be a file's.
    """
    if not _NAME.fullmatch(name):
        raise ConfigurationError(messages.BAD_LAYOUT_NAME(name=name), code="bad-name")
    own = folder / form
    own.mkdir(parents=True, exist_ok=True)
    saved = []
    for page in pages:
        picture = f"{name}-{page.number + 1}.png"
        out = io.BytesIO()
        Image.fromarray(page.blank.grey).save(out, "PNG", dpi=(DPI, DPI), optimize=True)
        (own / picture).write_bytes(out.getvalue())
        cells = [[*area, text] for area, text in page.texts.items()]
        saved.append({"picture": picture, "cells": cells, "boxes": [list(area) for area in page.boxes]})
    path = own / f"{name}.json"
    path.write_text(
        json.dumps({"form": form, "name": name, "dpi": DPI, "pages": saved}, ensure_ascii=False, indent=1)
        + "\n",
        encoding="utf-8",
    )
    return path


def layout_files(folder: Path) -> list[tuple[str, str, int]]:
    """Form, name and number of pages of every registered layout."""
    found = []
    for path in sorted(folder.glob("*/*.json")):
        layout = _contents(path)
        found.append((str(layout["form"]), str(layout["name"]), len(layout["pages"])))
    return found


def load_layouts(folder: Path) -> list[KnownPage]:
    """Every page of every registered layout.

    Raises:
        ConfigurationError: A file is not what `save_layout` wrote.
    """
    pages = []
    for path in sorted(folder.glob("*/*.json")):
        layout = _contents(path)
        for number, page in enumerate(layout["pages"]):
            try:
                with Image.open(path.parent / page["picture"]) as image:
                    grey = np.asarray(image.convert("L")).copy()
                texts = {_area(*area): str(text) for *area, text in page["cells"]}
                boxes = [_area(*area) for area in page.get("boxes", ())]
            except (OSError, KeyError, TypeError, ValueError) as error:
                raise _broken(path, error) from error
            raster = Raster(grey=grey, colour=None, medium=Medium.SCAN)
            pages.append(KnownPage(str(layout["form"]), str(layout["name"]), number, raster, texts, boxes))
    return pages


def remove_layout(folder: Path, form: str, name: str) -> bool:
    """Delete a layout; True if there was one."""
    path = folder / form / f"{name}.json"
    if not _NAME.fullmatch(name) or not path.is_file():
        return False
    for page in _contents(path)["pages"]:
        (path.parent / Path(str(page["picture"])).name).unlink(missing_ok=True)
    path.unlink()
    return True


def _area(left: Any, top: Any, right: Any, bottom: Any) -> Area:
    return int(left), int(top), int(right), int(bottom)


def _contents(path: Path) -> dict[str, Any]:
    try:
        layout = json.loads(path.read_text(encoding="utf-8"))
        if {"form", "name", "pages"} <= layout.keys() and layout["dpi"] == DPI:
            return dict(layout)
    except (OSError, ValueError, AttributeError, KeyError) as error:
        raise _broken(path, error) from error
    raise _broken(path, None)


def _broken(path: Path, error: Exception | None) -> ConfigurationError:
    why = messages.BRACKETED(text=error) if error else NOTHING
    return ConfigurationError(
        messages.NOT_LAYOUT(path=path, why=why), code="bad-layout", remedy=messages.REGISTER_AGAIN()
    )
