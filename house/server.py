"""Builds the app and serves it: a child process, watched until the page answers."""

import errno
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from house import build
from house.installation import variables
from house.problems import SetupError
from house.progress import Steps, failure

FIRST_STAGE = "Compiling the pages (compiling and building take about a minute the first time)"
STAGES = (
    ("Compiling", "Building (the first time Node's packages are fetched for it)"),
    ("Creating Production Build", "Compressing the pages and starting the server"),
)
PATIENCE_TO_STOP_S = 8.0
HIGHEST_PORT = 65_535


def port_number(text: str) -> int:
    """The port somebody asked for.

    Raises:
        SetupError: this is not a port.
    """
    try:
        port = int(text)
    except ValueError:
        port = 0
    if not 1 <= port <= HIGHEST_PORT:
        raise SetupError(
            f'PORT must be a number from 1 to {HIGHEST_PORT}, but is "{text}":'
            " for example make run PORT=3001"
        )
    return port


def check_port(port: int) -> None:
    """Nothing, if the port is free.

    Raises:
        SetupError: somebody else has it, or this user may not use it.
    """
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            with socket.socket(family, socket.SOCK_STREAM) as attempt:
                if os.name != "nt":
                    attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                attempt.bind(("", port))
        except PermissionError as error:
            raise SetupError(
                f"Port {port} needs rights that you do not have here."
                " Take one from 1024 up, for example: make run PORT=3001"
            ) from error
        except OSError as error:
            if error.errno in (errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL):
                continue  # a machine without this kind of address
            raise SetupError(
                f"Port {port} is taken by another program. Stop it, or take another port:"
                f" make run PORT={free_port(port + 1)}"
            ) from error


def free_port(start: int = 0) -> int:
    """A port nobody uses: the first from `start` up, or any when there is none or no start."""
    for candidate in range(start, min(start + 100, HIGHEST_PORT + 1)) if start else ():
        try:
            check_port(candidate)
        except SetupError:
            continue
        return candidate
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as anywhere:
        anywhere.bind(("127.0.0.1", 0))
        return int(anywhere.getsockname()[1])


@dataclass
class AppServer:
    """The app in production form, on one port of this machine.

    Several processes belong to a server (the build's Node, the workers), so it gets a process
    group of its own and is stopped as a group.
    """

    folder: Path
    python: Path
    port: int
    host: str
    log: Path
    steps: Steps = field(default_factory=Steps)
    extra_variables: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where to open the app in a browser."""
        name = "localhost" if self.host in ("", "0.0.0.0", "::") else self.host
        return f"http://{name}:{self.port}"

    def start(self, patience_s: float | None = None) -> None:
        """Build if anything has changed, serve, and come back when the page answers.

        Raises:
            SetupError: the build failed, or the page did not answer in time.
        """
        self.log.parent.mkdir(parents=True, exist_ok=True)
        made_from = build.fingerprint(self.folder, self.python, self.port)
        if build.is_up_to_date(self.folder, made_from):
            stages: list[tuple[str, str]] = []
            first_stage = "Starting the server (nothing has changed since the last build)"
            command = [str(self.python), "-c", build.SERVE_AS_IT_IS, self.host, str(self.port)]
        else:
            build.prepare(self.folder)
            stages = list(STAGES)
            first_stage = FIRST_STAGE
            command = [str(self.python), "-m", "reflex", "run", "--env", "prod"]
            command += ["--frontend-port", str(self.port), "--backend-port", str(self.port)]
            command += ["--backend-host", self.host]
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                command,
                cwd=self.folder,
                env=self._variables(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=os.name != "nt",
            )
        self.steps.begin(first_stage)
        began = time.monotonic()
        try:
            while not self.answers():
                if self.process.poll() is not None:
                    self.steps.give_up()
                    raise SetupError(
                        failure(
                            "The app could not be built or started."
                            " The next try begins with a clean build folder.",
                            self.log,
                        )
                    )
                if patience_s is not None and time.monotonic() - began > patience_s:
                    self.steps.give_up()
                    raise SetupError(
                        failure(f"The page did not answer within {patience_s:.0f} s.", self.log)
                    )
                text = self.log.read_text(encoding="utf-8", errors="replace")
                while stages and stages[0][0] in text:
                    self.steps.begin(stages.pop(0)[1])
                self.steps.tick()
                time.sleep(0.2)
        except BaseException:
            self.stop()
            build.forget(self.folder)
            raise
        build.finish(self.folder, made_from)
        self.steps.end()

    def answers(self) -> bool:
        """Whether the page is there."""
        here = "127.0.0.1" if self.host in ("", "0.0.0.0") else self.host.strip("[]")
        address = f"[{here}]" if ":" in here else here
        # A proxy of this machine has no business between us and our own server.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(f"http://{address}:{self.port}/", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def new_log_lines(self) -> Iterator[str]:
        """What the server has to say from now on, until it ends."""
        process = self._running()
        with self.log.open(encoding="utf-8", errors="replace") as log:
            log.seek(0, os.SEEK_END)
            while True:
                is_over = process.poll() is not None
                yield from log
                if is_over:
                    return
                time.sleep(0.3)

    def kill(self) -> None:
        """End the server at once, without a chance to tidy up."""
        if self.process is not None:
            _signal_group(self.process, hard=True)
            self.process.wait()
            self.process = None

    def stop(self) -> None:
        """End the server and everything it started."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(PATIENCE_TO_STOP_S)
            except subprocess.TimeoutExpired:
                _signal_group(self.process, hard=False)
        until = time.monotonic() + PATIENCE_TO_STOP_S / 2
        while _group_lives(self.process) and time.monotonic() < until:
            _signal_group(self.process, hard=False)
            time.sleep(0.1)
        self.kill()

    def _running(self) -> subprocess.Popen[bytes]:
        if self.process is None:
            message = "the server has not been started"
            raise RuntimeError(message)
        return self.process

    def _variables(self) -> dict[str, str]:
        environment = self.python.parent.parent
        wide = {"COLUMNS": "200", "NO_COLOR": "1"}  # one message, one line of the log
        return variables(environment) | wide | self.extra_variables


def _signal_group(process: subprocess.Popen[bytes], *, hard: bool) -> None:
    """Tell a process and everything it started to end."""
    if os.name == "nt":
        command = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
        subprocess.run(command, capture_output=True, check=False)
        return
    try:
        os.killpg(process.pid, signal.SIGKILL if hard else signal.SIGTERM)
    except (ProcessLookupError, PermissionError):
        return  # nobody is left (macOS says it by refusing)


def _group_lives(process: subprocess.Popen[bytes]) -> bool:
    """Whether anything a process started is still there."""
    process.poll()  # the leader counts as long as nobody has asked how it ended
    if os.name == "nt":
        return process.returncode is None
    try:
        os.killpg(process.pid, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


@contextmanager
def only_one_server(root: Path, url: str) -> Iterator[None]:
    """Holds the build folder: two servers of one folder would build over each other.

    Raises:
        SetupError: this folder is being served already.
    """
    if os.name == "nt":
        yield
        return
    import fcntl

    path = root / ".make" / "serving"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as hold:
        try:
            fcntl.flock(hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            where = path.read_text().strip()
            raise SetupError(
                f"This folder is being served already, at {where}."
                " Stop that first (Ctrl-C where it runs), or use a second clone."
            ) from error
        hold.truncate(0)
        hold.write(f"{url}\n")
        hold.flush()
        yield
