"""Templates are checked apart from the parent: whatever one does, its problems come, or that it was not checked."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import docx
import pytest
from tests.support.templates import deep_template, endless_template

from formflow.engine import checking
from formflow.engine.checking import check_in, checking_pool, told_by
from formflow.engine.pool import Pool
from formflow.errors import StoreError
from formflow.forms.load import load_forms
from formflow.pipeline.jobs.check_template import CheckJob
from formflow.settings import Settings

FORM = load_forms(Path(__file__).parents[3] / "schemas")["new_customer"]


@pytest.fixture
def pool(tmp_path: Path) -> Iterator[Pool]:
    with checking_pool(Settings(workspace=tmp_path)) as pool:
        yield pool


def plain(path: Path, text: str) -> Path:
    document = docx.Document()
    document.add_paragraph(text)
    document.save(str(path))
    return path


def test_problems_come_back_with_their_places(pool, tmp_path):
    right = check_in(pool, CheckJob(plain(tmp_path / "right.docx", "{{ entry.number }}"), FORM))
    wrong = check_in(pool, CheckJob(plain(tmp_path / "wrong.docx", "{{ entry.nubmer }}"), FORM))

    assert [] == right.result(60)
    assert ["body"] == [problem.place.part for problem in wrong.result(60)]
    assert "did you mean number?" in str(wrong.result()[0])


def test_a_template_that_comes_to_no_end_is_a_problem_and_the_next_one_is_checked(
    pool, tmp_path, monkeypatch
):
    monkeypatch.setattr(checking, "CHECK_SECONDS", 0.5)
    endless = check_in(pool, CheckJob(endless_template(tmp_path / "endless.docx"), FORM))
    monkeypatch.undo()
    right = check_in(pool, CheckJob(plain(tmp_path / "right.docx", "{{ entry.number }}"), FORM))

    told = [str(problem) for problem in endless.result(60)]
    assert [True] == ["endless.docx" in one and "s of processor time" in one for one in told]
    assert [] == right.result(60)


def test_loops_deeper_than_python_compiles_are_a_problem_of_their_place(pool, tmp_path):
    problems = check_in(pool, CheckJob(deep_template(tmp_path / "deep.docx"), FORM)).result(60)

    assert ["body"] == [problem.place.part for problem in problems]
    assert "nested too deeply" in str(problems[0])


@dataclass(frozen=True)
class Broken(CheckJob):
    """What no check foresees."""

    def run(self, bench):
        if self.path.name == "dies.docx":
            os._exit(11)
        raise ZeroDivisionError("unforeseen")


@pytest.mark.parametrize(
    ("name", "told"), [("dies.docx", "ended the process that checked it"), ("raises.docx", "unforeseen")]
)
def test_a_check_that_fails_itself_is_a_problem(tmp_path, name, told, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[3]))
    with checking_pool(Settings(workspace=tmp_path)) as pool:
        problems = check_in(pool, Broken(tmp_path / name, FORM)).result(60)

    assert [name] == [problem.template for problem in problems]
    assert told in str(problems[0])


def test_where_no_worker_starts_no_template_is_blamed(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.executable", "/bin/false")
    refused: list[StoreError] = []
    with checking_pool(Settings(workspace=tmp_path)) as pool:
        check = check_in(pool, CheckJob(plain(tmp_path / "right.docx", "x"), FORM))
        told_by(check, lambda found: pytest.fail(str(found)), refused.append)
        with pytest.raises(StoreError):
            check.result(60)

    assert ["machine"] == [error.code for error in refused]


def test_a_pool_that_is_closed_ends_the_checks_at_once_and_tells_nothing(tmp_path):
    told: list[object] = []
    begun = time.monotonic()
    with checking_pool(Settings(workspace=tmp_path)) as pool:
        for name in ("a.docx", "b.docx"):
            check = check_in(pool, CheckJob(endless_template(tmp_path / name), FORM))
            told_by(check, told.append, told.append)

    assert check.cancelled()
    assert time.monotonic() - begun < 8
    assert [] == told
