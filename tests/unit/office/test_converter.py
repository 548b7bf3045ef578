"""The converter against the real office; without one on the machine these tests have nothing to say."""

from __future__ import annotations

import http.server
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest
from tests.support import papers

from formflow.errors import ReadError
from formflow.office import converter as office
from formflow.office.converter import Converter, NotReady, OfficeLost
from formflow.office.filters import PDF_A_2B
from formflow.office.leftovers import sweep
from formflow.office.program import find_soffice

SECONDS = 60.0


@pytest.fixture(scope="module")
def converter():
    with Converter() as made:
        yield made


@pytest.fixture(scope="module")
def letter(tmp_path_factory) -> bytes:
    return papers.make("new_customer.docx", tmp_path_factory.mktemp("papers"), 1).read_bytes()


def alive(pid: int) -> bool:
    """Whether a process of that group runs; one that has ended and was not waited for does not."""
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, group = entry.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(group) == pid and state != "Z":
            return True
    return False


def gone(pid: int, *folders: Path) -> bool:
    """Whether the processes of a group end soon, and the folders with them."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if not alive(pid) and not any(folder.exists() for folder in folders):
            return True
        time.sleep(0.05)
    return False


def test_a_document_goes_there_and_back(converter, letter):
    old = converter.convert(letter, "docx", "doc", seconds=SECONDS)
    new = converter.convert(old, "doc", "docx", seconds=SECONDS)

    assert (b"\xd0\xcf\x11\xe0", b"PK\x03\x04") == (old[:4], new[:4])


def test_the_office_stays_for_the_next_file(converter, letter):
    converter.convert(letter, "docx", "rtf", seconds=SECONDS)
    first = converter.pid
    converter.convert(letter, "docx", "rtf", seconds=SECONDS)

    assert first is not None
    assert first == converter.pid


def test_options_reach_the_export_filter(converter, letter):
    pdf = converter.convert(letter, "docx", "pdf", seconds=SECONDS, options=PDF_A_2B)

    assert b"pdfaid" in pdf


def test_one_bad_file_of_several_fails_alone(converter, letter):
    results = converter.convert_all(
        [(letter, "docx"), (b"no text\x00\x01\xd0\xcf", "doc")], "pdf", seconds=SECONDS
    )

    assert b"%PDF" == results[0][:4]
    assert "corrupt" == results[1].code


def test_a_file_that_takes_too_long_ends_the_office_and_the_next_gets_another(letter):
    with Converter() as converter:
        converter.convert(letter, "docx", "rtf", seconds=SECONDS)
        first = converter.pid
        with pytest.raises(ReadError) as refused:
            converter.convert(letter, "docx", "rtf", seconds=0.001)
        after = converter.convert(letter, "docx", "rtf", seconds=SECONDS)

        assert "timeout" == refused.value.code
        assert after.startswith(b"{\\rtf")
        assert gone(first)


@pytest.fixture
def slow(tmp_path) -> Path:
    """An office that takes a second and a half to begin to start, as on a busy machine."""
    program = tmp_path / "slow"
    program.write_text(f'#!/bin/sh\nsleep 1.5\nexec {find_soffice()} "$@"\n')
    program.chmod(0o755)
    return program


def test_a_start_that_takes_too_long_goes_on_for_the_next_try(slow, letter):
    with Converter(slow) as converter:
        begun = time.monotonic()
        with pytest.raises(NotReady):
            converter.convert(letter, "docx", "rtf", seconds=0.5)
        took, first = time.monotonic() - begun, converter.pid
        after = converter.convert(letter, "docx", "rtf", seconds=SECONDS)

        assert 1.5 > took
        assert (first, b"{\\rtf") == (converter.pid, after[:5])


def test_an_office_that_never_starts_is_ended_and_no_file_is_to_blame(slow, letter, monkeypatch):
    monkeypatch.setattr(office, "START_SECONDS", 0.2)
    with Converter(slow) as converter:
        with pytest.raises(NotReady):
            converter.convert(letter, "docx", "rtf", seconds=0.3)

        assert converter.pid is None


def fake(tmp_path: Path, over_a_file: str) -> Path:
    """An office that is there by itself, and a command that does something else than to hand a file over."""
    program = tmp_path / "fake"
    program.write_text(
        f'#!/bin/sh\ncase "$*" in *--convert-to*) {over_a_file};; *) exec {find_soffice()} "$@";; esac\n'
    )
    program.chmod(0o755)
    return program


def test_an_office_that_is_killed_over_a_file_does_not_make_the_file_damaged(tmp_path, letter):
    with Converter(fake(tmp_path, "kill -9 0")) as converter, pytest.raises(OfficeLost) as lost:
        converter.convert(letter, "docx", "rtf", seconds=SECONDS)

    assert "crashed" == lost.value.code


def test_a_command_that_is_killed_does_not_make_the_file_damaged(tmp_path, letter):
    with Converter(fake(tmp_path, "kill -9 $$")) as converter, pytest.raises(OfficeLost):
        converter.convert(letter, "docx", "rtf", seconds=SECONDS)


def test_a_file_that_the_office_makes_nothing_of_is_damaged(tmp_path, letter):
    with Converter(fake(tmp_path, "exit 1")) as converter, pytest.raises(ReadError) as refused:
        converter.convert(letter, "docx", "rtf", seconds=SECONDS)

    assert ("corrupt", False) == (refused.value.code, isinstance(refused.value, OfficeLost))


def test_a_file_may_wait_longer_on_the_wall_than_it_takes_of_the_processor(tmp_path, letter):
    waits = fake(tmp_path, f'sleep 0.8; exec {find_soffice()} "$@"')
    with Converter(waits) as converter:
        converter.convert(letter, "docx", "rtf", seconds=SECONDS)

        assert converter.convert(letter, "docx", "rtf", seconds=0.5).startswith(b"{\\rtf")


@pytest.mark.parametrize(
    ("does", "told"), [("sleep 60", "processor time: it hangs"), ("while :; do :; done", "more than")]
)
def test_one_that_hangs_and_one_that_works_without_end_are_told_apart(
    tmp_path, letter, does, told, monkeypatch
):
    if does.startswith("while"):  # however little of the processor a busy machine gives it
        monkeypatch.setattr("formflow.office.resident.WIDER", 200)
    with Converter(fake(tmp_path, does)) as converter:
        converter._running(SECONDS)
        with pytest.raises(ReadError) as refused:
            # More than an office that has just started may still have to do for itself.
            converter.convert(letter, "docx", "rtf", seconds=1.0)

    assert ("timeout", True) == (refused.value.code, told in refused.value.detail)


def test_an_office_that_was_killed_is_replaced(letter):
    with Converter() as converter:
        converter.convert(letter, "docx", "rtf", seconds=SECONDS)
        first = converter.pid
        os.killpg(first, signal.SIGKILL)
        after = converter.convert(letter, "docx", "rtf", seconds=SECONDS)

        assert after.startswith(b"{\\rtf")
        assert first != converter.pid


def test_an_office_without_work_is_ended(letter):
    with Converter(idle_seconds=0.2) as converter:
        converter.convert(letter, "docx", "rtf", seconds=SECONDS)
        pid = converter.pid

        assert gone(pid)


def test_closing_leaves_nothing_behind(letter):
    converter = Converter()
    converter.convert(letter, "docx", "rtf", seconds=SECONDS)
    pid, folder = converter.pid, converter._resident.folder
    converter.close()

    assert gone(pid)
    assert not folder.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_no_office_outlives_a_process_that_was_killed(letter, tmp_path):
    (tmp_path / "a.docx").write_bytes(letter)
    script = textwrap.dedent(
        f"""
        import time
        from pathlib import Path
        from formflow.office.converter import shared
        shared().convert(Path({str(tmp_path / "a.docx")!r}).read_bytes(), "docx", "rtf", seconds=60)
        print(shared().pid, shared()._resident.folder, flush=True)
        time.sleep(60)
        """
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    pid, folder = parent.stdout.readline().split()
    parent.kill()
    parent.wait()

    assert gone(int(pid), Path(folder))


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
@pytest.mark.parametrize("watches", [1, 2], ids=["one watch", "every watch"])
def test_no_office_outlives_a_process_whose_watch_was_killed_too(letter, tmp_path, watches):
    (tmp_path / "a.docx").write_bytes(letter)
    script = textwrap.dedent(
        f"""
        import time
        from pathlib import Path
        from formflow.office.converter import shared
        shared().convert(Path({str(tmp_path / "a.docx")!r}).read_bytes(), "docx", "rtf", seconds=60)
        watches = [watch.pid for watch in shared()._resident._watches]
        print(shared().pid, shared()._resident.folder, *watches, flush=True)
        time.sleep(60)
        """
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as parent:
        pid, folder, *guards = parent.stdout.readline().split()
        for guard in guards[:watches]:
            os.kill(int(guard), signal.SIGKILL)
        parent.kill()
    if watches == len(guards):
        assert alive(int(pid))
        assert 1 <= sweep()

    assert gone(int(pid), Path(folder))


def test_an_office_whose_process_lives_is_not_swept_away(converter, letter):
    converter.convert(letter, "docx", "rtf", seconds=SECONDS)
    sweep()

    assert alive(converter.pid)
    assert converter._resident.folder.exists()


def test_a_watch_that_was_killed_is_set_anew(converter, letter):
    converter.convert(letter, "docx", "rtf", seconds=SECONDS)
    killed = converter._resident._watches[0]
    killed.kill()
    killed.wait()
    converter.convert(letter, "docx", "rtf", seconds=SECONDS)

    assert [None, None] == [watch.poll() for watch in converter._resident._watches]


@pytest.mark.skipif(sys.platform != "linux", reason="limits of Linux")
def test_limits_of_the_readers_sandbox_are_not_the_offices(letter, tmp_path):
    (tmp_path / "a.docx").write_bytes(letter)
    script = textwrap.dedent(
        f"""
        import resource
        from pathlib import Path
        from formflow.office.converter import shared
        for kind, bound in ((resource.RLIMIT_DATA, 60_000_000), (resource.RLIMIT_CPU, 2)):
            resource.setrlimit(kind, (bound, resource.getrlimit(kind)[1]))
        print(len(shared().convert(Path({str(tmp_path / "a.docx")!r}).read_bytes(), "docx", "pdf", seconds=60)))
        """
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120)

    assert 0 == done.returncode, done.stderr
    assert int(done.stdout) > 1000


def test_without_an_office_the_message_says_what_to_install(monkeypatch, letter):
    monkeypatch.setattr(office, "find_soffice", lambda: None)

    with pytest.raises(ReadError) as refused:
        Converter().convert(letter, "docx", "rtf", seconds=SECONDS)

    assert "no-office" == refused.value.code
    assert "LibreOffice" in refused.value.chinese and "LibreOffice" in refused.value.english


HOSTILE = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" xmlns:ooo="http://openoffice.org/2004/office"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:scripts><office:script script:language="ooo:Basic"><ooo:libraries>
<ooo:library-embedded ooo:name="Standard"><ooo:module ooo:name="M"><ooo:source-code>Sub Main
Open "{mark}" For Output As #1
Print #1, "ran"
Close #1
End Sub</ooo:source-code></ooo:module></ooo:library-embedded></ooo:libraries></office:script>
<office:event-listeners><script:event-listener script:language="ooo:script" script:event-name="dom:load"
 xlink:href="vnd.sun.star.script:Standard.M.Main?language=Basic&amp;location=document" xlink:type="simple"/>
</office:event-listeners></office:scripts>
<office:body><office:text><text:p>客户名称<draw:frame svg:width="3cm" svg:height="3cm" text:anchor-type="as-char">
<draw:image xlink:href="http://127.0.0.1:{port}/image.png" xlink:type="simple" xlink:show="embed"
 xlink:actuate="onLoad"/></draw:frame></text:p>
<text:section text:name="S"><text:section-source xlink:href="http://127.0.0.1:{port}/section.odt"
 xlink:type="simple"/><text:p>x</text:p></text:section></office:text></office:body></office:document>"""


@pytest.mark.parametrize("to", ["docx", "pdf"])
def test_no_macro_runs_and_no_link_is_followed(converter, tmp_path, to):
    asked: list[str] = []

    class Server(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

        def log_message(self, *_: object) -> None:
            pass

    mark = tmp_path / "mark.txt"
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = HOSTILE.format(mark=mark, port=server.server_address[1])
        made = converter.convert(page.encode(), "fodt", to, seconds=SECONDS)
        server.shutdown()

    assert made
    assert ([], False) == (asked, mark.exists())
