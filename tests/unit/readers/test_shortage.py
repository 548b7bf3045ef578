"""Whether a file could not be read because the machine has run out of something."""

from __future__ import annotations

import errno
import mmap
import shutil
import threading
from collections import namedtuple
from xml.etree import ElementTree

import pytest
from lxml import etree

from formflow.errors import ReadError
from formflow.limits import Limits
from formflow.readers import sandbox
from formflow.readers.sandbox import shortage

DAMAGED = ReadError("corrupt", "zip: bad magic")


def caused(by: BaseException) -> ReadError:
    error = ReadError("corrupt", str(by))
    error.__cause__ = by
    return error


def test_a_damaged_file_on_a_machine_that_lacks_nothing_is_damaged():
    assert "" == shortage(DAMAGED, Limits())


@pytest.mark.parametrize("number", [errno.EMFILE, errno.ENFILE, errno.EAGAIN, errno.ENOSPC])
def test_what_the_system_refuses_whatever_the_file_is_the_machines(number):
    assert shortage(caused(OSError(number, "refused")), Limits())


@pytest.mark.parametrize("error", [OSError("image file is truncated"), OSError(errno.EINVAL, "invalid")])
def test_an_oserror_of_a_librarys_own_is_the_files(error):
    assert "" == shortage(caused(error), Limits())


def test_a_module_that_cannot_be_imported_is_no_files_fault():
    assert "ImportError" in shortage(caused(ImportError("half installed")), Limits())


def test_a_module_that_is_written_in_part_is_no_files_fault():
    with pytest.raises(SyntaxError) as unfinished:
        compile("def read(", "half_installed.py", "exec")

    assert "SyntaxError" in shortage(caused(unfinished.value), Limits())


@pytest.mark.parametrize(
    "parse", [etree.fromstring, ElementTree.fromstring], ids=["lxml", "standard library"]
)
def test_xml_that_does_not_parse_is_the_files_fault(parse):
    with pytest.raises(SyntaxError) as broken:
        parse(b"<w:document")

    assert "" == shortage(caused(broken.value), Limits())


def refusing(error: BaseException):
    def refuse(*_, **__):
        raise error

    return refuse


@pytest.mark.parametrize(
    ("owner", "name", "error"),
    [
        (sandbox.os, "open", OSError(errno.EMFILE, "Too many open files")),
        (mmap, "mmap", OSError(errno.ENOMEM, "Cannot allocate memory")),
        (threading, "Thread", RuntimeError("can't start new thread")),
    ],
    ids=["files", "memory", "threads"],
)
def test_the_machine_is_asked_what_it_lacks(monkeypatch, owner, name, error):
    monkeypatch.setattr(owner, name, refusing(error))

    assert shortage(DAMAGED, Limits())


def test_a_full_disk_of_temporary_files_is_the_machines(monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(100, 99, 1))

    assert "no space" in shortage(DAMAGED, Limits())
