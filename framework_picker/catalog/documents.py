"""Files as plain content: texts, numbers, true or false, lists, and names with entries.

YAML is read with three restrictions that prevent quiet mistakes. ``yes``, ``no`` and dates are
texts (YAML 1.1 would turn ``no`` into false). A name may stand only once. Aliases and tags are
refused, so a file says what it says in place and cannot swell when read.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

import yaml

from framework_picker.catalog.problems import Report, shown

Plain: TypeAlias = "str | int | float | bool | list[Plain] | dict[str, Plain] | None"

MOST_BYTES = {".yaml": 1_000_000, ".csv": 16_000_000, ".json": 16_000_000}
DEEPEST_NESTING = 40

# The loader in C is five times as fast; where it is missing the other one reads the same.
_YAML_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
# Longer digit strings stay texts: no measure needs them, and reading them is slow on purpose.
_WHOLE_NUMBER = re.compile(r"[-+]?[0-9]{1,15}")
_NUMBER = re.compile(r"[-+]?(\.[0-9]{1,30}|[0-9]{1,15}(\.[0-9]{0,30})?)([eE][-+]?[0-9]{1,4})?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


def read_text(path: Path, file: str, report: Report) -> str | None:
    """The file's text; None, and a problem, when it is too large, unreadable or not UTF-8."""
    most = MOST_BYTES.get(path.suffix, min(MOST_BYTES.values()))
    try:
        size = path.stat().st_size
        if size > most:
            report.add(file, "", f"at most {most:,} bytes", f"{size:,}")
            return None
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        report.add(file, f"byte {error.start + 1}", "UTF-8 text", "a byte that is not")
    except OSError as error:
        report.add(file, "", "a readable file", error.strerror or type(error).__name__)
    return None


def yaml_content(text: str, file: str, report: Report) -> Plain:
    """What the YAML text says; None, and problems, when it cannot be read."""
    try:
        return _Tree(file, report).read(yaml.parse(text, Loader=_YAML_LOADER))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        report.add(file, place, "valid YAML", error.problem or "something else")
    except yaml.reader.ReaderError as error:
        report.add(file, f"character {error.position + 1}", "valid YAML", error.reason)
    return None


def json_content(text: str, file: str, report: Report) -> Plain:
    """What the JSON text says; None, and a problem, when it cannot be read."""

    def once(pairs: list[tuple[str, Plain]]) -> dict[str, Plain]:
        entries = dict(pairs)
        if len(entries) < len(pairs):
            names = [name for name, _ in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            report.add(file, twice, "each name once", "a second entry")
        return entries

    def refused(word: str) -> NoReturn:
        raise ValueError(f"{word}, which is no number")

    try:
        content: Plain = json.loads(text, object_pairs_hook=once, parse_constant=refused)
    except json.JSONDecodeError as error:
        report.add(file, f"line {error.lineno}, column {error.colno}", "valid JSON", error.msg)
    except (ValueError, RecursionError) as error:
        report.add(file, "", "valid JSON", str(error))
    else:
        return content
    return None


def csv_rows(text: str, file: str, report: Report) -> list[dict[str, str]] | None:
    """The table's rows, column to text; None, and problems, when it is not a table."""
    try:
        lines = list(csv.reader(io.StringIO(text), strict=True))
    except csv.Error as error:
        report.add(file, "", "a table with commas (CSV)", str(error))
        return None
    if not lines or not any(lines[0]):
        report.add(file, "line 1", "the names of the columns", "nothing")
        return None
    columns = lines[0]
    if len(set(columns)) < len(columns):
        report.add(file, "line 1", "each column once", shown(", ".join(columns)))
        return None
    rows: list[dict[str, str]] = []
    for number, line in enumerate(lines[1:], start=2):
        if len(line) != len(columns):
            report.add(file, f"row {number}", f"{len(columns)} cells", str(len(line)))
        rows.append(dict(zip(columns, line, strict=False)))
    return rows


@dataclass(slots=True)
class _Open:
    """A list or a set of names that is being read."""

    content: list[Plain] | dict[str, Plain]
    field: str
    key: str | None = None

    @property
    def next_field(self) -> str:
        """Where the next value belongs, in the words of a report."""
        if isinstance(self.content, list):
            return f"{self.field}[{len(self.content) + 1}]"
        return f"{self.field}.{self.key}" if self.field else str(self.key)


class _Tree:
    """Builds plain content from YAML events, without recursion.

    The libraries' own builders recurse, and the one in C ends the whole process on a file of
    a hundred thousand opening brackets.
    """

    def __init__(self, file: str, report: Report) -> None:
        self._file = file
        self._report = report
        self._open: list[_Open] = []
        self._root: Plain = None

    def read(self, events: Iterator[yaml.Event]) -> Plain:
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse(event, "one document", "a second one")
                    return None
            elif isinstance(event, yaml.CollectionEndEvent):
                self._open.pop()
            elif isinstance(event, yaml.NodeEvent) and not self._take(event):
                return None
        if self._root is None:
            self._report.add(self._file, "", "entries", "nothing")
        return self._root

    def _take(self, event: yaml.NodeEvent) -> bool:
        """Whether reading can go on after this value or name."""
        top = self._open[-1] if self._open else None
        is_name = top is not None and isinstance(top.content, dict) and top.key is None
        if getattr(event, "tag", None):
            self._refuse(event, "a value without a tag", shown(str(event.tag)))  # type: ignore[attr-defined]
        if is_name:
            assert top is not None
            if not isinstance(event, yaml.ScalarEvent):
                self._refuse(event, "a name", "a list, entries or an alias")
                return False
            top.key = event.value
            return True
        if isinstance(event, yaml.ScalarEvent):
            self._place(event, _scalar(event))
        elif isinstance(event, yaml.AliasEvent):
            self._refuse(event, "the value itself", f"the alias *{event.anchor}")
            self._place(event, None)
        elif len(self._open) >= DEEPEST_NESTING:
            self._refuse(event, f"at most {DEEPEST_NESTING} levels of nesting", "more")
            return False
        else:
            field = top.next_field if top else ""
            content: list[Plain] | dict[str, Plain] = (
                [] if isinstance(event, yaml.SequenceStartEvent) else {}
            )
            self._place(event, content)
            self._open.append(_Open(content, field))
        return True

    def _place(self, event: yaml.Event, value: Plain) -> None:
        if not self._open:
            self._root = value
            return
        top = self._open[-1]
        if isinstance(top.content, list):
            top.content.append(value)
            return
        key = top.key or ""
        if key in top.content:
            self._report.add(
                self._file, top.next_field, "each name once", f"a second one in {_line(event)}"
            )
        else:
            top.content[key] = value
        top.key = None

    def _refuse(self, event: yaml.Event, expected: str, found: str) -> None:
        self._report.add(self._file, _line(event), expected, found)


def _line(event: yaml.Event) -> str:
    assert event.start_mark is not None
    return f"line {event.start_mark.line + 1}"


def _scalar(event: yaml.ScalarEvent) -> Plain:
    text: str = event.value
    if not event.implicit[0]:
        return text
    if text in _NOTHING:
        return None
    if text in _TRUTH:
        return _TRUTH[text]
    if _WHOLE_NUMBER.fullmatch(text):
        return int(text)
    if _NUMBER.fullmatch(text):
        return float(text)
    if _NOT_FINITE.fullmatch(text):
        return float(text.replace(".", "", 1))
    return text
