"""Says what is being done while it is being done."""

import re
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TextIO

from house.problems import SetupError

LINES_SHOWN = 20
STILL_EVERY_S = 15.0
NOISE = re.compile(r"npm (silly|verbose|http|info|timing|warn)\b|at .*:\d+:\d+\)?( \{)?$")

HINTS = (
    (
        ("ENOTFOUND", "ECONNREFUSED", "EAI_AGAIN", "ETIMEDOUT", "ECONNRESET"),
        "Node's packages could not be fetched: check the network or proxy settings.",
    ),
    (
        ("No matching distribution found", "Failed to establish a new connection"),
        "Python's packages could not be fetched: check the network or proxy settings.",
    ),
    (
        ("CERT_IN_CHAIN", "UNABLE_TO_GET_ISSUER", "CERTIFICATE_VERIFY_FAILED"),
        "A certificate was refused: behind a company proxy, set NODE_EXTRA_CA_CERTS and PIP_CERT.",
    ),
    (("ENOSPC", "No space left on device"), "The disk is full."),
)


class Steps:
    """Prints one line per step; on a terminal the running step shows its seconds."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stdout
        self._is_terminal = self._out.isatty()
        self._text = ""
        self._began = 0.0
        self._last_word = 0.0

    def say(self, text: str) -> None:
        """Print a line of its own."""
        self.end()
        self._print(text)

    def begin(self, text: str) -> None:
        """Start a step; the one before it is done."""
        self.end()
        self._text = text
        self._began = self._last_word = time.monotonic()
        if not self._is_terminal:
            self._print(f"{text} ...")

    def tick(self) -> None:
        """Show that the running step is still running."""
        if not self._text:
            return
        now = time.monotonic()
        seconds = now - self._began
        if self._is_terminal:
            self._out.write(f"\r{self._text} ... {seconds:.0f} s ")
            self._out.flush()
        elif now - self._last_word >= STILL_EVERY_S:
            self._last_word = now
            self._print(f"  still at it after {seconds:.0f} s")

    def end(self) -> None:
        """Finish the running step, if there is one."""
        if not self._text:
            return
        seconds = time.monotonic() - self._began
        if self._is_terminal:
            self._print(f"\r{self._text} ... done in {seconds:.0f} s")
        else:
            self._print(f"  done in {seconds:.0f} s")
        self._text = ""

    def give_up(self) -> None:
        """Leave the running step unfinished."""
        if self._text and self._is_terminal:
            self._print("")
        self._text = ""

    def _print(self, text: str) -> None:
        self._out.write(f"{text}\n")
        self._out.flush()


def run_step(
    steps: Steps,
    text: str,
    command: Sequence[str | Path],
    *,
    log: Path,
    folder: Path,
    environment: Mapping[str, str],
) -> None:
    """Run a command as a step, its output in a log.

    Raises:
        SetupError: the command failed; the message ends with the log's last lines.
    """
    steps.begin(text)
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            while process.poll() is None:
                steps.tick()
                time.sleep(0.2)
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
    if process.returncode != 0:
        steps.give_up()
        raise SetupError(failure(f"{text}: this failed.", log))
    steps.end()


def failure(text: str, log: Path) -> str:
    """What went wrong, a hint if the log allows one, and the log's last lines."""
    lines = last_lines(log)
    words = "\n".join(lines)
    hints = [hint for signs, hint in HINTS if any(sign in words for sign in signs)]
    shown = [f"  | {line}" for line in lines[-LINES_SHOWN:]]
    return "\n".join(
        [text, *hints[:1], "The end of its log:", *shown, f"The whole log is in {log}"]
    )


def last_lines(log: Path, count: int = 200) -> list[str]:
    """The last lines of a log that say something: npm's chatter and Node's stack frames do not."""
    if not log.exists():
        return []
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    telling = [line.rstrip() for line in lines if line.strip() and not NOISE.match(line.lstrip())]
    return telling[-count:]
