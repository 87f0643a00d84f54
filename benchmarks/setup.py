"""What the harness measures: the shapes it expects, and where the real things come from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol


class Scenario(Protocol):
    """One kind of request."""

    @property
    def id(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def method(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def body(self) -> bytes: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    @property
    def connections(self) -> int: ...
    @property
    def says_not(self) -> str: ...
    @property
    def modes(self) -> Sequence[str]: ...
    @property
    def keeps_cookies(self) -> bool: ...
    def path_for(self, database: str) -> str: ...


class Entry(Protocol):
    """One application under test: a framework with everything that belongs to it."""

    @property
    def id(self) -> str: ...
    @property
    def framework(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def interface(self) -> str: ...
    @property
    def packages(self) -> Sequence[str]: ...
    @property
    def cells(self) -> Sequence[tuple[str, str]]: ...
    @property
    def orm(self) -> str: ...
    @property
    def notes(self) -> str: ...


@dataclass(frozen=True)
class Setup:
    """Everything that can be measured, and how to start and check it.

    Attributes:
        command: The server's command line: entry, matrix, Python, port.
        variables: What the server finds in its environment: entry, database file, and a file to
            write every SQL statement to, for a check; None while time is taken.
        prepare: Writes a fresh database: file, seed.
        problems: What an entry does wrong, empty if nothing: entry, base url, both files.
        servers: Packages that every entry needs.
    """

    scenarios: Sequence[Scenario]
    entries: Sequence[Entry]
    matrices_of: Callable[[Any], Sequence[str]]
    command: Callable[[Any, str, str, int], Sequence[str]]
    variables: Callable[[Any, Path, Path | None], Mapping[str, str]]
    prepare: Callable[[Path, int], None]
    problems: Callable[[Any, str, Path, Path | None], Sequence[str]]
    baseline: str = "bare-asgi"
    servers: tuple[str, ...] = ()

    def scenario(self, name: str) -> Scenario:
        """The scenario with this id."""
        return next(scenario for scenario in self.scenarios if scenario.id == name)

    def entry(self, name: str) -> Entry:
        """The entry with this id."""
        return next(entry for entry in self.entries if entry.id == name)


def real_setup() -> Setup:
    """What this project measures."""
    from benchmarks import conformance, database, entries, scenarios, servers

    return Setup(
        scenarios=scenarios.SCENARIOS,
        entries=entries.ENTRIES,
        matrices_of=servers.matrices_of,
        command=servers.command,
        variables=servers.environment,
        prepare=database.prepare,
        problems=conformance.problems,
        servers=("granian", "uvicorn", "uvloop", "httptools", "gunicorn"),
    )
