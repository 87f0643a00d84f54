"""One server under test: started on its own core, watched, and stopped with all its children."""

import contextlib
import ctypes
import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks import cpu
from benchmarks.places import ROOT, without_places

START_SECONDS = 30.0
STOP_SECONDS = 5.0
LAST_LINES = 6
NOT_PASSED_ON = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
HOST = "127.0.0.1"
PR_SET_PDEATHSIG = 1


class ServerError(Exception):
    """The server did not start, or ended by itself; with its last lines."""


def free_port() -> int:
    """A port that nobody listens on at the moment."""
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        return int(listener.getsockname()[1])


class Server:
    """A running server."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
        """Keep what belongs to it."""
        self._process = process
        self.port = port
        self._log = log
        self.start_ms = 0.0

    @property
    def pid(self) -> int:
        """The first process of its family."""
        return self._process.pid

    @property
    def base_url(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://{HOST}:{self.port}"

    @property
    def is_running(self) -> bool:
        """Whether its first process still lives."""
        return self._process.poll() is None

    def memory_mb(self) -> float:
        """What its family has in memory, in MB."""
        return round(cpu.proportional_memory(self.pid) / 1e6, 2)

    def last_lines(self) -> str:
        """The end of what it wrote, in one line."""
        with contextlib.suppress(OSError):
            text = self._log.read_text(encoding="utf-8", errors="replace")
            lines = [line.strip() for line in text.splitlines() if line.strip()]
            return without_places(" / ".join(lines[-LAST_LINES:]))
        return ""

    def wait_for_answer(self, path: str, started: float, seconds: float) -> None:
        """Ask until the first 200; keeps how long that took since the start.

        Raises:
            ServerError: the server ended, or did not answer in time.
        """
        while True:
            if not self.is_running:
                raise ServerError(
                    f"the server ended with status {self._process.returncode}:"
                    f" {self.last_lines() or 'it wrote nothing'}"
                )
            if self._answers(path):
                self.start_ms = round((time.monotonic() - started) * 1000, 1)
                return
            if time.monotonic() - started > seconds:
                raise ServerError(
                    f"no answer within {seconds:g} s: {self.last_lines() or 'it wrote nothing'}"
                )
            time.sleep(0.005)

    def _answers(self, path: str) -> bool:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=5)
        try:
            connection.request("GET", path, headers={"Connection": "close"})
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def stop(self) -> None:
        """End the whole family: politely, then firmly."""
        members = [process.pid for process in cpu.family(self.pid, cpu.processes())]
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(STOP_SECONDS)
        for pid in members:
            if pid != self.pid or self._process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        self._process.wait()


def _end_with_the_harness() -> None:
    """Let the kernel end the server when the harness is killed: nobody else would."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@contextlib.contextmanager
def serving(
    command: Sequence[str],
    variables: Mapping[str, str],
    *,
    port: int,
    core: int,
    log: Path,
    first_path: str,
    seconds: float = START_SECONDS,
) -> Iterator[Server]:
    """A server that answers, on one core; stopped at the end of the block.

    Raises:
        ServerError: it does not start.
    """
    environment = {key: value for key, value in os.environ.items() if key not in NOT_PASSED_ON}
    environment |= variables
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output, cpu.pinned(core):
        started = time.monotonic()
        try:
            process = subprocess.Popen(
                list(command),
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_end_with_the_harness,
            )
        except OSError as error:
            raise ServerError(f"cannot be started: {error.strerror or error}") from error
    server = Server(process, port, log)
    try:
        server.wait_for_answer(first_path, started, seconds)
        yield server
    finally:
        server.stop()
