"""The environment the entries run in: one Python for all, every package pinned."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.places import ENVIRONMENT, PINS, WORKSHOP, without_places
from benchmarks.problems import BenchmarkError

OLDEST = (3, 11)
INSTALL_SECONDS = 900
Say = Callable[[str], None]


@dataclass(frozen=True)
class Installed:
    """An environment that is ready; `left_out` says why a package's entries cannot take part."""

    python: Path
    left_out: Mapping[str, str]


@dataclass(frozen=True)
class Interpreter:
    """A Python that was started and said its version."""

    path: Path
    version: tuple[int, ...]


def interpreters() -> list[Interpreter]:
    """Every Python that is new enough, newest first, one per minor version."""
    names = [f"python3.{minor}" for minor in range(OLDEST[1], 20)]
    candidates = [Path(found) for name in names if (found := shutil.which(name))]
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    candidates += sorted(pyenv.glob("versions/3.*/bin/python"))
    candidates.append(Path(sys.executable))
    newest: dict[tuple[int, ...], Interpreter] = {}
    for path in candidates:
        version = version_of(path)
        if version[:2] >= OLDEST:
            known = newest.get(version[:2])
            if known is None or version > known.version:
                newest[version[:2]] = Interpreter(path, version)
    return sorted(newest.values(), key=lambda found: found.version, reverse=True)


def version_of(path: Path) -> tuple[int, ...]:
    """The version an interpreter says it has; empty when it does not start."""
    question = "import sys; print(*sys.version_info[:3]) if sys.version_info[3] == 'final' else 0"
    try:
        answer = subprocess.run(
            [path, "-I", "-c", question], capture_output=True, text=True, check=False, timeout=20
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    numbers = answer.stdout.split() if answer.returncode == 0 else []
    return tuple(int(number) for number in numbers)


def prepare(
    wanted: Mapping[str, Sequence[str]],
    say: Say,
    python: Path | None = None,
    *,
    folder: Path = ENVIRONMENT,
    pins: Path = PINS,
) -> Installed:
    """The environment with the packages of every entry that this Python can have.

    Args:
        wanted: The packages of each entry, by its id.
        say: Told what takes long.
        python: The interpreter for all; None takes the newest that most entries support.
        folder: Where the environment is.
        pins: The file with every pinned version.

    Raises:
        BenchmarkError: there is no such Python, or nothing can be installed at all.
    """
    if not pins.exists():
        raise BenchmarkError(f"{pins.name} is missing: it says which versions are measured")
    chosen = _chosen(python) if python else None
    own = folder / "bin" / "python"
    stamp = folder / ".installed"
    made_of = _made_of(wanted, pins, chosen)
    if known := _stamped(stamp, made_of):
        return Installed(own, known)
    base = chosen or best_interpreter(wanted, pins, say)
    say(f"Making {folder.name} with Python {'.'.join(map(str, base.version))} ...")
    shutil.rmtree(folder, ignore_errors=True)
    _must([str(base.path), "-m", "venv", str(folder)], "the environment cannot be made")
    left_out = _install(own, wanted, pins, say)
    stamp.write_text(json.dumps({"made_of": made_of, "left_out": left_out}))
    return Installed(own, left_out)


def best_interpreter(wanted: Mapping[str, Sequence[str]], pins: Path, say: Say) -> Interpreter:
    """The newest installed Python among those that most entries support.

    Asks pip, which asks each package: nothing is installed.

    Raises:
        BenchmarkError: no Python is new enough.
    """
    found = interpreters()
    if not found:
        raise BenchmarkError(f"No Python {OLDEST[0]}.{OLDEST[1]} or newer is installed.")
    best, most = found[0], -1
    for candidate in found:
        say(
            f"Asking which entries support Python {candidate.version[0]}.{candidate.version[1]} ..."
        )
        count = len(wanted) - len(_refused(candidate.path, wanted, pins))
        if count > most:
            best, most = candidate, count
        if count == len(wanted):
            break
    return best


def _refused(python: Path, wanted: Mapping[str, Sequence[str]], pins: Path) -> dict[str, str]:
    """The entries this Python cannot have, each with pip's reason; pip only pretends."""
    dry = ["install", "--dry-run", "--ignore-installed", "--quiet", "--only-binary", ":all:"]
    # A venv of its own, so that an old pip, or none at all, beside the Python does not decide.
    folder = WORKSHOP / f"asking-{'.'.join(map(str, version_of(python)[:2]))}"
    shutil.rmtree(folder, ignore_errors=True)
    _must([str(python), "-m", "venv", str(folder)], "an environment cannot be made")
    try:
        own = folder / "bin" / "python"
        everything = sorted({package for packages in wanted.values() for package in packages})
        if not everything or not _pip(own, [*dry, "-c", str(pins), *everything]):
            return {}
        return {
            entry: reason
            for entry, packages in wanted.items()
            if packages and (reason := _pip(own, [*dry, "-c", str(pins), *packages]))
        }
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _install(
    python: Path, wanted: Mapping[str, Sequence[str]], pins: Path, say: Say
) -> dict[str, str]:
    """Install everything in one go, or else entry by entry; who is left out, and why."""
    everything = sorted({package for packages in wanted.values() for package in packages})
    say(f"Installing {len(everything)} packages and what they need ...")
    install = ["install", "--quiet", "--prefer-binary", "-c", str(pins)]
    if not everything or not _pip(python, [*install, *everything]):
        return {}
    left_out = {}
    for entry, packages in wanted.items():
        if packages and (reason := _pip(python, [*install, *packages])):
            say(f"{entry} is left out: {reason}")
            left_out[entry] = reason
    if len(left_out) == len(wanted):
        raise BenchmarkError(f"Nothing can be installed: {next(iter(left_out.values()))}")
    return left_out


def _pip(python: Path, arguments: Iterable[str]) -> str:
    """Why pip did not do it, in one line; empty when it did."""
    command = [str(python), "-m", "pip", "--disable-pip-version-check", *arguments]
    try:
        answer = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=INSTALL_SECONDS
        )
    except subprocess.TimeoutExpired:
        return f"pip did not end within {INSTALL_SECONDS} s"
    return "" if answer.returncode == 0 else reason_of(answer.stderr)


def reason_of(errors: str) -> str:
    """The line of pip's complaint that says most, without paths and addresses."""
    lines = [line.strip() for line in errors.splitlines() if "ERROR:" in line]
    for line in lines:
        if found := re.search(
            r"(No matching distribution found for|requires a different)[^;]*", line
        ):
            return without_places(found.group())
    last = (lines or errors.strip().splitlines() or ["pip gave no reason"])[-1]
    return re.sub(r"https?://\S+", "", without_places(last.removeprefix("ERROR: ")))[:200]


def _chosen(python: Path) -> Interpreter:
    # Not resolved: a link into a venv must stay in it.
    path = Path(found) if (found := shutil.which(str(python))) else python
    version = version_of(path)
    if version[:2] < OLDEST:
        what = ".".join(map(str, version)) if version else "nothing that starts"
        oldest = ".".join(map(str, OLDEST))
        raise BenchmarkError(f"--python needs a Python {oldest} or newer; found {what}.")
    return Interpreter(path, version)


def _made_of(wanted: Mapping[str, Sequence[str]], pins: Path, chosen: Interpreter | None) -> str:
    parts = [
        pins.read_text(encoding="utf-8"),
        json.dumps({entry: list(packages) for entry, packages in wanted.items()}, sort_keys=True),
        f"{chosen.path} {chosen.version}" if chosen else "newest",
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _stamped(stamp: Path, made_of: str) -> dict[str, str] | None:
    try:
        known = json.loads(stamp.read_text())
        if known["made_of"] == made_of:
            return {str(entry): str(reason) for entry, reason in known["left_out"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return None


def _must(command: Sequence[str], what: str) -> None:
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    if answer.returncode:
        last = (answer.stderr.strip() or answer.stdout.strip()).splitlines()[-1:]
        raise BenchmarkError(f"{what}: {without_places(' '.join(last))}")
