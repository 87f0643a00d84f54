"""Which frameworks stand side by side, and what of them is shown.

The address carries the selection, so this state may be lost at any time. ``open_page`` reads the
address whenever the page opens or the connection comes back; every other handler takes ``query``,
what the browser has of it, because after a loss a click may arrive before ``open_page`` does.
Handlers are public; each checks what it is given, and what is not ours changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

import reflex as rx
from reflex.event import EventSpec

from framework_picker import routes
from framework_picker.catalog.current import get_catalog, get_ledger, get_value_table
from framework_picker.domain.comparison import (
    SCORES,
    ComparisonCell,
    ComparisonGroup,
    ComparisonRow,
    comparison,
    different_only,
    headline,
    matching,
    most_different_first,
    most_recommended,
    row_count,
    unverified_rows,
    widest_gaps,
)
from framework_picker.domain.explain import listing
from framework_picker.domain.made_for import alike, kind_words
from framework_picker.domain.model import Catalog
from framework_picker.domain.receipt_lookup import receipt_of
from framework_picker.domain.receipts import Receipt
from framework_picker.domain.workings import PartWorking, sum_of_parts, workings
from framework_picker.state.answers import AnswersState
from framework_picker.state.outside_words import LONGEST_WORDS, can_be_searched, printable
from framework_picker.state.ranking import evaluation_of

FEWEST = 2
MOST = 6
MOST_SUGGESTED = 4
TOP = 3

LONGEST_QUERY = 4_000
MOST_NAMED = 5

ADD_FIELD = "add-framework"
"""Id of the field that frameworks are added with."""

BY_NAME = "name"
BY_DIFFERENCE = "difference"

NO_CELL = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One framework's column."""

    slug: str
    name: str
    kind: str
    href: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. ``width`` is that of its bar, ``stale`` the age of an old reading; or empty."""

    reading: str
    detail: str
    is_known: bool
    width: str
    stale: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row, with a cell per column.

    ``group`` is the place of its group of criteria, 0 for facts. A cell's receipt is opened by
    the row's id, a colon and the framework.
    """

    id: str
    label: str
    unit: str
    group: int
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows on one subject."""

    title: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A framework to add."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """Everything the page shows about a selection.

    ``shown`` says how many rows there are and how many are hidden. ``unverified`` names the rows
    that nobody has verified for any of these frameworks.
    """

    headline: str
    dek: str
    columns: list[Column]
    groups: list[Group]
    shown: str
    unverified: str
    suggestions: list[Suggestion]
    is_enough: bool
    is_full: bool
    only_differences: bool
    order: str


@dataclass(frozen=True, slots=True)
class OpenCell:
    """The receipt of the cell that is open. ``parts`` and ``sum`` are a score's working."""

    id: str
    row: str
    receipt: Receipt
    parts: tuple[PartWorking, ...]
    sum: str
    ends: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What the visitor wants to see: everything a view depends on."""

    slugs: tuple[str, ...]
    only_differences: bool = False
    order: str = BY_NAME
    words: str = ""


NOTHING = ComparisonView("", "", [], [], "", "", [], False, False, False, BY_NAME)
NO_RECEIPT = OpenCell(NO_CELL, "", Receipt("", "", "", "", "", "", ()), (), "", "")


class CompareState(rx.State):
    """Which frameworks stand side by side, and what of them is shown."""

    chosen: list[str] = []
    is_default: bool = True
    only_differences: bool = False
    order: str = BY_NAME
    words: str = ""
    notices: list[str] = []
    opened: str = NO_CELL
    revision: int = 0

    _is_read: bool = False
    _restored_from: str | None = None

    @rx.event
    def open_page(self) -> None:
        """The page was opened, or the connection came back: the address says what to show."""
        query = self.router.url.query
        is_older = query == self._restored_from
        self._is_read = True
        self._restored_from = None
        if is_older:
            # A click overtook this event and was applied to what this address says.
            self.revision += 1
            return
        self.notices = []
        if query:
            self._follow(query)
        self.revision += 1

    @rx.event
    def add_named(self, query: str, form: dict) -> None:
        """The visitor typed a framework's name."""
        self._restore(query)
        typed = form.get("name") if isinstance(form, dict) else None
        if not isinstance(typed, str) or not typed.strip() or len(typed) > LONGEST_WORDS:
            return
        catalog = get_catalog()
        slug = framework_named(catalog, typed)
        if slug is None:
            self.notices = [_not_found(catalog, typed)]
            return
        self._add(slug)

    @rx.event
    def add_framework(self, slug: str, query: str) -> None:
        """The visitor picked a suggestion."""
        self._restore(query)
        if isinstance(slug, str) and slug in get_catalog().alternatives:
            self._add(slug)

    @rx.event
    def remove_framework(self, slug: str, query: str) -> EventSpec | None:
        """The visitor took a framework out."""
        self._restore(query)
        shown = self._shown_slugs()
        if not isinstance(slug, str) or slug not in shown:
            return None
        self._choose([other for other in shown if other != slug])
        # The button is gone with the framework, and the focus must be somewhere.
        return rx.set_focus(ADD_FIELD)

    @rx.event
    async def take_top_three(self, query: str) -> None:
        """The visitor wants the best of the own ranking."""
        self._restore(query)
        own = await self.get_state(AnswersState)
        best = [ranked.slug for ranked in evaluation_of(dict(own.answers)).ranking[:TOP]]
        if len(best) >= FEWEST:
            self._choose(best)
            self.notices = [
                f"These are the first {len(best)} of your ranking: {listing(_names(best))}."
            ]
        else:
            self.notices = ["Your ranking has fewer than two frameworks left to compare."]

    @rx.event
    def start_over(self, query: str) -> None:
        """The visitor wants the selection the page began with."""
        self._restore(query)
        self.chosen = []
        self.is_default = True
        self.only_differences = False
        self.order = BY_NAME
        self.words = ""
        self.opened = NO_CELL
        self.notices = []
        self.revision += 1

    @rx.event
    def show_only_differences(self, query: str, is_on: bool) -> None:
        """The visitor hides or shows the rows in which all are the same."""
        self._restore(query)
        if isinstance(is_on, bool):
            self.only_differences = is_on
            self.revision += 1

    @rx.event
    def sort_rows(self, query: str, order: str) -> None:
        """The visitor chose an order of the rows."""
        self._restore(query)
        if order in (BY_NAME, BY_DIFFERENCE):
            self.order = order
            self.revision += 1

    @rx.event
    def search_rows(self, query: str, words: str) -> None:
        """The visitor looks for rows."""
        self._restore(query)
        if isinstance(words, str) and can_be_searched(words):
            self.words = words.strip()

    @rx.event
    def toggle_receipt(self, cell: str, query: str) -> None:
        """The visitor opened a cell, or closed it."""
        self._restore(query)
        if not isinstance(cell, str):
            return
        if cell in (self.opened, NO_CELL):
            self.opened = NO_CELL
        elif open_cell(cell) is not NO_RECEIPT:
            self.opened = cell

    @rx.event
    def dismiss_notices(self, query: str) -> None:
        """The visitor has read the notice."""
        self._restore(query)
        self.notices = []

    @rx.var
    def is_own(self) -> bool:
        """Whether something else is shown than what the page holds from the start."""
        return self._shown() != Shown(default_slugs())

    @rx.var
    def view(self) -> ComparisonView:
        """What the page shows; empty while that is what the page holds from the start."""
        shown = self._shown()
        return NOTHING if shown == Shown(default_slugs()) else comparison_view(shown)

    @rx.var
    def receipt(self) -> OpenCell:
        """The receipt of the open cell."""
        return open_cell(self.opened)

    @rx.var
    def query(self) -> str:
        """The query that restores the selection; empty for what the page shows by itself."""
        parts = []
        if not self.is_default:
            parts.append(("f", ",".join(self.chosen)))
        if self.only_differences:
            parts.append(("only", "differences"))
        if self.order != BY_NAME:
            parts.append(("sort", self.order))
        return urlencode(parts, safe=",")

    def _restore(self, query: object) -> None:
        """Fill a session that knows nothing from what the browser has."""
        if self._is_read:
            return
        self._is_read = True
        if isinstance(query, str) and len(query) <= LONGEST_QUERY:
            self._restored_from = query
            if query:
                self._follow(query)

    def _shown(self) -> Shown:
        return Shown(tuple(self._shown_slugs()), self.only_differences, self.order, self.words)

    def _shown_slugs(self) -> list[str]:
        return list(default_slugs()) if self.is_default else list(self.chosen)

    def _add(self, slug: str) -> None:
        shown = self._shown_slugs()
        name = get_catalog().alternatives[slug].name
        if slug in shown:
            self.notices = [f"{name} is there already."]
        elif len(shown) >= MOST:
            self.notices = [
                f"At most {MOST} frameworks fit side by side. Remove one, then add {name}."
            ]
        else:
            self._choose([*shown, slug])

    def _choose(self, slugs: Sequence[str]) -> None:
        self.chosen = list(slugs)
        self.is_default = tuple(slugs) == default_slugs()
        self.opened = NO_CELL
        self.notices = []
        self.revision += 1

    def _follow(self, query: str) -> None:
        if len(query) > LONGEST_QUERY:
            self.notices = ["The link is longer than any of ours, so it was not read."]
            return
        linked, notices = selection_in(get_catalog(), query)
        if linked.slugs is not None:
            self._choose(linked.slugs)
        self.only_differences = linked.only_differences
        self.order = linked.order
        self.notices = list(notices)


@dataclass(frozen=True, slots=True)
class Linked:
    """What a link asks for. ``slugs`` is None where it names no frameworks at all."""

    slugs: tuple[str, ...] | None
    only_differences: bool
    order: str


def selection_in(catalog: Catalog, query: str) -> tuple[Linked, tuple[str, ...]]:
    """What a query asks for, and a sentence for everything in it that was dropped."""
    try:
        parts = dict(parse_qsl(query, keep_blank_values=True, max_num_fields=20))
    except ValueError:
        return Linked(None, False, BY_NAME), (
            "The link holds more parts than any of ours, so it was not read.",
        )
    notices: list[str] = []
    slugs: tuple[str, ...] | None = None
    if "f" in parts:
        asked = dict.fromkeys(filter(None, (name.strip() for name in parts.pop("f").split(","))))
        known = [name for name in asked if name in catalog.alternatives]
        unknown = [name for name in asked if name not in catalog.alternatives]
        if unknown:
            notices.append(f"No framework here is called {_quoted(unknown)}; left out.")
        if len(known) > MOST:
            left_out = listing(_names(known[MOST:]), shown=MOST)
            notices.append(f"At most {MOST} frameworks fit side by side; left out: {left_out}.")
        slugs = tuple(known[:MOST])
    only, order = parts.pop("only", ""), parts.pop("sort", BY_NAME)
    dropped = [f"only={only}"] if only not in ("", "differences") else []
    dropped += [f"sort={order}"] if order not in (BY_NAME, BY_DIFFERENCE) else []
    dropped += list(parts)
    if dropped:
        notices.append(f"The link asks for {_quoted(dropped)}, which this page does not know.")
    return (
        Linked(slugs, only == "differences", order if order == BY_DIFFERENCE else BY_NAME),
        tuple(notices),
    )


def framework_named(catalog: Catalog, typed: str) -> str | None:
    """The slug of the framework that goes by this name, package, or beginning of a name.

    None where nobody does, or where several do.
    """
    wanted = typed.strip().casefold()
    if not wanted:
        return None
    by_slug = catalog.alternatives
    for names in (
        {slug: slug for slug in by_slug},
        {slug: one.name.casefold() for slug, one in by_slug.items()},
        {slug: one.package.casefold() for slug, one in by_slug.items()},
    ):
        found = [slug for slug, name in names.items() if name == wanted]
        if len(found) == 1:
            return found[0]
    beginning = [
        slug
        for slug, one in by_slug.items()
        if slug.startswith(wanted) or one.name.casefold().startswith(wanted)
    ]
    return beginning[0] if len(beginning) == 1 else None


@lru_cache(maxsize=1)
def default_slugs() -> tuple[str, ...]:
    """The frameworks that published use cases recommend most often."""
    return most_recommended(get_catalog())


@lru_cache(maxsize=256)
def comparison_view(shown: Shown) -> ComparisonView:
    """Everything the page shows about a selection. Shared between visitors: read it only."""
    catalog, table = get_catalog(), get_value_table()
    slugs = list(shown.slugs)
    is_enough = len(slugs) >= FEWEST
    groups = comparison(catalog, table, slugs) if is_enough else ()
    kept = different_only(groups) if shown.only_differences else groups
    if shown.words:
        kept = matching(kept, shown.words)
    if shown.order == BY_DIFFERENCE:
        kept = most_different_first(kept)
    unverified = unverified_rows(catalog, table, slugs) if is_enough else ()
    return ComparisonView(
        headline=headline(catalog, groups, slugs) if is_enough else _too_few(slugs),
        dek=_dek(catalog, groups) if is_enough else "",
        columns=[_column(catalog, slug) for slug in slugs],
        groups=[_group(catalog, group) for group in kept],
        shown=_shown_words(row_count(kept), row_count(groups), shown) if is_enough else "",
        unverified=f"Not verified for any of them: {listing(unverified, shown=20)}."
        if unverified
        else "",
        suggestions=_suggestions(catalog, slugs),
        is_enough=is_enough,
        is_full=len(slugs) >= MOST,
        only_differences=shown.only_differences,
        order=shown.order,
    )


def default_view() -> ComparisonView:
    """What the page shows before anybody has chosen anything."""
    return comparison_view(Shown(default_slugs()))


def open_cell(cell: str) -> OpenCell:
    """The receipt of a cell by its id; an empty one for an id that is none."""
    if not isinstance(cell, str) or len(cell) > 3 * LONGEST_WORDS:
        return NO_RECEIPT
    catalog, table = get_catalog(), get_value_table()
    kind, _, rest = cell.partition(":")
    key, _, slug = rest.partition(":")
    alternative = catalog.alternatives.get(slug)
    if alternative is None:
        return NO_RECEIPT
    row = f"{kind}:{key}"
    if kind in ("fact", "capability"):
        found = receipt_of(catalog, table, get_ledger(), cell)
        return NO_RECEIPT if found is None else OpenCell(cell, row, found, (), "", "")
    if kind == "criterion" and key in catalog.criteria:
        criterion = catalog.criteria[key]
        value = table.cells.get(slug, {}).get(key)
        subject = f"{criterion.name}, {alternative.name}"
        receipt = Receipt(subject, "", "", "", "", criterion.meaning, ())
        ends = f"0: {criterion.level_0}. 100: {criterion.level_100}."
        if value is None:
            return OpenCell(cell, row, receipt, (), "", ends)
        return OpenCell(cell, row, receipt, workings(value, slug), sum_of_parts(value), ends)
    return NO_RECEIPT


def _column(catalog: Catalog, slug: str) -> Column:
    alternative = catalog.alternatives[slug]
    kind = kind_words(alternative)
    if alternative.role == "alternative":
        kind = f"{kind}, {alternative.language}"
    return Column(slug, alternative.name, kind, routes.framework(slug))


def _group(catalog: Catalog, group: ComparisonGroup) -> Group:
    return Group(group.title, [_row(catalog, row) for row in group.rows])


def _row(catalog: Catalog, row: ComparisonRow) -> Row:
    place = 0
    if row.group == SCORES:
        place = list(catalog.groups).index(catalog.criteria[row.key].group) + 1
    return Row(
        id=f"{row.kind}:{row.key}",
        label=row.label,
        unit=row.unit,
        group=place,
        cells=[_cell(cell) for cell in row.cells],
    )


def _cell(cell: ComparisonCell) -> Cell:
    return Cell(
        reading=cell.reading,
        detail=cell.detail,
        is_known=cell.is_known,
        width="" if cell.points is None else f"{cell.points:.0f}%",
        stale=cell.stale,
    )


def _dek(catalog: Catalog, groups: Sequence[ComparisonGroup]) -> str:
    gaps = widest_gaps(catalog, groups)
    return f"Their scores lie furthest apart on {listing(gaps)}." if gaps else ""


def _too_few(slugs: Sequence[str]) -> str:
    if slugs:
        return f"{_names(slugs)[0]} and what else?"
    return "Which frameworks shall stand side by side?"


def _shown_words(kept: int, total: int, shown: Shown) -> str:
    if kept == total:
        return f"{total} rows."
    reasons = []
    if shown.only_differences:
        reasons.append("in which verified values differ")
    if shown.words:
        reasons.append(f"that speak of “{shown.words}”")
    return f"{kept} of {total} rows, those {' and '.join(reasons)}."


def _suggestions(catalog: Catalog, slugs: Sequence[str]) -> list[Suggestion]:
    if len(slugs) >= MOST:
        return []
    near = alike(catalog, get_value_table(), slugs, MOST_SUGGESTED) if slugs else default_slugs()
    return [Suggestion(slug, catalog.alternatives[slug].name) for slug in near]


def _names(slugs: Sequence[str]) -> list[str]:
    return [get_catalog().alternatives[slug].name for slug in slugs]


def _not_found(catalog: Catalog, typed: str) -> str:
    by_name = {one.name.casefold(): one.name for one in catalog.alternatives.values()}
    near = get_close_matches(typed.strip().casefold(), by_name, n=2)
    hint = f" Did you mean {' or '.join(by_name[name] for name in near)}?" if near else ""
    return f"No framework here is called {_quoted([typed])}.{hint}"


def _quoted(words: Sequence[str]) -> str:
    """Words from outside, short and printable, in quotation marks."""
    return listing([f"“{printable(word)}”" for word in words], shown=MOST_NAMED)
