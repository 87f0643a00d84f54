"""The command line: `run`, `show`, `check` and `ui`."""

import argparse
import contextlib
import datetime
import os
import re
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType

from benchmarks import cpu, record, rounds, show
from benchmarks.environment import Installed, prepare
from benchmarks.generator import Wrk
from benchmarks.journal import Journal
from benchmarks.options import FULL_ROUNDS, MATRICES, QUICK_ROUNDS, Options
from benchmarks.places import RUNS, WORKSHOP
from benchmarks.problems import BenchmarkError
from benchmarks.progress import Progress
from benchmarks.run import BEFORE, Limits, Run, begin_session, session_facts, write_record
from benchmarks.setup import Setup, real_setup

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")
STOPPED = 130
MAY_CHANGE = (
    *("rounds", "attempts", "idle_wait_seconds", "round_repeats"),
    *("latency", "latency_tests", "latency_rounds", "latency_seconds", "latency_rate"),
)
"""Options that do not change what a sample means, so that a resumed run may have others."""
Preparing = Callable[[Setup, Options, Path | None, Progress], Installed]


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command; the exit status for the shell."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == ["ui"]:
        from benchmarks.ui import run as ui

        return int(ui.main(words[1:]))
    parsed = _parser().parse_args(words)
    signal.signal(signal.SIGTERM, _end)
    progress = Progress()
    try:
        return int(parsed.carry_out(parsed, progress))
    except BenchmarkError as error:
        sys.stdout.flush()
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. What was measured is kept; go on with --resume.\n")
        return STOPPED
    except BrokenPipeError:
        # `... show RUN | head`: nobody reads on, which is no fault.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(parsed: argparse.Namespace, progress: Progress) -> int:
    return carry_out_run(parsed, progress, real_setup())


def carry_out_run(
    parsed: argparse.Namespace,
    progress: Progress,
    setup: Setup,
    preparing: Preparing | None = None,
) -> int:
    """Measure, or go on measuring; the exit status."""
    journal, options = _journal_and_options(parsed, setup)
    cores = cpu.two_cores()
    with contextlib.closing(Wrk(cores.client)) as wrk:
        installed = (preparing or _installed)(setup, options, parsed.python, progress)
        facts = session_facts(options, setup, installed.python, installed.left_out, wrk)
        begin_session(journal, facts)
        run = Run(
            options=options,
            setup=setup,
            journal=journal,
            python=installed.python,
            wrk=wrk,
            cores=cores,
            limits=Limits(parsed.minutes, parsed.rounds_now, parsed.out),
            progress=progress,
        )
        progress.say(f"Run {options.run}, seed {options.seed}, Python {facts['python']}")
        try:
            with cpu.pinned(cores.client):
                is_complete = run.go()
        finally:
            # Also after Ctrl-C or a fault: what is there makes a whole file of its own.
            if any(journal.of("sample")):
                path = write_record(run)
                progress.say(f"Wrote {path.name}")
    progress.say("The run is complete." if is_complete else f"Go on: --resume {options.run}")
    return 0


def _check(parsed: argparse.Namespace, progress: Progress) -> int:
    """Environment and conformance only; status 1 if anybody fails."""
    setup = real_setup()
    parsed.run = parsed.run or "check"
    (WORKSHOP / f"{parsed.run}.journal.jsonl").unlink(missing_ok=True)
    journal, options = _journal_and_options(parsed, setup)
    with contextlib.closing(Wrk(cpu.two_cores().client)) as wrk:
        installed = _installed(setup, options, parsed.python, progress)
        begin_session(
            journal, session_facts(options, setup, installed.python, installed.left_out, wrk)
        )
        run = Run(
            options=options,
            setup=setup,
            journal=journal,
            python=installed.python,
            wrk=wrk,
            cores=cpu.two_cores(),
            limits=Limits(),
            progress=progress,
        )
        run.check(BEFORE)
    left_out = record.left_out_entries(journal)
    for left in left_out:
        progress.say(f"left out: {left['entry']}: {left['reason']}")
    return 1 if left_out else 0


def _show(parsed: argparse.Namespace, progress: Progress) -> int:
    """Print a run."""
    name = parsed.run_file
    path = Path(name) if name.endswith(".json") else parsed.out / f"{name}.json"
    found = record.read(path)
    if found.get("kind") == "ui":
        from benchmarks.ui.record import ui_table

        sys.stdout.write(ui_table(found) + "\n")
        return 0
    for line in show.lines(found):
        sys.stdout.write(line + "\n")
    return 0


def _installed(
    setup: Setup, options: Options, python: Path | None, progress: Progress
) -> Installed:
    """The environment for everybody, also for those this run leaves out: one stamp for all."""
    wanted = {entry.id: [*setup.servers, *entry.packages] for entry in setup.entries}
    return prepare(wanted, progress.say, python)


def _journal_and_options(parsed: argparse.Namespace, setup: Setup) -> tuple[Journal, Options]:
    """The journal of a new run, or of the one to go on with, and what was asked for.

    Raises:
        BenchmarkError: the run exists already, or does not, or nothing like that can be measured.
    """
    asked = options_of(parsed, setup)
    path = WORKSHOP / f"{asked.run}.journal.jsonl"
    if parsed.resume:
        if not path.exists():
            raise BenchmarkError(f"There is no run {asked.run} to go on with.")
        journal = Journal(path)
        sessions = list(journal.of("session"))
        if sessions:
            stored = Options.from_json(sessions[0]["options"]).as_json()
            given = {name: getattr(parsed, name) for name in MAY_CHANGE}
            stored |= {name: value for name, value in given.items() if value is not None}
            return journal, Options.from_json(stored)
        return journal, asked
    if path.exists():
        raise BenchmarkError(f"The run {asked.run} exists: --resume {asked.run}, or another --run.")
    return Journal(path), asked


def options_of(parsed: argparse.Namespace, setup: Setup) -> Options:
    """What was asked for, checked.

    Raises:
        BenchmarkError: an id is unknown or a name cannot be a file's.
    """
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    name = parsed.resume or parsed.run or f"{today}-http"
    if not NAME.fullmatch(name):
        raise BenchmarkError(f"A run is named with small letters, digits and dashes, not {name!r}.")
    known = {
        "--only": (parsed.only, [entry.id for entry in setup.entries]),
        "--tests": (parsed.tests, [scenario.id for scenario in setup.scenarios]),
        "--documented-tests": (parsed.documented_tests, [s.id for s in setup.scenarios]),
        "--matrices": (parsed.matrices, list(MATRICES)),
        "--latency-tests": (parsed.latency_tests, [s.id for s in setup.scenarios]),
    }
    for flag, (given, possible) in known.items():
        if unknown := [value for value in given or () if value not in possible]:
            raise BenchmarkError(
                f"{flag}: {', '.join(unknown)} is unknown; there are {', '.join(possible)}."
            )
    given = {
        field: getattr(parsed, field)
        for field in (
            *("only", "tests", "documented_tests", "matrices", "levels", "sample_seconds"),
            *("warm_up_seconds", "attempts", "idle_wait_seconds", "round_repeats", "latency"),
            *("latency_tests", "latency_rounds", "latency_seconds", "latency_rate"),
        )
        if getattr(parsed, field) is not None
    }
    default_rounds = QUICK_ROUNDS if parsed.quick else FULL_ROUNDS
    options = Options(
        run=name,
        seed=int(today.replace("-", "")) if parsed.seed is None else parsed.seed,
        rounds=default_rounds if parsed.rounds is None else parsed.rounds,
        quick=parsed.quick,
        **given,
    )
    if not rounds.pairs(setup, options):
        raise BenchmarkError("With these options there is nothing to measure.")
    return options


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Measures web frameworks, always in the same way."
    )
    commands = parser.add_subparsers(required=True, metavar="run | show | check | ui")
    run = commands.add_parser("run", help="measure, or go on measuring with --resume")
    run.set_defaults(carry_out=_run)
    check = commands.add_parser("check", help="environment and conformance only, no timing")
    check.set_defaults(carry_out=_check)
    for command in (run, check):
        _add_options(command)
    shown = commands.add_parser("show", help="print a run as tables")
    shown.set_defaults(carry_out=_show)
    shown.add_argument("run_file", metavar="RUN", help="the name of a run, or a run file")
    shown.add_argument("--out", type=Path, default=RUNS, help="where run files are")
    commands.add_parser("ui", help="the UI frameworks, in a browser", add_help=False)
    return parser


def _add_options(command: argparse.ArgumentParser) -> None:
    add = command.add_argument
    add("--run", metavar="NAME", help="name of the run and its files; default: DATE-http")
    add("--resume", metavar="NAME", help="go on with a run; its own options stay")
    add("--quick", action="store_true", help=f"{QUICK_ROUNDS} rounds, marked preliminary")
    add("--rounds", type=_at_least(1), help=f"default {FULL_ROUNDS}")
    add("--rounds-now", type=_at_least(0), help="stop after so many rounds; 0: only check")
    add("--minutes", type=float, help="stop when the next round would not fit")
    add("--only", type=_words, help="entries, with commas; the baseline always takes part")
    add("--tests", type=_words, help="scenarios, with commas")
    add("--documented-tests", type=_words, help="scenarios for the documented servers")
    add("--matrices", type=_words, help=", ".join(MATRICES))
    add("--python", type=Path, help="one Python for all; default: the newest most support")
    add("--levels", type=_levels, help="open connections, with commas; default 1,8,32,64")
    add("--sample-seconds", type=_at_least(1), help="whole seconds, as wrk counts; default 10")
    add("--warm-up-seconds", type=float, help="default 5")
    add("--attempts", type=_at_least(1), help="samples until one is undisturbed; default 4")
    add("--idle-wait-seconds", type=float, help="wait for an idle machine; default 60")
    add("--round-repeats", type=_at_least(0), help="for a drifting baseline; default 1")
    add("--latency", action=argparse.BooleanOptionalAction, help="latency after the rounds")
    add("--latency-tests", type=_words, help="default query,fortunes")
    add("--latency-rounds", type=_at_least(1), help="default 3")
    add("--latency-seconds", type=float, help="default 10")
    add("--latency-rate", type=float, help="the rate for all; default 500 requests/s")
    add("--seed", type=int, help="default: the date")
    add("--out", type=Path, default=RUNS, help="where run files go")


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _levels(text: str) -> tuple[int, ...]:
    levels = tuple(sorted({int(word) for word in _words(text)}))
    if not levels or levels[0] < 1 or levels[-1] > 10_000:
        raise ValueError(text)
    return levels


def _at_least(lowest: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if int(text) < lowest:
            raise ValueError(text)
        return int(text)

    return number


def _end(signal_number: int, frame: FrameType | None) -> None:
    """Being told to end is being interrupted: servers stop, and the record is written."""
    raise KeyboardInterrupt
