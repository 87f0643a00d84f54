"""Which frameworks the list shows, and in which order.

The address carries filter and order, so this state may be lost at any time: ``open_page`` reads
the address whenever the page opens or the connection comes back; every other handler takes
``query``, what the browser has of it. Handlers are public; each checks what it is given, and what
is not ours changes nothing. The facts themselves stand in the page (``overview.py``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal
from urllib.parse import parse_qsl, urlencode

import reflex as rx

from framework_picker.catalog.current import get_catalog
from framework_picker.domain.explain import listing
from framework_picker.domain.health import (
    COLUMNS,
    FACETS,
    MADE_FOR,
    MOST_FIRST,
    Column,
    Facet,
    Wanted,
    facet_counts,
    facet_values,
    listed,
    made_for,
    narrowed,
)
from framework_picker.domain.model import Alternative
from framework_picker.state.outside_words import can_be_searched, printable
from framework_picker.state.overview import HEADINGS, SECTIONS

LONGEST_QUERY = 4_000
MOST_PARTS = 20

SEARCH, SORT, DIRECTION = "q", "sort", "direction"
DIRECTIONS = ("ascending", "descending")

FACET_LABELS: Mapping[Facet, str] = {
    "made": "Made for",
    "governance": "Who decides",
    "licence": "Licence",
}
ANY = ""


@dataclass(frozen=True, slots=True)
class ListSection:
    """Frameworks below one heading; the heading is empty for a list in one piece."""

    title: str
    explanation: str
    slugs: list[str]


@dataclass(frozen=True, slots=True)
class FacetOption:
    """A value to narrow by, with how many frameworks it would show."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class ListView:
    """What the list shows. ``sorted_by`` is empty where it stands by what they are made for.

    ``direction`` is a word of ``aria-sort``.
    """

    shown: str
    sections: list[ListSection]
    sorted_by: str
    direction: str
    made: list[FacetOption]
    governance: list[FacetOption]
    licence: list[FacetOption]
    is_narrowed: bool


NO_VIEW = ListView("", [], "", "", [], [], [], False)


class FrameworksState(rx.State):
    """Which frameworks are listed, and how."""

    words: str = ""
    chosen: dict[str, str] = {}
    column: str = ""
    is_reversed: bool = False
    notices: list[str] = []
    revision: int = 0

    _is_read: bool = False
    _restored_from: str | None = None

    @rx.event
    def open_page(self) -> None:
        """The page was opened, or the connection came back: the address says what to show."""
        query = self.router.url.query or ""
        is_older = query == self._restored_from
        self._is_read = True
        self._restored_from = None
        if not is_older:
            self._follow(query)
        # Otherwise a click overtook this event and was applied to what this address says.
        self.revision += 1

    @rx.event
    def sort_by(self, column: str, query: str) -> None:
        """The visitor chose a column: first its own direction, then the other, then none."""
        self._restore(query)
        if not isinstance(column, str) or column not in (*COLUMNS, ANY):
            return
        if column == self.column and column and self.is_reversed:
            column = ANY
        self.is_reversed = bool(column) and column == self.column
        self.column = column
        self.revision += 1

    @rx.event
    def pick_order(self, query: str, column: str) -> None:
        """The visitor picked a column from the list of orders."""
        self._restore(query)
        if isinstance(column, str) and column in (*COLUMNS, ANY):
            self.column = column
            self.is_reversed = False
            self.revision += 1

    @rx.event
    def turn_around(self, query: str) -> None:
        """The visitor wants the other end first."""
        self._restore(query)
        if self.column:
            self.is_reversed = not self.is_reversed
            self.revision += 1

    @rx.event
    def search(self, query: str, words: str) -> None:
        """The visitor looks for words."""
        self._restore(query)
        if isinstance(words, str) and can_be_searched(words):
            self.words = " ".join(words.split())
            self.revision += 1

    @rx.event
    def narrow(self, facet: str, query: str, value: str) -> None:
        """The visitor chose a value to narrow by, or all of them with an empty one."""
        self._restore(query)
        if isinstance(facet, str) and isinstance(value, str) and facet in FACETS:
            if value and value not in facet_values(get_catalog(), _facet(facet)):
                return
            rest = {name: kept for name, kept in self.chosen.items() if name != facet}
            self.chosen = {**rest, facet: value} if value else rest
            self.revision += 1

    @rx.event
    def show_all(self) -> None:
        """The visitor wants all frameworks again, in the order of the page."""
        self._is_read = True
        self.words = ""
        self.chosen = {}
        self.column = ANY
        self.is_reversed = False
        self.notices = []
        self.revision += 1

    @rx.event
    def dismiss_notices(self, query: str) -> None:
        """The visitor has read the notice."""
        self._restore(query)
        self.notices = []

    @rx.var
    def is_own(self) -> bool:
        """Whether something else is shown than what the page holds from the start."""
        return self._wanted() != Wanted()

    @rx.var
    def view(self) -> ListView:
        """What the list shows; empty while that is what the page holds from the start."""
        wanted = self._wanted()
        return NO_VIEW if wanted == Wanted() else list_view(wanted)

    @rx.var
    def query(self) -> str:
        """The query that restores the list; empty for what the page shows by itself."""
        return query_of(self._wanted())

    def _wanted(self) -> Wanted:
        return Wanted(
            words=self.words,
            made=self.chosen.get("made", ""),
            governance=self.chosen.get("governance", ""),
            licence=self.chosen.get("licence", ""),
            column=_column(self.column),
            is_reversed=self.is_reversed,
        )

    def _restore(self, query: object) -> None:
        """Fill a session that knows nothing from what the browser has."""
        if self._is_read:
            return
        self._is_read = True
        if isinstance(query, str) and len(query) <= LONGEST_QUERY:
            self._restored_from = query
            self._follow(query)

    def _follow(self, query: str) -> None:
        if len(query) > LONGEST_QUERY:
            self.notices = ["The link is longer than any of ours, so it was not read."]
            return
        wanted, notices = wanted_in(query)
        self.words = wanted.words
        self.chosen = {facet: value for facet in FACETS if (value := str(getattr(wanted, facet)))}
        self.column = wanted.column
        self.is_reversed = wanted.is_reversed
        self.notices = list(notices)


def wanted_in(query: str) -> tuple[Wanted, tuple[str, ...]]:
    """What a query asks for, and a sentence for everything in it that was dropped."""
    try:
        parts = dict(parse_qsl(query, max_num_fields=MOST_PARTS))
    except ValueError:
        return Wanted(), ("The link holds more parts than any of ours, so it was not read.",)
    wanted = Wanted()
    dropped: list[str] = []
    words = parts.pop(SEARCH, "")
    if can_be_searched(words):
        wanted = replace(wanted, words=" ".join(words.split()))
    else:
        dropped.append(f"{SEARCH}={words}")
    for facet in FACETS:
        value = parts.pop(facet, "")
        if value in facet_values(get_catalog(), facet):
            wanted = narrowed(wanted, facet, value)
        elif value:
            dropped.append(f"{facet}={value}")
    asked, direction = parts.pop(SORT, ""), parts.pop(DIRECTION, "")
    column = _column(asked)
    if asked and not column:
        dropped.append(f"{SORT}={asked}")
    if direction and (direction not in DIRECTIONS or not column):
        dropped.append(f"{DIRECTION}={direction}")
        direction = ""
    wanted = replace(
        wanted,
        column=column,
        is_reversed=bool(direction) and direction != _direction(column, is_reversed=False),
    )
    dropped += list(parts)
    named = [f"“{printable(part)}”" for part in dropped]
    notices = (
        (f"The link asks for {listing(named)}, which this page does not know.",) if named else ()
    )
    return wanted, notices


def query_of(wanted: Wanted) -> str:
    """The query that ``wanted_in`` reads back."""
    parts = [(SEARCH, wanted.words)] if wanted.words else []
    parts += [(facet, value) for facet in FACETS if (value := str(getattr(wanted, facet)))]
    if wanted.column:
        parts.append((SORT, wanted.column))
        if wanted.is_reversed:
            parts.append((DIRECTION, _direction(wanted.column, is_reversed=True)))
    return urlencode(parts)


@lru_cache(maxsize=256)
def list_view(wanted: Wanted) -> ListView:
    """What the list shows. Shared between visitors: read it only."""
    catalog = get_catalog()
    found = listed(catalog, wanted)
    counts = facet_counts(catalog, wanted)

    def options(facet: Facet) -> list[FacetOption]:
        return [
            FacetOption(value, f"{_facet_words(facet, value)} ({count})")
            for value, count in counts[facet].items()
        ]

    return ListView(
        shown=_shown(len(found), len(catalog.alternatives), wanted),
        sections=_in_one_piece(found) if wanted.column else _sections(found),
        sorted_by=wanted.column,
        direction=_direction(wanted.column, is_reversed=wanted.is_reversed),
        made=options("made"),
        governance=options("governance"),
        licence=options("licence"),
        is_narrowed=wanted != Wanted(),
    )


def default_view() -> ListView:
    """What the page shows before anybody has asked for anything."""
    return list_view(Wanted())


def _sections(found: tuple[Alternative, ...]) -> list[ListSection]:
    slugs = {made: [one.slug for one in found if made_for(one) == made] for made in MADE_FOR}
    return [ListSection(*SECTIONS[made], slugs[made]) for made in MADE_FOR if slugs[made]]


def _in_one_piece(found: tuple[Alternative, ...]) -> list[ListSection]:
    return [ListSection("", "", [one.slug for one in found])] if found else []


def _shown(found: int, total: int, wanted: Wanted) -> str:
    count = f"{found} of {total} frameworks" if found < total else f"All {total} frameworks"
    if not wanted.column:
        return f"{count}, by what they are made for."
    heading = HEADINGS[wanted.column].lower().replace("github", "GitHub")
    heading = heading.replace("python", "Python")
    direction = _direction(wanted.column, is_reversed=wanted.is_reversed)
    return f"{count}, by {heading}, {direction}; what is not verified comes last."


def _direction(column: Column | Literal[""], *, is_reversed: bool) -> str:
    if not column:
        return ""
    return DIRECTIONS[(column in MOST_FIRST) != is_reversed]


def _column(name: str) -> Column | Literal[""]:
    return next((column for column in COLUMNS if column == name), "")


def _facet(name: str) -> Facet:
    return next(facet for facet in FACETS if facet == name)


def _facet_words(facet: Facet, value: str) -> str:
    return SECTIONS[value][0] if facet == "made" else value
