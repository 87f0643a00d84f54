"""Servers under test: started, timed, ended with all their children, and their faults told."""

import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from benchmarks.places import ROOT
from benchmarks.serving import Server, ServerError, free_port, serving
from tests.benchmarks.tiny import BREAKS, SERVER

pytestmark = pytest.mark.slow


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def wait_until_gone(pid: int) -> bool:
    for _ in range(100):
        if not is_alive(pid):
            return True
        time.sleep(0.05)
    return False


def start(
    tmp_path: Path, first_core: int, program: str, *, port: int = 0, seconds: float = 20
) -> AbstractContextManager[Server]:
    """A server whose program is this text."""
    port = port or free_port()
    return serving(
        [sys.executable, "-c", program, str(port)],
        {},
        port=port,
        core=first_core,
        log=tmp_path / "logs" / "server.log",
        first_path="/json",
        seconds=seconds,
    )


def test_a_server_is_timed_measured_and_ended(tmp_path: Path, first_core: int) -> None:
    with start(tmp_path, first_core, SERVER) as server:
        assert server.is_running
        assert 10 < server.start_ms < 20_000
        assert server.memory_mb() > 3
        assert os.sched_getaffinity(server.pid) == {first_core}

    assert wait_until_gone(server.pid)


def test_workers_that_outlive_their_parent_are_ended_too(tmp_path: Path, first_core: int) -> None:
    stubborn = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
    program = (
        f"import subprocess, sys; child = subprocess.Popen([sys.executable, '-c', {stubborn!r}],"
        f" start_new_session=True)\nopen({str(tmp_path / 'pid')!r}, 'w').write(str(child.pid))\n"
    )
    with start(tmp_path, first_core, program + SERVER):
        worker = int((tmp_path / "pid").read_text())
        assert is_alive(worker)

    assert wait_until_gone(worker)


def test_a_server_that_ends_is_told_with_its_last_lines(tmp_path: Path, first_core: int) -> None:
    with (
        pytest.raises(ServerError, match="ended with status 1: Traceback: the settings are wrong"),
        start(tmp_path, first_core, BREAKS),
    ):
        pass


def test_a_port_that_is_taken_is_told_with_the_servers_own_words(
    tmp_path: Path, first_core: int
) -> None:
    # The other one answers nothing, so it is not mistaken for the server.
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with (
            pytest.raises(ServerError, match="Address already in use"),
            start(tmp_path, first_core, SERVER, port=port),
        ):
            pass


def test_a_server_that_never_answers_is_given_up_and_ended(tmp_path: Path, first_core: int) -> None:
    program = "import time; print('waiting for the moon', flush=True); time.sleep(60)"

    with (
        pytest.raises(ServerError, match=r"no answer within 0\.5 s: waiting for the moon"),
        start(tmp_path, first_core, program, seconds=0.5),
    ):
        pass


def test_a_program_that_is_not_there_is_told(tmp_path: Path, first_core: int) -> None:
    with (
        pytest.raises(ServerError, match="No such file"),
        serving(
            ["/nowhere/python"],
            {},
            port=1,
            core=first_core,
            log=tmp_path / "log",
            first_path="/",
        ),
    ):
        pass


def test_a_harness_that_is_killed_leaves_no_server_behind(tmp_path: Path) -> None:
    harness = textwrap.dedent(
        f"""
        import os, sys, time
        from pathlib import Path
        from benchmarks.serving import free_port, serving
        port = free_port()
        command = [sys.executable, "-c", {SERVER!r}, str(port)]
        core = min(os.sched_getaffinity(0))
        log = Path({str(tmp_path / "log")!r})
        with serving(command, {{}}, port=port, core=core, log=log, first_path="/") as server:
            print(server.pid, flush=True)
            time.sleep(60)
        """
    )
    process = subprocess.Popen(
        [sys.executable, "-c", harness], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    server = int(process.stdout.readline())
    assert is_alive(server)

    process.send_signal(signal.SIGKILL)
    process.communicate()

    assert wait_until_gone(server)
