"""The UI frameworks' run: rounds of visits, a journal to go on from, and the run file."""

import argparse
import contextlib
import datetime
import hashlib
import importlib.metadata
import os
import re
import shlex
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any

from benchmarks import cpu, gate, machine
from benchmarks.journal import Journal
from benchmarks.places import RUNS, WORKSHOP, without_places
from benchmarks.problems import BenchmarkError
from benchmarks.progress import Progress, duration
from benchmarks.serving import ServerError, free_port, serving
from benchmarks.ui import browser, environments, record, visit
from benchmarks.ui.entries import ENTRIES, Entry

FULL_ROUNDS = 5
ATTEMPTS = 2
IDLE_WAIT_SECONDS = 60.0
START_SECONDS = 90.0
VISIT_SECONDS_GUESS = 50.0
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
STOPPED = 130


@dataclass(frozen=True)
class Options:
    """What was asked for.

    Attributes:
        only: Entries to measure; empty means all.
        rounds_now: How many rounds this invocation measures; None means all that are left.
        resume: Go on with the run of this name.
        python: The interpreter for all; None takes the newest that is installed.
        out: Where the run file goes.
    """

    run: str
    seed: int
    rounds: int = FULL_ROUNDS
    rounds_now: int | None = None
    only: tuple[str, ...] = ()
    resume: bool = False
    python: Path | None = None
    out: Path = RUNS

    @property
    def command(self) -> str:
        """The command line that makes the same run again."""
        words = ["python", "-m", "benchmarks", "ui", "--seed", str(self.seed)]
        if self.rounds != FULL_ROUNDS:
            words += ["--rounds", str(self.rounds)]
        if self.only:
            words += ["--only", ",".join(self.only)]
        return shlex.join(words)


@dataclass
class Run:
    """A run in progress: everything it knows is in the journal."""

    options: Options
    journal: Journal
    cores: cpu.Cores
    progress: Progress
    pythons: dict[str, Path] = field(default_factory=dict)
    site: environments.Site = field(default_factory=environments.Site)

    @property
    def entries(self) -> list[Entry]:
        """Who takes part, as far as was asked and can be installed."""
        return [entry for entry in _asked(self.options) if entry.id in self.pythons]

    def prepare(self) -> None:
        """Install everybody, and write down on what and with what is measured.

        Raises:
            BenchmarkError: there is no browser, no Python, or nobody can be installed.
        """
        with browser.chromium() as found:
            generator = f"Chromium {found.version}"
        generator += f", driven by playwright {importlib.metadata.version('playwright')}"
        python = environments.interpreter(self.options.python)
        not_installed = {}
        for entry in _asked(self.options):
            try:
                installed = environments.install(entry, python, self.progress.say)
                if entry.words[1] == "{site}":
                    self.site.ready(entry, installed, self.progress.say)
                self.pythons[entry.id] = installed
            except BenchmarkError as error:
                not_installed[entry.id] = str(error)
                self.progress.say(f"{entry.id} is left out: {error}")
        if not self.pythons:
            raise BenchmarkError("Nobody can be measured; see the lines above.")
        facts = {entry.id: machine.python_facts(self.pythons[entry.id]) for entry in self.entries}
        known = machine.facts()
        known.pop("database_on", None)
        first = next(iter(facts.values()))
        packages = {
            name: found["packages"] if isinstance(found["packages"], dict) else {}
            for name, found in facts.items()
        }
        lock = hashlib.sha256(environments.PINS.read_bytes()).hexdigest()
        for begun in list(self.journal.of("session"))[:1]:
            for what, before, now in (
                ("the Python", begun["python"], first["version"]),
                (environments.PINS.name, begun["lock_sha256"], lock),
                ("the browser", begun["generator"], generator),
            ):
                if before != now:
                    raise BenchmarkError(f"{what} changed since this run began; start a new run.")
        self.journal.add(
            "session",
            lock_sha256=lock,
            run=self.options.run,
            rounds=self.options.rounds,
            seed=self.options.seed,
            only=list(self.options.only),
            command=self.options.command,
            machine=machine.sentence(known),
            machine_facts=known,
            python=first["version"],
            python_facts={name: value for name, value in first.items() if name != "packages"},
            packages=packages,
            versions={
                package: version
                for entry in self.entries
                for package, version in packages[entry.id].items()
                if package in entry.packages
            },
            generator=generator,
            harness_commit=machine.commit(),
            not_installed=not_installed,
            at=_now(),
        )

    def go(self) -> bool:
        """Measure the rounds that are left; whether the run is complete now."""
        done_now = 0
        for number in range(1, self.options.rounds + 1):
            left = self._left(number)
            if not left:
                continue
            if self.options.rounds_now is not None and done_now >= self.options.rounds_now:
                return False
            for entry in left:
                self._visit(entry, number)
            done_now += 1
            record.write(self.journal, self.options.out)
        return True

    def _left(self, number: int) -> list[Entry]:
        """Who still has to be visited in a round, in the round's own random order."""
        order = sorted(self.entries, key=lambda entry: entry.id)
        Random(f"{self.options.seed}-{number}").shuffle(order)
        return [entry for entry in order if not self._is_done(entry, number)]

    def _is_done(self, entry: Entry, number: int) -> bool:
        """Whether there is a good visit, or there were as many others as there may be.

        A failure stays one; a visit that others disturbed is made again in the next invocation.
        """
        disturbed = failed = 0
        for event in self.journal.events:
            if event["event"] == "session":
                disturbed = 0
            elif (event["framework"], event["round"]) == (entry.id, number):
                if event.get("valid"):
                    return True
                disturbed += event["event"] == "visit"
                failed += event["event"] == "visit-failed"
        return disturbed + failed >= ATTEMPTS

    def _visit(self, entry: Entry, number: int) -> None:
        while not self._is_done(entry, number):
            started = time.monotonic()
            event = self._attempt(entry, number)
            seconds = time.monotonic() - started
            left = sum(len(self._left(later)) for later in range(1, self.options.rounds + 1))
            self.progress.say(
                f"round {number}/{self.options.rounds}: {entry.id:<10} {_outcome(event)}"
                f" ({seconds:.0f} s; about {duration(left * seconds)} left)"
            )

    def _attempt(self, entry: Entry, number: int) -> dict[str, Any]:
        """One visit, whatever comes of it, written into the journal."""
        about = {"framework": entry.id, "round": number, "started": _now()}
        try:
            with self._serving(entry, number) as server, browser.chromium() as chromium:
                waited = gate.wait_until_idle(
                    lambda: gate.foreign_now(os.getpid(), self.cores), IDLE_WAIT_SECONDS
                )
                chance = Random(f"{self.options.seed}-{number}-steps")
                found = visit.measure(entry, server, chromium, chance, self.cores)
        except (ServerError, BenchmarkError, visit.NotConformingError) as error:
            return self.journal.add("visit-failed", **about, why=str(error), at=_now())
        except browser.errors() as error:
            why = f"the page broke: {str(error).strip().splitlines()[0]}"
            return self.journal.add("visit-failed", **about, why=without_places(why), at=_now())
        why = visit.why_rejected(found)
        return self.journal.add(
            "visit",
            **about,
            valid=not why,
            why_rejected=why,
            **found.as_json(),
            waited_seconds=waited.seconds,
            at=_now(),
        )

    @contextlib.contextmanager
    def _serving(self, entry: Entry, number: int) -> Iterator[Any]:
        python = self.pythons[entry.id]
        is_built = entry.words[1] == "{site}"
        port = self.site.ready(entry, python, self.progress.say) if is_built else free_port()
        with serving(
            entry.command(python.parent, port),
            environments.variables(entry, python.parent),
            port=port,
            core=self.cores.server,
            log=WORKSHOP / f"{self.options.run}-logs" / f"{entry.id}-{number}.log",
            first_path="/",
            seconds=START_SECONDS,
        ) as server:
            yield server


def run(options: Options, progress: Progress | None = None) -> bool:
    """Measure, or go on measuring; whether the run is complete.

    Raises:
        BenchmarkError: the run exists already or does not, or nothing can be measured.
    """
    say = progress or Progress()
    path = WORKSHOP / f"{options.run}.journal.jsonl"
    if options.resume and not path.exists():
        raise BenchmarkError(f"There is no run {options.run} to go on with.")
    if not options.resume and path.exists():
        raise BenchmarkError(
            f"The run {options.run} exists: --resume {options.run}, or another --run."
        )
    cores = cpu.two_cores()
    journal = Journal(path)
    if sessions := list(journal.of("session")):
        # A run that goes on keeps what it was begun with.
        kept = sessions[0]
        options = Options(
            run=kept["run"],
            seed=kept["seed"],
            rounds=max(kept["rounds"], options.rounds) if options.rounds else kept["rounds"],
            rounds_now=options.rounds_now,
            only=tuple(kept["only"]),
            resume=True,
            python=options.python,
            out=options.out,
        )
    # The browser and this program on one core, the server alone on the other.
    with cpu.pinned(cores.client):
        current = Run(options, journal, cores, say)
        current.prepare()
        say.say(f"Run {options.run}, seed {options.seed}")
        try:
            is_complete = current.go()
        finally:
            # Also after Ctrl-C or a fault: what is there makes a whole file of its own.
            if any(journal.of("visit")):
                say.say(f"Wrote {record.write(journal, options.out).name}")
    say.say("The run is complete." if is_complete else f"Go on: --resume {options.run}")
    return is_complete


def main(words: Sequence[str]) -> int:
    """Carry out `python -m benchmarks ui`; the exit status for the shell."""
    signal.signal(signal.SIGTERM, _end)
    try:
        run(options_of(_parser().parse_args(words)))
    except BenchmarkError as error:
        sys.stdout.flush()
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. What was measured is kept; go on with --resume.\n")
        return STOPPED
    return 0


def options_of(parsed: argparse.Namespace) -> Options:
    """What was asked for, checked.

    Raises:
        BenchmarkError: an id is unknown or a name cannot be a file's.
    """
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    resumed = parsed.resume if isinstance(parsed.resume, str) else ""
    name = resumed or parsed.run or f"{today}-ui"
    if not NAME.fullmatch(name):
        raise BenchmarkError(f"A run is named with small letters, digits and dashes, not {name!r}.")
    known = [entry.id for entry in ENTRIES]
    if unknown := [word for word in parsed.only if word not in known]:
        raise BenchmarkError(
            f"--only: {', '.join(unknown)} is unknown; there are {', '.join(known)}."
        )
    return Options(
        run=name,
        seed=int(today.replace("-", "")) if parsed.seed is None else parsed.seed,
        rounds=parsed.rounds,
        rounds_now=parsed.rounds_now,
        only=parsed.only,
        resume=parsed.resume is not None,
        python=parsed.python,
        out=parsed.out,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks ui",
        description="The same small app in several UI frameworks, measured in a browser.",
    )
    add = parser.add_argument
    add("--run", metavar="NAME", help="name of the run and its files; default: DATE-ui")
    add(
        "--resume", nargs="?", const=True, metavar="NAME", help="go on with a run; its options stay"
    )
    add("--rounds", type=_at_least_one, default=FULL_ROUNDS, help=f"default {FULL_ROUNDS}")
    add("--rounds-now", type=int, help="stop after so many rounds; 0: only prepare")
    add("--only", type=_words, default=(), help="entries, with commas")
    add("--python", type=Path, help="one Python for all; default: the newest installed")
    add("--seed", type=int, help="default: the date")
    add("--out", type=Path, default=RUNS, help="where run files go")
    return parser


def _asked(options: Options) -> list[Entry]:
    return [entry for entry in ENTRIES if not options.only or entry.id in options.only]


def _outcome(event: dict[str, Any]) -> str:
    if event["event"] == "visit-failed":
        return f"failed: {event['why']}"
    numbers = f"{event['p50_ms']:.0f} ms, p95 {event['p95_ms']:.0f} ms"
    return numbers if event["valid"] else f"{numbers}, rejected: {event['why_rejected']}"


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _at_least_one(text: str) -> int:
    if int(text) < 1:
        raise ValueError(text)
    return int(text)


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def _end(signal_number: int, frame: FrameType | None) -> None:
    """Being told to end is being interrupted: servers stop, and the record is written."""
    raise KeyboardInterrupt
