"""What is wrong with the data: file, field, what was expected, what was found."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_QUOTE = 60

_DIGITS = re.compile(r"([0-9]+)")


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in one file. ``field`` is empty when the file as a whole is meant."""

    file: str
    field: str
    expected: str
    found: str

    def __str__(self) -> str:
        """``data/frameworks/flask.yaml: facts.stars: expected a number, got "many"``."""
        place = f"{self.file}: {self.field}" if self.field else self.file
        return f"{place}: expected {self.expected}, got {self.found}"


class CatalogError(Exception):
    """The data cannot be used. The message is the whole report, every problem on a line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        """The report for people: a count, then one line per problem."""
        count = len(self.problems)
        heading = "1 problem in the data" if count == 1 else f"{count} problems in the data"
        return "\n".join([f"{heading}:", *(f"  {problem}" for problem in self.problems)])


class Report:
    """Collects problems, so that one reading of the files finds all of them."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every problem so far, each once, by file and field."""
        return in_order(self._problems)

    def add(self, file: str, field: str, expected: str, found: str) -> None:
        """Remembers one problem. ``found`` is ready to read; quote a value with ``shown``."""
        self._problems.append(Problem(*map(_line, (file, field, expected, found))))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, by file and field as people count: row 2 before row 10."""
    return tuple(
        sorted(
            set(problems),
            key=lambda one: (_counted(one.file), _counted(one.field), one.expected, one.found),
        )
    )


def _counted(words: str) -> tuple[tuple[str, int, str], ...]:
    """What to sort words by so that numbers in them count, however long the numbers are."""
    parts = _DIGITS.split(words)
    numbers = [*(number.lstrip("0") for number in parts[1::2]), ""]
    return tuple(
        (text, len(number), number) for text, number in zip(parts[::2], numbers, strict=True)
    )


def shown(value: object) -> str:
    """The value as it can stand in a report: short, on one line, texts in quotes."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}"
    if isinstance(value, dict):
        return f"entries ({_cut(', '.join(map(str, value)))})" if value else "no entries"
    if isinstance(value, str):
        return f'"{_cut(value)}"'
    return _cut(str(value))


def listed(words: Iterable[str]) -> str:
    """``a, b or c``, for the expected side of a problem."""
    words = list(words)
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _line(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text)


def _cut(text: str) -> str:
    line = _line(text)
    return line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1] + "…"
