"""Where the harness keeps its things, and how a path of this machine leaves a text."""

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv-bench"
PINS = ROOT / "requirements-bench.txt"
RUNS = ROOT / "data" / "benchmarks"
WORKSHOP = ROOT / ".make" / "benchmarks"
"""Journals of runs and logs of servers: kept between invocations, not under version control."""

IN_MEMORY = Path("/dev/shm")


def without_places(text: str) -> str:
    """The text without any path of this machine, so that it can be written into a file."""
    known = {
        str(ROOT): ".",
        str(Path.home()): "~",
        sys.prefix: "python",
        sys.base_prefix: "python",
        tempfile.gettempdir(): "TMP",
    }
    for place, name in sorted(known.items(), key=lambda pair: -len(pair[0])):
        if len(place) > 1:
            text = text.replace(place + os.sep, name + os.sep).replace(place, name)
    return text


def folder_for_databases() -> Path:
    """Memory where the system offers it: the frameworks are measured, and not the disk."""
    if IN_MEMORY.is_dir() and os.access(IN_MEMORY, os.W_OK):
        return IN_MEMORY
    return Path(tempfile.gettempdir())
