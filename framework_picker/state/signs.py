"""The signs of a pair, ready to be shown: who is ahead in which test of which source.

The view is the same for everybody; the rows behind a line travel when it is opened. The Compare
page shows its own pair (``pair_signs``); another page can hand its pair to ``signs_view``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import reflex as rx

from framework_picker import routes
from framework_picker.catalog.current import get_catalog, get_published, get_samples
from framework_picker.domain.claim_check import factor
from framework_picker.domain.explain import listing
from framework_picker.domain.level import Sign
from framework_picker.domain.readings import number
from framework_picker.domain.receipts import GRADE_WORDS
from framework_picker.domain.signs import SignLine, SignRow, SignTable, sign_table
from framework_picker.domain.sources import SourceLine
from framework_picker.state.compare import CompareState, default_slugs

LONGEST_KEY = 160
MOST_OPEN = 60
MOST_PAIRS = 5

SIGNS_PLACE = "signs"
"""The id of the section on the Compare page, for links to it."""

COUNTED: tuple[Sign, ...] = ("ahead", "level", "behind")
"""The signs of rows, in the order in which they are counted."""

HERE = "measured here"
PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class SignEntry:
    """A test of one source. ``key`` asks for its rows; ``counts`` and ``reach`` sum them up.

    ``why_not`` says why it is shown and not counted.
    """

    key: str
    source: str
    mode: str
    sign: Sign
    words: str
    counts: str
    reach: str
    days: str
    why_not: str


@dataclass(frozen=True, slots=True)
class SignGroup:
    """The lines of one test, and in ``unmeasured`` which sources have not measured the pair."""

    label: str
    lines: list[SignEntry]
    unmeasured: str


@dataclass(frozen=True, slots=True)
class SignsView:
    """All signs of a pair; empty where there is no pair. ``one`` and ``other`` are names."""

    one: str
    other: str
    summary: str
    groups: list[SignGroup]
    unmeasured: str


@dataclass(frozen=True, slots=True)
class SignRowView:
    """Two figures of one setting, with what differs between the entries, date and sources."""

    setting: str
    one: str
    other: str
    one_with: str
    other_with: str
    ratio: str
    words: str
    on: str
    evidence: str
    sources: tuple[SourceLine, ...]


NO_SIGNS = SignsView("", "", "", [], "")


class SignsState(rx.State):
    """The signs of the pair on the Compare page, and the rows of the lines that are open."""

    _opened: list[str] = []

    @rx.event
    def toggle_line(self, key: str, is_open: bool) -> None:
        """The visitor opened a line, or closed it."""
        if not isinstance(key, str) or line_of(key) is None:
            return
        others = [one for one in self._opened if one != key]
        self._opened = [*others, key][-MOST_OPEN:] if is_open is True else others

    @rx.var
    def rows(self) -> dict[str, list[SignRowView]]:
        """The rows of the open lines, by key."""
        return {key: rows_of(key) for key in self._opened}

    @rx.var
    async def signs(self) -> SignsView:
        """The signs of the two frameworks compared; nothing for any other number of them."""
        compare = await self.get_state(CompareState)
        chosen = default_slugs() if compare.is_default else tuple(compare.chosen)
        return signs_view(*chosen) if len(chosen) == 2 else NO_SIGNS


@lru_cache(maxsize=1024)
def table_of(one: str, other: str) -> SignTable:
    """The signs of two frameworks by their slugs."""
    return sign_table(get_published(), get_samples(), one, other)


@lru_cache(maxsize=64)
def signs_view(one: str, other: str) -> SignsView:
    """All signs of a pair. Shared between visitors: read it only."""
    table = table_of(one, other)
    names = _names(table)
    entries = list(enumerate(table.lines))
    groups = []
    empty = []
    for label, lines in groupby(entries, key=lambda entry: entry[1].workload_label):
        found = list(lines)
        shown = [_entry(table, place, line) for place, line in found if line.rows]
        without = [_unmeasured(line) for _, line in found if not line.rows]
        missing = listing(without, shown=20) if without else ""
        if shown:
            groups.append(SignGroup(label, shown, missing))
        else:
            empty.append(label)
    return SignsView(
        one=names[0],
        other=names[1],
        summary=_summary(table),
        groups=groups,
        unmeasured=f"No source here has measured both: {listing(empty, shown=30)}."
        if empty
        else "",
    )


def line_of(key: object) -> tuple[SignTable, SignLine] | None:
    """The line that a key (``flask:django:3``) asks for; None for one that is none."""
    if not isinstance(key, str) or len(key) > LONGEST_KEY or key.count(":") != 2:
        return None
    one, other, place = key.split(":")
    catalog = get_catalog()
    if one not in catalog.alternatives or other not in catalog.alternatives or one == other:
        return None
    lines = table_of(one, other).lines
    if not place.isascii() or not place.isdecimal() or len(place) > 4 or int(place) >= len(lines):
        return None
    return table_of(one, other), lines[int(place)]


def rows_of(key: str) -> list[SignRowView]:
    """The rows of a line; nothing for a key that is none."""
    found = line_of(key)
    if found is None:
        return []
    table, line = found
    return [_row(table, row) for row in line.rows]


def sign_words(sign: Sign, names: tuple[str, str]) -> str:
    """A sign in words: ``Flask ahead``, ``within noise``."""
    return {
        "ahead": f"{names[0]} ahead",
        "behind": f"{names[1]} ahead",
        "level": "within noise",
        "split": "depends",
        "unmeasured": "not measured",
    }[sign]


def _entry(table: SignTable, place: int, line: SignLine) -> SignEntry:
    low, high = min(row.low for row in line.rows), max(row.high for row in line.rows)
    days = sorted({line.first_day, line.last_day})
    origin = HERE if line.origin == "measured" else PUBLISHED
    return SignEntry(
        key=f"{table.one}:{table.other}:{place}",
        source=f"{line.source}, {origin}" if line.origin == "measured" else line.source,
        mode=line.mode,
        sign=line.sign,
        words=sign_words(line.sign, _names(table)),
        counts=_counts(line, _names(table)),
        reach=f"{factor(low)}×"
        if factor(low) == factor(high)
        else f"{factor(low)} to {factor(high)}×",
        days=" to ".join(days),
        why_not=line.why_not,
    )


def _counts(line: SignLine, names: tuple[str, str]) -> str:
    """How its rows are spread over the signs, where there are several."""
    if len(line.rows) == 1:
        rounds = line.rows[0].rounds
        return f"{rounds} rounds" if rounds > 1 else "one pair of figures"
    counts = [
        f"{sign_words(sign, names)} in {count}"
        for sign in COUNTED
        if (count := line.rows_with(sign))
    ]
    return f"{', '.join(counts)} of {len(line.rows)} pairs"


def _unmeasured(line: SignLine) -> str:
    if line.missing:
        names = [get_catalog().alternatives[slug].name for slug in line.missing]
        return f"{line.source} (without {listing(names)})"
    return f"{line.source} ({line.why_not})"


def _summary(table: SignTable) -> str:
    """The signs counted: ``Of 14 tests and sources: Flask ahead in 4, ...``."""
    names = _names(table)
    if not table.counted:
        return f"No test that counts has measured both {names[0]} and {names[1]}."
    words = [
        f"{sign_words(sign, names)} in {table.count(sign)}" for sign in ("ahead", "behind", "level")
    ]
    split = table.count("split")
    tail = f"; in {split} it depends on the load or the round" if split else ""
    tests = "one test" if table.counted == 1 else f"{table.counted} tests"
    return f"In {tests}, each by one source: {', '.join(words)}{tail}."


def _row(table: SignTable, row: SignRow) -> SignRowView:
    spread = f" ({factor(row.low)} to {factor(row.high)})" if row.rounds > 1 else ""
    return SignRowView(
        setting=", ".join(filter(None, (row.test, row.setting.replace("; ", ", ")))),
        one=number(round(row.one)),
        other=number(round(row.other)),
        one_with=row.one_with,
        other_with=row.other_with,
        ratio=f"{factor(row.ratio)}×{spread}",
        words=sign_words(row.sign, _names(table)),
        on=row.on,
        evidence=GRADE_WORDS[row.grade],
        sources=row.sources,
    )


def _names(table: SignTable) -> tuple[str, str]:
    catalog = get_catalog()
    return catalog.alternatives[table.one].name, catalog.alternatives[table.other].name


@dataclass(frozen=True, slots=True)
class PairSum:
    """The signs of one framework against another, counted; ``href`` shows every one of them."""

    name: str
    words: str
    href: str


def pair_sums(slug: str, others: Sequence[str]) -> list[PairSum]:
    """The signs of a framework against others; those without a test that counts are left out."""
    catalog = get_catalog()
    return [
        PairSum(catalog.alternatives[other].name, _summary(table), _address(slug, other))
        for other in others
        if (table := table_of(slug, other)).counted
    ]


def most_shared(slug: str, most: int = MOST_PAIRS) -> list[str]:
    """The frameworks that were measured beside this one in most tests; equals A to Z."""
    counted = {
        other: table_of(slug, other).counted
        for other, one in get_catalog().alternatives.items()
        if other != slug and one.role == "candidate"
    }
    shared = [other for other, count in counted.items() if count]
    return sorted(shared, key=lambda other: (-counted[other], other))[:most]


def _address(slug: str, other: str) -> str:
    return f"{routes.comparison((slug, other))}#{SIGNS_PLACE}"
