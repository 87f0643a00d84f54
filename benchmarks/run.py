"""One run: checks everybody, measures round by round, and can stop and go on at any moment."""

import contextlib
import datetime
import http.client
import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from benchmarks import cpu, gate, machine, record, rounds
from benchmarks.generator import PRIMER_CONNECTIONS, BrokenGeneratorError, Request, Wrk
from benchmarks.journal import Event, Journal
from benchmarks.latency import LatencyError
from benchmarks.latency import measure as measure_latency
from benchmarks.options import Options
from benchmarks.places import WORKSHOP, folder_for_databases, without_places
from benchmarks.problems import BenchmarkError
from benchmarks.progress import Progress, duration
from benchmarks.rounds import Cell, Visit
from benchmarks.serving import HOST, Server, ServerError, free_port, serving
from benchmarks.setup import Entry, Setup
from benchmarks.statistics import drift

DRIFT_LIMIT = 0.05
FAILURES_UNTIL_LEFT_OUT = 2
START_SECONDS_GUESS = 2.0
SAMPLE_OVERHEAD_GUESS = 0.25
LATENCY_DATABASES = ("", "orm")
"""Latency is measured with the ORM, as applications are written."""
LONGEST_PRIMER_SECONDS = 3.0
SETTLE_SECONDS = 0.3
BEFORE, AFTER = "before", "after"


class OutOfTimeError(Exception):
    """The time that this invocation was given is used up."""


@dataclass(frozen=True)
class Limits:
    """How far this invocation goes; no property of the run."""

    minutes: float | None = None
    rounds_now: int | None = None
    out: Path = Path()


@dataclass
class Run:
    """A run in progress: everything it knows is in the journal."""

    options: Options
    setup: Setup
    journal: Journal
    python: Path
    wrk: Wrk
    cores: cpu.Cores
    limits: Limits
    progress: Progress
    started: float = field(default_factory=time.monotonic)
    measured_any: bool = False

    def go(self) -> bool:
        """Do what is left to do; whether the run is complete now."""
        # A harness that was killed could not remove its databases.
        for leftover in folder_for_databases().glob(f"benchmarks-{self.options.run}-*"):
            shutil.rmtree(leftover, ignore_errors=True)
        self.check(BEFORE)
        try:
            if not self._all_rounds():
                return False
            if self.options.latency:
                self._all_latencies()
            self.check(AFTER)
        except OutOfTimeError:
            self.progress.say("The time is used up; go on with --resume.")
            return False
        return True

    # Conformance ---------------------------------------------------------------------------

    def check(self, when: str) -> None:
        """Check everybody that takes part; what passed once is not checked again."""
        passed = {
            _pair(event)
            for event in self.journal.of("conformance")
            if event["when"] == when and not event["problems"]
        }
        todo = [
            pair
            for pair in rounds.pairs(self.setup, self.options)
            if pair not in passed and self._takes_part(pair, when)
        ]
        for place, pair in enumerate(todo, 1):
            if when == AFTER and self._seconds_left() <= 0:
                raise OutOfTimeError
            problems = self._problems(*pair)
            self.journal.add(
                "conformance",
                when=when,
                framework=pair[0],
                matrix=pair[1],
                problems=problems,
                at=_now(),
            )
            verdict = f"fails: {problems[0]}" if problems else "conforms"
            self.progress.say(f"check {place}/{len(todo)}: {pair[0]} on {pair[1]} {verdict}")

    def _problems(self, name: str, matrix: str) -> list[str]:
        entry = self.setup.entry(name)
        try:
            with self._serving(entry, matrix, traced=True) as (server, database):
                trace = _trace(database)
                found = list(self.setup.problems(entry, server.base_url, database, trace))
                if not server.is_running:
                    found.append(f"the server ended: {server.last_lines()}")
        except ServerError as error:
            return [str(error)]
        except (OSError, http.client.HTTPException) as error:
            return [f"the check could not be made: {type(error).__name__}: {error}"]
        return [without_places(problem) for problem in found]

    def _takes_part(self, pair: tuple[str, str], when: str = AFTER) -> bool:
        """Whether a pair is installed and, once it had been checked, conforms and starts."""
        session = list(self.journal.of("session"))[-1]
        if pair[0] in session["not_installed"]:
            return False
        if when == BEFORE:
            return True
        verdict = [
            event["problems"]
            for event in self.journal.of("conformance")
            if event["when"] == BEFORE and _pair(event) == pair
        ]
        failures = sum(1 for event in self.journal.of("visit-failed") if _pair(event) == pair)
        return bool(verdict) and not verdict[-1] and failures < FAILURES_UNTIL_LEFT_OUT

    # Rounds --------------------------------------------------------------------------------

    def _all_rounds(self) -> bool:
        """Measure the rounds that are left; False when the limits of this invocation came first."""
        done_now = 0
        for number in range(1, self.options.rounds + 1):
            while not self._is_complete(number):
                if self.limits.rounds_now is not None and done_now >= self.limits.rounds_now:
                    return False
                attempt = self._attempt(number)
                if (
                    self.measured_any
                    and self._round_seconds(number, attempt) > self._seconds_left()
                ):
                    raise OutOfTimeError
                self._round(number, attempt)
                done_now += 1
        return True

    def _is_complete(self, number: int) -> bool:
        return any(
            end["round"] == number and not end["repeated"] for end in self.journal.of("round-end")
        )

    def _attempt(self, number: int) -> int:
        return 1 + sum(1 for end in self.journal.of("round-end") if end["round"] == number)

    def _round(self, number: int, attempt: int) -> None:
        visits = [
            visit
            for visit in rounds.visits(number, attempt, self.setup, self.options)
            if self._takes_part((visit.entry, visit.matrix))
        ]
        for place, visit in enumerate(visits, 1):
            if self._was_made(visit):
                continue
            if self.measured_any and self._visit_seconds(visit) > self._seconds_left():
                raise OutOfTimeError
            outcome = self._visit(visit)
            self.measured_any = True
            left = self._round_seconds(number, attempt)
            later = sum(
                self._round_seconds(later, self._attempt(later))
                for later in range(number + 1, self.options.rounds + 1)
                if not self._is_complete(later)
            )
            self.progress.say(
                f"round {number}/{self.options.rounds}, {place}/{len(visits)}:"
                f" {visit.entry} on {visit.matrix}: {outcome};"
                f" left: {duration(left)} of this round, {duration(left + later)} in all"
            )
        self._end_round(number, attempt)

    def _end_round(self, number: int, attempt: int) -> None:
        """Judge how much the baseline drifted; a drifting round is repeated, within bounds."""
        values = self._baseline_values(number, attempt)
        drifts = {matrix: round(drift(found), 4) for matrix, found in values.items()}
        worst = max(drifts.values(), default=0.0)
        has_drifted = worst > DRIFT_LIMIT
        repeated = has_drifted and attempt <= self.options.round_repeats
        self.journal.add(
            "round-end",
            round=number,
            attempt=attempt,
            drift=round(worst, 4),
            drifts=drifts,
            unknown=[matrix for matrix, found in values.items() if len(found) < 2],
            has_drifted=has_drifted,
            repeated=repeated,
            at=_now(),
        )
        verdict = ", so it is repeated" if repeated else ""
        self.progress.say(f"round {number} is done; the baseline drifted by {worst:.1%}{verdict}")

    def _baseline_values(self, number: int, attempt: int) -> dict[str, list[float]]:
        """Per matrix, the baseline's good samples of the cell that it repeats."""
        found = {}
        for name, matrix in rounds.pairs(self.setup, self.options):
            if name != self.setup.baseline:
                continue
            entry = self.setup.entry(self.setup.baseline)
            cells = rounds.drift_cells(rounds.cells_of(entry, matrix, self.setup, self.options))
            found[matrix] = [
                event["requests_per_second"]
                for event in self.journal.of("sample")
                if event["valid"]
                and (event["round"], event["attempt"]) == (number, attempt)
                and _pair(event) == (name, matrix)
                and _cell(event) in cells
            ]
        return found

    def _was_made(self, visit: Visit) -> bool:
        place = (visit.round, visit.attempt, visit.slot)
        return any(
            (event["round"], event["attempt"], event["slot"]) == place
            for kind in ("start", "visit-failed")
            for event in self.journal.of(kind)
        )

    # One visit -----------------------------------------------------------------------------

    def _visit(self, visit: Visit) -> str:
        """Start the server, measure every cell that is not measured yet; what came of it."""
        where = {"round": visit.round, "attempt": visit.attempt, "slot": visit.slot}
        who = {"framework": visit.entry, "matrix": visit.matrix, "role": visit.role}
        done = {
            _cell(event)
            for event in self.journal.of("cell-end")
            if (event["round"], event["attempt"], event["slot"]) == tuple(where.values())
        }
        entry = self.setup.entry(visit.entry)
        began = time.monotonic()
        good = rejected = 0
        try:
            with self._serving(entry, visit.matrix) as (server, _):
                time.sleep(SETTLE_SECONDS)
                idle = server.memory_mb()
                must_wait = True
                for place, cell in enumerate(visit.cells):
                    if cell in done:
                        continue
                    counts = self._cell(server, cell, {**where, **who}, place == 0, must_wait)
                    good += counts[0]
                    rejected += counts[1]
                    must_wait = not counts[0]
                    self.journal.add("cell-end", **where, **who, **_cell_fields(cell))
                loaded = server.memory_mb()
        except (ServerError, BrokenGeneratorError) as error:
            why = without_places(str(error))
            self.journal.add("visit-failed", **where, **who, why=why, at=_now())
            return why
        self.journal.add(
            "start",
            **where,
            **who,
            start_ms=server.start_ms,
            idle_memory_mb=idle,
            loaded_memory_mb=loaded,
            seconds=round(time.monotonic() - began, 2),
            at=_now(),
        )
        return f"{good} samples" + (f", {rejected} rejected" if rejected else "")

    def _cell(
        self, server: Server, cell: Cell, where: Mapping[str, Any], is_first: bool, must_wait: bool
    ) -> tuple[int, int]:
        """Measure one cell until a sample is good, within bounds; how many good and rejected."""
        request = self._request(server, cell)
        seconds = self.options.warm_up_seconds
        if is_first:
            primer = min(LONGEST_PRIMER_SECONDS, seconds * 0.6)
            self.wrk.warm_up(server.base_url, request, PRIMER_CONNECTIONS, primer)
        for attempt in range(self.options.attempts):
            self.wrk.warm_up(server.base_url, request, cell.connections, seconds)
            waited = None
            if must_wait or attempt:
                waited = gate.wait_until_idle(
                    lambda: gate.foreign_now(server.pid, self.cores),
                    self.options.idle_wait_seconds,
                )
            event = self._sample(server, cell, request, where, waited)
            if event["valid"]:
                return 1, attempt
            if not server.is_running:
                raise ServerError(
                    f"the server ended during {cell.name}: {server.last_lines() or 'no last line'}"
                )
            if event["errors"] and attempt:
                return 0, attempt + 1  # Errors twice are no disturbance, but what it does.
        return 0, self.options.attempts

    def _sample(
        self,
        server: Server,
        cell: Cell,
        request: Request,
        where: Mapping[str, Any],
        waited: gate.Wait | None,
    ) -> Event:
        started = _now()
        before = cpu.read(server.pid, self.cores.both)
        load = self.wrk.measure(
            server.base_url, request, cell.connections, self.options.sample_seconds
        )
        after = cpu.read(server.pid, self.cores.both, is_end=True)
        shares = cpu.shares(before, after, load.client_seconds)
        why = gate.why_rejected(shares, load.requests, load.errors)
        if not server.is_running:
            why = "the server ended"
        return self.journal.add(
            "sample",
            **where,
            **_cell_fields(cell),
            valid=not why,
            why_rejected=why,
            requests_per_second=round(load.requests_per_second, 1),
            server_cpu=round(shares.server, 3),
            client_cpu=round(shares.client, 3),
            foreign_cpu=round(shares.foreign, 3),
            steal=round(shares.steal, 4),
            errors=load.errors,
            flags=gate.flags(shares, cell.scenario, cell.connections),
            started=started,
            at=_now(),
            requests=load.requests,
            load_average=machine.load_average(),
            memory_mb=server.memory_mb(),
            waited_seconds=waited.seconds if waited else 0.0,
            was_idle=waited.is_idle if waited else True,
            output=load.output,
        )

    def _request(self, server: Server, cell: Cell) -> Request:
        scenario = self.setup.scenario(cell.scenario)
        path = scenario.path_for(cell.database)
        headers = dict(scenario.headers)
        if scenario.keeps_cookies:
            headers["Cookie"] = cookies_of(server, path)
        return Request(scenario.method, path, headers, scenario.body.decode(), cell.mode)

    @contextlib.contextmanager
    def _serving(
        self, entry: Entry, matrix: str, *, traced: bool = False
    ) -> Iterator[tuple[Server, Path]]:
        """A fresh server with a fresh database; traced, it writes every SQL statement down."""
        with tempfile.TemporaryDirectory(
            prefix=f"benchmarks-{self.options.run}-",
            dir=folder_for_databases(),
            ignore_cleanup_errors=True,
        ) as folder:
            database = Path(folder) / "bench.db"
            self.setup.prepare(database, self.options.seed)
            port = free_port()
            with serving(
                self.setup.command(entry, matrix, str(self.python), port),
                self.setup.variables(entry, database, _trace(database) if traced else None),
                port=port,
                core=self.cores.server,
                log=WORKSHOP / "logs" / f"{self.options.run}-{entry.id}-{matrix}.log",
                first_path=self._first_path(entry),
            ) as server:
                yield server, database

    def _first_path(self, entry: Entry) -> str:
        """What a server is asked for until it answers: the simplest thing it has."""
        served = {name for name, _ in entry.cells}
        plain = [s for s in self.setup.scenarios if s.id in served and s.method == "GET"]
        for wanted in (rounds.DRIFT_SCENARIO, "plaintext"):
            for scenario in plain:
                if scenario.id == wanted:
                    return scenario.path_for("")
        name, database = entry.cells[0]
        return self.setup.scenario(name).path_for(database)

    # Latency -------------------------------------------------------------------------------

    def _all_latencies(self) -> None:
        """Measure latency at two fixed rates: half of the own median, and one for all.

        In rounds, as throughput: fresh servers, everybody once, in an order of the round's own.
        """
        for number in range(1, self.options.latency_rounds + 1):
            pairs = rounds.pairs(self.setup, self.options)
            Random(f"{self.options.seed}-latency-{number}").shuffle(pairs)
            for name, matrix in pairs:
                is_second = matrix != self.setup.matrices_of(self.setup.entry(name))[0]
                if not is_second and self._takes_part((name, matrix)):
                    self._latencies(name, matrix, number)

    def _latencies(self, name: str, matrix: str, number: int) -> None:
        """Measure an entry's latency in a round, unless that is done."""
        entry = self.setup.entry(name)
        done = {
            (*_pair(event), event["scenario"], event["database"], event["round"])
            for event in self.journal.of("latency-end")
        }
        todo = [
            cell
            for cell in rounds.cells_of(entry, matrix, self.setup, self.options)
            if cell.scenario in self.options.latency_tests
            and cell.mode == rounds.KEEP_ALIVE
            and cell.database in LATENCY_DATABASES
            and cell.connections
            == rounds.main_level(self.setup.scenario(cell.scenario), self.options)
            and (name, matrix, cell.scenario, cell.database, number) not in done
        ]
        if not todo:
            return
        seconds = START_SECONDS_GUESS + 2 * len(todo) * (self.options.latency_seconds + 2)
        if self.measured_any and seconds > self._seconds_left():
            raise OutOfTimeError
        try:
            with self._serving(entry, matrix) as (server, _):
                for cell in todo:
                    self._latency(server, cell, name, matrix, number)
        except ServerError as error:
            self.progress.say(f"latency: {name} on {matrix}: {error}")
        self.measured_any = True

    def _latency(self, server: Server, cell: Cell, name: str, matrix: str, number: int) -> None:
        values = [
            event["requests_per_second"]
            for event in self.journal.of("sample")
            if event["valid"] and _pair(event) == (name, matrix) and _cell(event) == cell
        ]
        if not values:
            return
        request = self._request(server, cell)
        rates = {"half-of-own": statistics.median(values) / 2, "common": self.options.latency_rate}
        who = {"framework": name, "matrix": matrix}
        self.wrk.warm_up(
            server.base_url, request, cell.connections, self.options.warm_up_seconds or 0.5
        )
        for kind, rate in rates.items():
            for attempt in range(self.options.attempts):
                waited = gate.wait_until_idle(
                    lambda: gate.foreign_now(server.pid, self.cores),
                    self.options.idle_wait_seconds,
                )
                before = cpu.read(server.pid, self.cores.both)
                children = _seconds_of_children()
                try:
                    found = measure_latency(
                        server.base_url,
                        request.method,
                        request.path,
                        request.body,
                        request.headers,
                        rate,
                        self.options.latency_seconds,
                        cell.connections,
                        self.cores.client,
                    )
                except LatencyError as error:
                    self.progress.say(f"latency: {name} {cell.name}: {error}")
                    break
                after = cpu.read(server.pid, self.cores.both, is_end=True)
                shares = cpu.shares(before, after, _seconds_of_children() - children)
                why = found.why_invalid or gate.why_disturbed(shares)
                self.journal.add(
                    "latency",
                    **who,
                    scenario=cell.scenario,
                    database=cell.database,
                    round=number,
                    rate=round(rate, 1),
                    rate_kind=kind,
                    p50_ms=round(found.p50_ms, 3),
                    p90_ms=round(found.p90_ms, 3),
                    p99_ms=round(found.p99_ms, 3),
                    valid=not why,
                    why_rejected=why,
                    foreign_cpu=round(shares.foreign, 3),
                    server_cpu=round(shares.server, 3),
                    steal=round(shares.steal, 4),
                    was_idle=waited.is_idle,
                    raw=dict(found.raw),
                    at=_now(),
                )
                self.progress.say(
                    f"latency {number}/{self.options.latency_rounds}: {name} {cell.name}"
                    f" at {rate:.0f}/s: p50 {found.p50_ms:.2f} ms,"
                    f" p99 {found.p99_ms:.2f} ms {why}".rstrip()
                )
                if not why or (found.why_invalid and attempt):
                    break
        self.journal.add(
            "latency-end", **who, scenario=cell.scenario, database=cell.database, round=number
        )

    # Time ----------------------------------------------------------------------------------

    def _seconds_left(self) -> float:
        if self.limits.minutes is None:
            return float("inf")
        return self.limits.minutes * 60 - (time.monotonic() - self.started)

    def _round_seconds(self, number: int, attempt: int) -> float:
        """What the visits of a round that are left will take, guessed from those before."""
        return sum(
            self._visit_seconds(visit)
            for visit in rounds.visits(number, attempt, self.setup, self.options)
            if self._takes_part((visit.entry, visit.matrix)) and not self._was_made(visit)
        )

    def _visit_seconds(self, visit: Visit) -> float:
        """What a visit takes: as long as its like took, or what its parts add up to."""
        before = [
            event["seconds"]
            for event in self.journal.of("start")
            if _pair(event) == (visit.entry, visit.matrix)
            and (event["role"] in ("middle", "end")) == (visit.role in ("middle", "end"))
        ]
        if before:
            return float(statistics.median(before))
        sample = self.options.sample_seconds + self.options.warm_up_seconds
        return START_SECONDS_GUESS + len(visit.cells) * (sample + SAMPLE_OVERHEAD_GUESS)


def cookies_of(server: Server, path: str) -> str:
    """The cookies a visitor without any gets, as the header to come back with.

    Raises:
        ServerError: the server does not answer.
    """
    connection = http.client.HTTPConnection(HOST, server.port, timeout=5)
    try:
        connection.request("GET", path, headers={"Connection": "close"})
        answer = connection.getresponse()
        given = answer.headers.get_all("Set-Cookie") or []
    except (OSError, http.client.HTTPException) as error:
        raise ServerError(f"no answer to the first request for {path}: {error}") from error
    finally:
        connection.close()
    return "; ".join(cookie.partition(";")[0] for cookie in given)


def session_facts(
    options: Options, setup: Setup, python: Path, not_installed: Mapping[str, str], wrk: Wrk
) -> dict[str, Any]:
    """What is the same for every sample of an invocation: machine, versions, who takes part."""
    known = machine.facts()
    interpreter = machine.python_facts(python)
    for name in ("compiler", "flags", "optimisation"):
        if value := interpreter[name]:
            known[f"python_{name}"] = str(value)
    return {
        "options": options.as_json(),
        "at": _now(),
        "machine": machine.sentence(known),
        "machine_facts": {name: without_places(value) for name, value in known.items()},
        "python": interpreter["version"],
        "versions": interpreter["packages"],
        "harness_commit": machine.commit(),
        "lock_sha256": machine.lock_sha256(),
        "generator": wrk.version,
        "not_installed": dict(not_installed),
        "scenarios": [
            {
                "id": scenario.id,
                "label": scenario.label,
                "method": scenario.method,
                "path": scenario.path,
                "connections": rounds.main_level(scenario, options),
                "says_not": scenario.says_not,
            }
            for scenario in setup.scenarios
            if not options.tests or scenario.id in options.tests
        ],
        "entries": [
            {
                "id": entry.id,
                "framework": entry.framework,
                "label": entry.label,
                "interface": entry.interface,
                "orm": entry.orm,
                "packages": list(entry.packages),
                "commands": {
                    matrix: _shown(setup, entry, matrix)
                    for matrix in setup.matrices_of(entry)
                    if matrix in options.matrices
                },
                "note": entry.notes,
            }
            for entry in setup.entries
        ],
    }


def _shown(setup: Setup, entry: Entry, matrix: str) -> str:
    words = [str(word) for word in setup.command(entry, matrix, "python", 8000)]
    return without_places(" ".join(words))


def begin_session(journal: Journal, facts: Mapping[str, Any]) -> None:
    """Note that an invocation begins.

    Raises:
        BenchmarkError: something changed since the run began that would make a mixture of it.
    """
    sessions = list(journal.of("session"))
    if sessions:
        for what, name in (
            ("the Python", "python"),
            ("requirements-bench.txt", "lock_sha256"),
            ("the load generator", "generator"),
        ):
            if sessions[0][name] != facts[name]:
                raise BenchmarkError(f"{what} changed since this run began; start a new run.")
    journal.add("session", **facts)


def write_record(run: Run) -> Path:
    """Write the run file; its path."""
    return record.write(run.journal, run.setup.baseline, run.limits.out)


def _trace(database: Path) -> Path:
    """Where a traced server writes its SQL statements."""
    return database.with_name("statements.sql")


def _seconds_of_children() -> float:
    """The processor time of all children that have ended, in seconds."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def _pair(event: Event) -> tuple[str, str]:
    return event["framework"], event["matrix"]


def _cell(event: Event) -> Cell:
    return Cell(event["scenario"], event["database"], event["mode"], event["connections"])


def _cell_fields(cell: Cell) -> dict[str, Any]:
    return {
        "scenario": cell.scenario,
        "database": cell.database,
        "mode": cell.mode,
        "connections": cell.connections,
    }
