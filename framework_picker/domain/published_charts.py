"""Published figures by source, round and test: what one chart may show.

One chart holds one setting (source, round, date, test, level of load). Grade D is never charted;
grade C and vendors' own figures only when asked for, and marked.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from framework_picker.domain.published import (
    KEPT_OPEN,
    NEVER_SHOWN,
    NEW_EACH_TIME,
    SPEED_METRICS,
    THIRD_PARTY,
    Ended,
    Published,
    PublishedRow,
    connection_mode,
    level,
)

Sources = Literal["usual", "with-c", "with-vendors", "all"]
SOURCES: tuple[Sources, ...] = ("usual", "with-c", "with-vendors", "all")
SOURCES_WORDS: Mapping[str, str] = {
    "usual": "Grades A and B, no vendors",
    "with-c": "Also grade C (copied by others)",
    "with-vendors": "Also what vendors publish",
    "all": "Everything but grade D",
}
USUAL_SOURCES: Sources = "usual"
FEWEST_FRAMEWORKS = 2
ENOUGH_FRAMEWORKS = 8
"""The source that is shown at first compares at least so many."""
MOST_TEST_LENGTH = 48


_SETTING_WORDS = {"hw": "machine", "pipeline": "requests in a pipeline:"}
_LOAD_WORDS = {"concurrency": "{} connections at once", "queries": "{} queries a request"}


def _load(level_words: str) -> dict[str, str]:
    """What distinguishes the levels of one test, by name."""
    parts = (part.partition("=") for part in level_words.split("; ") if _is_load(part))
    return {name: value for name, _, value in parts}


def _is_load(part: str) -> bool:
    return part.partition("=")[0] in _LOAD_WORDS


@dataclass(frozen=True, slots=True)
class PublishedTest:
    """One test at one level of load, with the rows of everybody we list, fastest first."""

    id: str
    test: str
    level: str
    is_best_of: bool
    mode: str
    rows: tuple[PublishedRow, ...]
    others: int

    @property
    def label(self) -> str:
        """Test and load in words."""
        load = [_LOAD_WORDS[name].format(value) for name, value in _load(self.level).items()]
        best = ["best of several levels of load"] if self.is_best_of else []
        return ", ".join([self.test, *load, *best])

    @property
    def setting(self) -> str:
        """What all of its entries share besides: machine, tool, how long; in words."""
        parts = [part.partition("=") for part in self.level.split("; ") if not _is_load(part)]
        return ", ".join(
            f"{_SETTING_WORDS.get(name, name)} {value}".rstrip() for name, _, value in parts if name
        )

    @property
    def frameworks(self) -> int:
        """How many frameworks took part."""
        return len({row.framework for row in self.rows})


@dataclass(frozen=True, slots=True)
class PublishedGroup:
    """One round of one source."""

    id: str
    source: str
    name: str
    round: str
    on: date
    ended: Ended | None
    tests: tuple[PublishedTest, ...]

    @property
    def broadest(self) -> PublishedTest:
        """The first of its tests with the most frameworks."""
        return max(self.tests, key=lambda test: test.frameworks)

    @property
    def grades(self) -> tuple[str, ...]:
        """The grades of its rows."""
        return tuple(sorted({row.grade for test in self.tests for row in test.rows}))


def published_groups(
    published: Published, names: Mapping[str, str], sources: Sources
) -> tuple[PublishedGroup, ...]:
    """Every round with a test of at least two frameworks of ours; newest first.

    ``names`` are the frameworks we list. What others took part is counted.
    """
    tests: dict[tuple[str, str, date], dict[tuple[str, str, str], list[PublishedRow]]] = (
        defaultdict(lambda: defaultdict(list))
    )
    for row in published.rows:
        if row.metric in SPEED_METRICS and row.value > 0 and _is_asked_for(row, sources):
            tests[row.source, row.round, row.on][row.test, row.metric, level(row)].append(row)
    groups: list[PublishedGroup] = []
    ids: set[str] = set()
    for (source, round_name, on), settings in sorted(
        tests.items(), key=lambda found: (-found[0][2].toordinal(), found[0][0], found[0][1])
    ):
        found = _tests(settings, names)
        if not found:
            continue
        name = _free_id(f"{_slug(source)}-{on.isoformat()}", ids)
        groups.append(
            PublishedGroup(
                id=name,
                source=source,
                name=published.sources.get(source, source),
                round=round_name,
                on=on,
                ended=published.end_of(source),
                tests=found,
            )
        )
    return tuple(groups)


def usual_group(groups: Sequence[PublishedGroup]) -> PublishedGroup:
    """The newest round that compares many frameworks; the newest where none does."""
    many = (one for one in groups if one.broadest.frameworks >= ENOUGH_FRAMEWORKS)
    return next(many, groups[0])


def connection_words(mode: str) -> str:
    """How connections were used, or that the source does not say."""
    return mode if mode in (KEPT_OPEN, NEW_EACH_TIME) else "the source does not say how it connects"


def entry_words(row: PublishedRow) -> str:
    """Version, server and database access of a row, as far as its source says."""
    server = row.server if row.server not in ("none", "") else ""
    parts = [row.version, server, row.remark("orm"), row.remark("db")]
    return ", ".join(filter(None, parts))


def _is_asked_for(row: PublishedRow, sources: Sources) -> bool:
    if row.grade == NEVER_SHOWN:
        return False
    if row.grade == THIRD_PARTY and sources not in ("with-c", "all"):
        return False
    return not row.is_vendor or sources in ("with-vendors", "all")


def _tests(
    settings: Mapping[tuple[str, str, str], list[PublishedRow]], names: Mapping[str, str]
) -> tuple[PublishedTest, ...]:
    ids: set[str] = set()
    found: list[PublishedTest] = []
    for (test, metric, load), rows in sorted(settings.items(), key=lambda one: _natural(one[0])):
        ours = [row for row in rows if row.framework in names]
        if len({row.framework for row in ours}) < FEWEST_FRAMEWORKS:
            continue
        ordered = sorted(ours, key=lambda row: (-row.value, row.framework, row.server))
        is_best_of = metric != SPEED_METRICS[0]
        found.append(
            PublishedTest(
                id=_free_id(_test_id(test, load, is_best_of=is_best_of), ids),
                test=test,
                level=load,
                is_best_of=is_best_of,
                mode=connection_mode(ordered[0]),
                rows=tuple(ordered),
                others=len({row.framework for row in rows} - set(names)),
            )
        )
    return tuple(found)


def _test_id(test: str, load: str, *, is_best_of: bool) -> str:
    """A short id: the test's name up to its first bracket, then the load: ``json-256``."""
    parts = [test.partition("(")[0], *_load(load).values(), "best" if is_best_of else ""]
    return _slug(" ".join(parts))


def _slug(text: str) -> str:
    """Small letters, digits and single dashes, not too long."""
    words = re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")
    return words[:MOST_TEST_LENGTH].strip("-") or "test"


def _free_id(wanted: str, taken: set[str]) -> str:
    """The wanted id, with a number behind it where it is taken; remembers it."""
    found, number = wanted, 2
    while found in taken:
        found, number = f"{wanted}-{number}", number + 1
    taken.add(found)
    return found


def _natural(parts: tuple[str, ...]) -> tuple[tuple[tuple[int, str], ...], ...]:
    """A key that puts 64 before 256."""
    return tuple(
        tuple((int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", text))
        for text in parts
    )
