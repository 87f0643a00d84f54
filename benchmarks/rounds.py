"""What is measured, and in which order: rounds of visits, each visit a start of one server."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.options import DOCUMENTED_SERVER, Options
from benchmarks.setup import Entry, Scenario, Setup

KEEP_ALIVE, CLOSE = "keep-alive", "close"
OWN_LEVEL = {"upstream"}
"""Scenarios with one number of connections of their own: more wait at once than any level has."""
DRIFT_SCENARIO = "json"


@dataclass(frozen=True)
class Cell:
    """One thing to measure: a kind of request, its database class, connection mode and level."""

    scenario: str
    database: str
    mode: str
    connections: int

    @property
    def name(self) -> str:
        """For people: `json close c32`, `query/orm c32`."""
        database = f"/{self.database}" if self.database else ""
        mode = "" if self.mode == KEEP_ALIVE else f" {self.mode}"
        return f"{self.scenario}{database}{mode} c{self.connections}"


@dataclass(frozen=True)
class Visit:
    """One start of one server, and what is measured before it is stopped.

    Attributes:
        slot: Its place in the round, the same in every invocation.
        role: `entry`, or what the baseline is measured for: `start`, `middle`, `end`.
    """

    round: int
    attempt: int
    slot: int
    entry: str
    matrix: str
    role: str
    cells: tuple[Cell, ...]


def main_level(scenario: Scenario, options: Options) -> int:
    """The number of connections that a scenario is judged by."""
    if scenario.id in OWN_LEVEL or scenario.connections in options.levels:
        return scenario.connections
    return max(options.levels)


def cells_of(entry: Entry, matrix: str, setup: Setup, options: Options) -> list[Cell]:
    """Everything to measure of one entry on one server, in the scenarios' order."""
    tests = options.tests
    is_second = matrix == DOCUMENTED_SERVER and len(setup.matrices_of(entry)) > 1
    if is_second and options.documented_tests:
        tests = options.documented_tests
    cells = []
    for scenario in setup.scenarios:
        if tests and scenario.id not in tests:
            continue
        main = main_level(scenario, options)
        levels = (main,) if scenario.id in OWN_LEVEL else options.levels
        for name, database in entry.cells:
            if name == scenario.id:
                cells += [Cell(name, database, KEEP_ALIVE, level) for level in levels]
                if CLOSE in scenario.modes:
                    cells.append(Cell(name, database, CLOSE, main))
    return cells


def drift_cells(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """What the baseline repeats in the middle and at the end of a round: one cell."""
    kept = [cell for cell in cells if cell.mode == KEEP_ALIVE] or list(cells)
    likely = [cell for cell in kept if cell.scenario == DRIFT_SCENARIO] or kept
    return tuple(sorted(likely, key=lambda cell: -cell.connections)[:1])


def chosen_entries(setup: Setup, options: Options) -> list[Entry]:
    """The entries that take part, the baseline always among them."""
    return [
        entry
        for entry in setup.entries
        if not options.only or entry.id in options.only or entry.id == setup.baseline
    ]


def pairs(setup: Setup, options: Options) -> list[tuple[str, str]]:
    """Every entry with every matrix that it takes part in and that has something to measure."""
    return [
        (entry.id, matrix)
        for entry in chosen_entries(setup, options)
        for matrix in setup.matrices_of(entry)
        if matrix in options.matrices and cells_of(entry, matrix, setup, options)
    ]


def visits(number: int, attempt: int, setup: Setup, options: Options) -> list[Visit]:
    """The visits of one round: everybody once, in an order that only seed and round decide.

    The baseline comes at the start with all its cells, and in the middle and at the end with one,
    to see whether the machine stayed the same.
    """
    chance = Random(f"{options.seed}/{number}/{attempt}")
    everybody = pairs(setup, options)
    others = [pair for pair in everybody if pair[0] != setup.baseline]
    baselines = [pair for pair in everybody if pair[0] == setup.baseline]
    chance.shuffle(others)
    half = (len(others) + 1) // 2
    order = [
        *((pair, "start") for pair in baselines),
        *((pair, "entry") for pair in others[:half]),
        *((pair, "middle") for pair in baselines),
        *((pair, "entry") for pair in others[half:]),
        *((pair, "end") for pair in baselines),
    ]
    planned = []
    for slot, ((name, matrix), role) in enumerate(order):
        cells = cells_of(setup.entry(name), matrix, setup, options)
        chosen = drift_cells(cells) if role in ("middle", "end") else tuple(cells)
        planned.append(
            Visit(
                number,
                attempt,
                slot,
                name,
                matrix,
                role,
                tuple(chance.sample(chosen, len(chosen))),
            )
        )
    return planned
