"""What of the benchmarks is looked at.

The address carries the choice, so this state may be lost at any time: ``open_page`` reads the
address whenever a page opens or the connection comes back. Handlers are public; each checks what
it is given, and what is not ours changes nothing.

What the page shows by itself stands in the page; the state sends a panel only when it differs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

import reflex as rx

from framework_picker import routes
from framework_picker.catalog.current import (
    get_catalog,
    get_ledger,
    get_stock,
)
from framework_picker.domain.benchmark_charts import (
    Chart,
    ChartRow,
    measured_chart,
    published_chart,
    run_words,
    ui_chart,
)
from framework_picker.domain.benchmark_choice import (
    METRICS,
    PARAMETERS,
    RATES,
    UI_METRICS,
    Choice,
    choice_in,
    chosen,
    classes_of,
    matrices_of,
    measured_slugs,
    modes_of,
    query_of,
    rates_of,
    settled,
    tests_of,
    wish_in,
)
from framework_picker.domain.benchmark_stories import (
    MeasuredPair,
    StoryRow,
    article_findings,
    story_measured,
    story_rows,
)
from framework_picker.domain.benchmarks import cell_of, speed_lines, speeds_of, start_lines
from framework_picker.domain.claims import VERDICT_WORDS
from framework_picker.domain.errors import PlanError
from framework_picker.domain.explain import listing
from framework_picker.domain.performance import Test
from framework_picker.domain.planner import MOST_PRICE, MOST_REQUESTS, plan
from framework_picker.domain.published_charts import SOURCES, SOURCES_WORDS, PublishedTest
from framework_picker.domain.readings import number
from framework_picker.domain.runs import (
    DATABASE_WORDS,
    DOCUMENTED_SERVER,
    MATRIX_WORDS,
    MODE_WORDS,
    SAME_SERVER,
    Run,
    newest_first,
)
from framework_picker.state.signs import NO_SIGNS, SignsView, signs_view

LONGEST_QUERY = 4_000
MOST_PARTS = 40

# Which parameters a panel depends on; the others leave it as it is.
MEASURED = ("run", "test", "class", "server", "connection", "show", "rate", "scale", "f")
PUBLISHED = ("sources", "from", "published", "scale", "f")
UI = ("ui", "scale")
PAIR = ("a", "b")
PLAN = ("run", "plan", "peak", "pages", "price")

PLAN_NUMBERS: Mapping[str, tuple[int, float]] = {
    "peak": (0, MOST_REQUESTS),
    "pages": (0, 100),
    "price": (0, MOST_PRICE),
}
"""What may be written into a field of the planner."""

LONGEST_NUMBER = 20
RATE_LABELS = {"half": "half of what each can do", "common": "the same for all"}

HTTP_COMMAND = "make bench"
UI_COMMAND = "python -m benchmarks ui"
HEADLINE_TEST = "json"


@dataclass(frozen=True, slots=True)
class Choosable:
    """A value to choose."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Control:
    """A choice among values; ``name`` is its parameter."""

    name: str
    label: str
    value: str
    options: list[Choosable]


@dataclass(frozen=True, slots=True)
class OptionGroup:
    """Values to choose under one heading."""

    label: str
    options: list[Choosable]


@dataclass(frozen=True, slots=True)
class TickView:
    """A mark of an axis; ``left`` is its place."""

    left: str
    label: str


@dataclass(frozen=True, slots=True)
class RowView:
    """One entry of a chart. Lengths are percent of the axis."""

    key: str
    label: str
    href: str
    detail: str
    place: str
    is_group_start: bool
    is_bare: bool
    dots: list[str]
    range_left: str
    range_width: str
    middle: str
    figure: str
    spread: str
    samples: str
    remarks: str
    reasons: str
    requests: str
    time: str
    above: str
    ratio: str
    grade: str
    source: str
    source_href: str


@dataclass(frozen=True, slots=True)
class ChartView:
    """A chart, its words, and where to get it as a file. Empty without rows and words."""

    title: str
    subtitle: str
    caveat: str
    direction: str
    scale: str
    ticks: list[TickView]
    rows: list[RowView]
    absent: list[str]
    says_not: str
    source: str
    on: str
    warning: str
    has_ratio: bool
    csv: str
    svg: str
    png: str


@dataclass(frozen=True, slots=True)
class MeasuredView:
    """The panel of what was measured here."""

    chart: ChartView
    controls: list[Control]
    frameworks: list[Framework]
    frameworks_words: str


@dataclass(frozen=True, slots=True)
class Framework:
    """A framework to show or not."""

    slug: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class PublishedView:
    """The panel of what others published."""

    chart: ChartView
    sources: Control
    source: str
    groups: list[OptionGroup]
    test: Control
    scale: Control


@dataclass(frozen=True, slots=True)
class UiView:
    """The panel of the user interfaces."""

    chart: ChartView
    measure: Control
    scale: Control


@dataclass(frozen=True, slots=True)
class PlanView:
    """What a load needs, in words; ``problem`` says why nothing could be planned."""

    problem: str
    cores: str
    memory: str
    cost: str
    working: list[str]
    framework: Control
    peak: str
    pages: str
    price: str


NO_CHART = ChartView("", "", "", "", "", [], [], [], "", "", "", "", False, "", "", "")
NO_CONTROL = Control("", "", "", [])
NO_MEASURED = MeasuredView(NO_CHART, [], [], "")
NO_PUBLISHED = PublishedView(NO_CHART, NO_CONTROL, "", [], NO_CONTROL, NO_CONTROL)
NO_UI = UiView(NO_CHART, NO_CONTROL, NO_CONTROL)
NO_PLAN = PlanView("", "", "", "", [], NO_CONTROL, "", "", "")


class BenchmarksState(rx.State):
    """What is looked at: one parameter each, only those that differ from the usual choice."""

    _wanted: dict[str, str] = {}
    notices: list[str] = []
    plan_problem: str = ""
    revision: int = 0

    @rx.event
    def open_page(self) -> None:
        """The page was opened, or the connection came back: the address says what to show."""
        wanted, self.notices = choice_of_query(self.router.url.query or "")
        self._wanted = wanted
        self.revision += 1

    @rx.event
    def choose(self, name: str, value: str) -> None:
        """The visitor chose something: a test, a measure, a framework for the planner."""
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = f"{value:g}"
        if isinstance(name, str) and isinstance(value, str) and name in PARAMETERS:
            self._choose(name, value)

    def _choose(self, name: str, value: str) -> None:
        found = chosen(wish_of(self._wanted), name, value.strip(), get_stock())
        if found is not None:
            self._follow(found)

    # One handler per field: typing in one must not cancel what was just typed in another.

    @rx.event
    def plan_peak(self, value: str) -> None:
        """The visitor wrote how many requests a second to expect."""
        self._plan_for("peak", value)

    @rx.event
    def plan_pages(self, value: str) -> None:
        """The visitor wrote how many of a hundred requests are pages from a database."""
        self._plan_for("pages", value)

    @rx.event
    def plan_price(self, value: str) -> None:
        """The visitor wrote what a core costs a month."""
        self._plan_for("price", value)

    def _plan_for(self, name: str, value: str) -> None:
        """Take a number for the planner; an empty field is the usual one."""
        if not isinstance(value, str) or len(value) > LONGEST_NUMBER:
            return
        wanted = dict(self._wanted)
        wanted.pop(name, None)
        usual = wish_of(wanted)
        found = chosen(usual, name, value.strip(), get_stock()) if value.strip() else usual
        if found is None:
            low, high = PLAN_NUMBERS[name]
            self.plan_problem = f"“{value.strip()}” is no number from {low} to {number(high)}."
            return
        self.plan_problem = ""
        self._follow(found)

    @rx.event
    def toggle_framework(self, slug: str) -> None:
        """The visitor wants a framework in the chart, or out of it."""
        if not isinstance(slug, str) or slug not in measured_slugs(get_stock()):
            return
        shown = choice_of(self._wanted).frameworks
        others = [one for one in shown if one != slug]
        self._choose("f", ",".join(others if slug in shown else [*shown, slug]))

    @rx.event
    def show_all_frameworks(self) -> None:
        """The visitor wants all of them."""
        self._choose("f", "")

    @rx.event
    def start_over(self) -> None:
        """The visitor wants what the page shows by itself."""
        self._wanted = {}
        self.notices = []
        self.plan_problem = ""
        self.revision += 1

    @rx.event
    def dismiss_notices(self) -> None:
        """The visitor has read the notice."""
        self.notices = []

    @rx.var
    def query(self) -> str:
        """The query that restores the choice; empty for what the page shows by itself."""
        return urlencode(list(self._wanted.items()), safe=",")

    @rx.var
    def own_panels(self) -> list[str]:
        """The panels that show something else than the page by itself."""
        panels = {"measured": MEASURED, "published": PUBLISHED, "ui": UI}
        panels |= {"pair": PAIR, "plan": PLAN}
        return [name for name, parts in panels.items() if self._part(parts)]

    @rx.var
    def measured(self) -> MeasuredView:
        """The panel of what was measured here; empty while the page's own is shown."""
        part = self._part(MEASURED)
        return measured_view(part) if part else NO_MEASURED

    @rx.var
    def published(self) -> PublishedView:
        """The panel of what others published; empty while the page's own is shown."""
        part = self._part(PUBLISHED)
        return published_view(part) if part else NO_PUBLISHED

    @rx.var
    def ui(self) -> UiView:
        """The panel of the user interfaces; empty while the page's own is shown."""
        part = self._part(UI)
        return ui_view(part) if part else NO_UI

    @rx.var
    def pair(self) -> SignsView:
        """The signs of the chosen pair; empty while the page's own is shown."""
        part = self._part(PAIR)
        return pair_view(part) if part else NO_SIGNS

    @rx.var
    def pair_chosen(self) -> list[str]:
        """The two frameworks of the sign table."""
        choice = choice_of(self._wanted)
        return [choice.one, choice.other]

    @rx.var
    def planned(self) -> PlanView:
        """What the load needs; empty while the page's own is shown."""
        part = self._part(PLAN)
        return plan_view(part) if part else NO_PLAN

    @rx.var
    def plan_fields(self) -> list[str]:
        """What the planner's fields hold: requests, share of pages, price."""
        choice = choice_of(self._wanted)
        price = f"{choice.price:g}" if choice.price else ""
        return [f"{choice.peak:g}", f"{choice.pages:g}", price]

    def _part(self, names: Sequence[str]) -> tuple[tuple[str, str], ...]:
        return tuple((name, self._wanted[name]) for name in names if name in self._wanted)

    def _follow(self, wish: Choice) -> None:
        self._wanted = dict(query_of(wish, get_stock()))
        self.revision += 1


def choice_of_query(query: str) -> tuple[dict[str, str], list[str]]:
    """The wishes in a query, and a sentence for everything that was left out."""
    if len(query) > LONGEST_QUERY:
        return {}, ["The link is longer than any of ours, so it was not read."]
    try:
        parts = parse_qsl(query, max_num_fields=MOST_PARTS)
    except ValueError:
        return {}, ["The link holds more parts than any of ours, so it was not read."]
    wish = wish_in(parts, get_stock())
    return dict(query_of(wish, get_stock())), list(wish.notices)


def wish_of(wanted: Mapping[str, str]) -> Choice:
    """These wishes, which are ours, as a wish that can be changed."""
    return wish_in(tuple(wanted.items()), get_stock())


def choice_of(wanted: Mapping[str, str]) -> Choice:
    """The whole choice that these wishes, which are ours, stand for."""
    return _choice(tuple(wanted.items()))


@lru_cache(maxsize=512)
def _choice(wanted: tuple[tuple[str, str], ...]) -> Choice:
    return choice_in(wanted, get_stock())


Wishes = tuple[tuple[str, str], ...]


@lru_cache(maxsize=256)
def measured_view(wanted: Wishes = ()) -> MeasuredView:
    """The panel of what was measured here. Shared between visitors: read it only."""
    choice = _choice(wanted)
    chart = measured_chart(get_stock(), choice)
    run = get_stock().run(choice.run)
    if chart is None or run is None:
        return NO_MEASURED
    return MeasuredView(
        chart=_chart_view(chart, "measured", wanted),
        controls=_controls(run, choice),
        frameworks=_frameworks(run, choice),
        frameworks_words=_frameworks_words(choice),
    )


@lru_cache(maxsize=256)
def published_view(wanted: Wishes = ()) -> PublishedView:
    """The panel of what others published. Shared between visitors: read it only."""
    choice = _choice(wanted)
    group = get_stock().group(choice)
    if group is None:
        return NO_PUBLISHED
    test = next(test for test in group.tests if test.id == choice.published_test)
    by_source: dict[str, list[Choosable]] = {}
    for one in get_stock().groups[choice.sources]:
        ended = f" (ended {one.ended.on.isoformat()})" if one.ended else ""
        label = f"{one.on.isoformat()}, grade {' and '.join(one.grades)}{ended}"
        by_source.setdefault(one.name, []).append(Choosable(one.id, label))
    return PublishedView(
        chart=_chart_view(published_chart(get_stock(), group, test, choice), "published", wanted),
        sources=Control(
            "sources",
            "Which sources",
            choice.sources,
            [Choosable(value, SOURCES_WORDS[value]) for value in SOURCES],
        ),
        source=group.id,
        groups=[OptionGroup(name, options) for name, options in by_source.items()],
        test=Control(
            "published",
            "Test",
            test.id,
            [Choosable(one.id, _published_label(one)) for one in group.tests],
        ),
        scale=_scale(choice),
    )


@lru_cache(maxsize=64)
def ui_view(wanted: Wishes = ()) -> UiView:
    """The panel of the user interfaces. Shared between visitors: read it only."""
    choice = _choice(wanted)
    chart = ui_chart(get_stock(), choice)
    if chart is None:
        return NO_UI
    return UiView(
        chart=_chart_view(chart, "ui", wanted),
        measure=Control(
            "ui",
            "Measure",
            choice.ui_metric,
            [Choosable(metric.id, metric.label) for metric in UI_METRICS.values()],
        ),
        scale=_scale(choice),
    )


def pair_view(wanted: Wishes = ()) -> SignsView:
    """The signs of the chosen pair; none for a framework beside itself."""
    choice = _choice(wanted)
    if choice.one == choice.other or not choice.one or not choice.other:
        return NO_SIGNS
    return signs_view(choice.one, choice.other)


@lru_cache(maxsize=256)
def plan_view(wanted: Wishes = ()) -> PlanView:
    """What the chosen load needs. Shared between visitors: read it only."""
    choice = _choice(wanted)
    run = get_stock().run(choice.run)
    guide = get_stock().performance
    if run is None or guide.small is None or guide.page is None:
        return NO_PLAN
    slugs = [slug for slug in get_stock().names if run.entries_of(slug)]
    framework = Control(
        "plan",
        "Framework",
        choice.planned,
        [Choosable(one, get_stock().names[one]) for one in slugs],
    )
    asked = {
        "framework": framework,
        "peak": f"{choice.peak:g}",
        "pages": f"{choice.pages:g}",
        "price": f"{choice.price:g}" if choice.price else "",
    }
    tests = {test: _test_words(run, test) for test in (guide.small, guide.page)}
    # What no request asks for need not have been measured.
    small, page = (
        _samples(run, choice.planned, test) if share else ()
        for test, share in ((guide.small, 100 - choice.pages), (guide.page, choice.pages))
    )
    if page is None or small is None:
        name = get_stock().names.get(choice.planned, choice.planned)
        test, instead = (
            (guide.page, "without pages (0 %)")
            if page is None
            else (guide.small, "for pages alone (100 %)")
        )
        problem = f"{name} was not measured in {tests[test]}"
        if small is not None or page is not None:
            problem += f"; it can be planned {instead}"
        return PlanView(f"{problem}.", "", "", "", [], **asked)  # type: ignore[arg-type]
    memory, memory_words = _worker_memory(run, choice.planned)
    try:
        found = plan(
            requests_per_second=choice.peak,
            page_share=choice.pages / 100,
            small=small,
            pages=page,
            worker_memory_mb=memory,
            price_per_core=choice.price,
            busy_share=guide.busy_share,
        )
    except PlanError as error:
        return PlanView(f"{error}.", "", "", "", [], **asked)  # type: ignore[arg-type]
    spread = f"{found.need.low:.2g} to {found.need.high:.2g}"
    return PlanView(
        problem="",
        cores=_range_words(found.cores, found.cores_low, found.cores_high, "core"),
        memory=f"about {number(round(found.memory_mb))} MB"
        + (
            f" (up to {number(round(found.memory_high_mb))} MB)"
            if found.cores_high > found.cores
            else ""
        )
        if memory
        else "",
        cost=_cost_words(found.cost, found.cost_low, found.cost_high) if choice.price else "",
        working=[
            *(
                [f"A small answer: {tests[guide.small]}, {_time_range(small)} of a core each."]
                if small
                else []
            ),
            *(
                [f"A page from the database: {tests[guide.page]}, {_time_range(page)} each."]
                if page
                else []
            ),
            f"{choice.pages} % pages: {number(round(found.microseconds))} µs a request; "
            f"{number(choice.peak)} requests a second keep "
            f"{choice.peak * found.microseconds / 1e6:.2g} cores busy. At "
            f"{100 * guide.busy_share:.0f} % of each that is {found.need.cores:.2g} cores "
            f"({spread} with the best and the worst sample).",
            *([memory_words] if memory else []),
        ],
        **asked,  # type: ignore[arg-type]
    )


# -- what is the same for everybody


@dataclass(frozen=True, slots=True)
class RunNotes:
    """Where, how and with what a run was measured."""

    name: str
    on: str
    words: str
    note: str
    is_preliminary: bool
    facts: list[Choosable]
    entries: list[EntryNote]
    left_out: list[Choosable]


@dataclass(frozen=True, slots=True)
class EntryNote:
    """An entry's version and the commands of its servers."""

    label: str
    versions: str
    commands: list[Choosable]
    note: str


@dataclass(frozen=True, slots=True)
class StoryLine:
    """Two frameworks in one setting; ``bar`` is percent of the largest ratio of its table."""

    setting: str
    detail: str
    one: str
    other: str
    ratio: str
    bar: str
    is_kept_open: bool
    source: str
    source_href: str


@dataclass(frozen=True, slots=True)
class StoryView:
    """Why two sources are opposite."""

    one: str
    other: str
    words: str
    published: list[StoryLine]
    measured: list[StoryLine]
    measured_in: str


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """A line of the table that articles quote, beside what was measured here."""

    label: str
    claimed: str
    claimed_ratio: str
    claim: str
    claim_href: str
    verdict: str
    verdict_words: str
    found: str
    measured: str
    measured_ratio: str
    word: str


@dataclass(frozen=True, slots=True)
class ArticlesView:
    """The table that articles quote."""

    one: str
    other: str
    named: str
    lines: list[ArticleLine]
    measured_in: str
    checked_on: str


def run_notes(run: Run) -> RunNotes:
    """Everything about a run that stands under its charts."""
    return RunNotes(
        name=run.name,
        on=run.as_of.isoformat(),
        words=run_words(run),
        note=run.note,
        is_preliminary=run.is_preliminary,
        facts=[
            Choosable(name, value)
            for name, value in (
                ("Command", run.command),
                ("Seed of the order", str(run.seed)),
                ("Harness", run.harness_commit),
                ("Lock file, SHA-256", run.lock_sha256),
                ("Raw output, SHA-256", run.raw_sha256),
                *run.machine_facts.items(),
            )
            if value
        ],
        entries=[
            EntryNote(
                label=entry.label,
                versions=", ".join(
                    f"{package} {run.versions[package]}"
                    for package in entry.packages
                    if package in run.versions
                ),
                commands=[
                    Choosable(MATRIX_WORDS.get(matrix, ""), command)
                    for matrix, command in entry.commands.items()
                    if command
                ],
                note=entry.note,
            )
            for entry in run.entries.values()
        ],
        left_out=[
            Choosable(get_stock().names.get(one.framework, one.entry), one.reason)
            for one in run.left_out
        ],
    )


def http_runs() -> tuple[Run, ...]:
    """The runs that count requests, newest first."""
    return newest_first(get_stock().runs, "http")


def ui_run() -> Run | None:
    """The newest run of user interfaces."""
    return get_stock().ui_run


def pair_options() -> list[tuple[str, str]]:
    """Slug and name of everything that somebody measured: here, or in a published row."""
    stock = get_stock()
    slugs = {entry.slug for run in stock.runs for entry in run.entries.values()}
    slugs |= {row.framework for row in stock.published.rows}
    return [(slug, name) for slug, name in stock.names.items() if slug in slugs]


@dataclass(frozen=True, slots=True)
class Headline:
    """The heading of the page and the sentence below it."""

    title: str
    words: str


def headline() -> Headline:
    """What the page can say at once: how far apart the frameworks are, once that is measured."""
    run = get_stock().run("")
    wish = wish_in([("test", HEADLINE_TEST)], get_stock())
    matrix = settled(wish, get_stock()).matrix
    cell = cell_of(run, matrix=matrix, scenario=HEADLINE_TEST) if run else None
    lines = speed_lines(run, cell) if run and cell else ()
    ours = [line for line in lines if line.entry.framework]
    if run is None or not ours:
        return Headline(
            "Benchmarks: measured, and published",
            "Two panels that are never mixed. Our own harness measures all frameworks on one "
            "machine with the same server; what others published stands with source and date.",
        )
    fast, slow = (round(1e6 / pick(line.median for line in ours)) for pick in (max, min))
    return Headline(
        f"A request costs {number(fast)} to {number(slow)} microseconds before your own code runs",
        f"That is the spread between {len(ours)} Python frameworks answering a few words of JSON "
        f"on one core of the same machine, on {MATRIX_WORDS.get(matrix, matrix)}. Hold it against "
        "what your own code and your database take for a request. Measured and published figures "
        "stand apart.",
    )


def story_view() -> StoryView | None:
    """The story of two opposite sources; None where the data hold none."""
    story = get_stock().performance.story
    if story is None:
        return None
    published = story_rows(get_stock().published, story)
    run, measured = story_measured(get_stock().runs, story)
    one, other = (get_stock().names[slug] for slug in story.frameworks)
    longest = max((row.ratio for row in published), default=1.0)
    longest_here = max((pair.ratio.median for pair in measured), default=1.0)
    return StoryView(
        one=one,
        other=other,
        words=_story_words(one, other, published),
        published=[
            StoryLine(
                setting=f"{row.on.isoformat()}: {row.mode or 'not said'}",
                detail=f"{one} {row.one_version}, {other} {row.other_version}; {row.tool}",
                one=number(round(row.one)),
                other=number(round(row.other)),
                ratio=f"{row.ratio:.3g}×",
                bar=f"{100 * row.ratio / longest:.2f}%",
                is_kept_open=row.is_kept_open,
                source=row.sources[0].text if row.sources else "",
                source_href=row.sources[0].href if row.sources else "",
            )
            for row in published
        ],
        measured=[_measured_line(pair, longest_here) for pair in measured],
        measured_in=run.name if run else "",
    )


def _story_words(one: str, other: str, rows: Sequence[StoryRow]) -> str:
    """What the rows say at both ends, in one sentence."""
    if not rows:
        return ""
    most, least = max(rows, key=lambda row: row.ratio), min(rows, key=lambda row: row.ratio)
    return (
        f"One source, one test, the same two frameworks: on {most.on.isoformat()} {one} answered "
        f"{most.ratio:.0f} times as many requests as {other}, on {least.on.isoformat()} "
        f"{least.ratio:.2g} times as many."
    )


def articles_view() -> ArticlesView | None:
    """The table that articles quote; None where the data hold none."""
    guide = get_stock().performance
    if not guide.articles:
        return None
    run, findings = article_findings(get_stock().runs, guide)
    ledger = get_ledger()
    one, other = (get_stock().names[slug] for slug in guide.article_frameworks)
    lines = []
    for finding in findings:
        row, measured = finding.row, finding.measured
        claim = ledger.claims.get(row.claim)
        lines.append(
            ArticleLine(
                label=row.label,
                claimed=" / ".join(number(value) for value in row.claimed),
                claimed_ratio=f"{finding.claimed:.2f}×",
                claim=row.claim,
                claim_href=routes.claim(row.claim),
                verdict=claim.verdict if claim else "",
                verdict_words=VERDICT_WORDS[claim.verdict] if claim else "",
                found=guide.article_source,
                measured=f"{number(round(measured.other))} / {number(round(measured.one))}"
                if measured
                else "not measured yet",
                measured_ratio=f"{measured.ratio.median:.2f}× ({measured.ratio.low:.2f} to "
                f"{measured.ratio.high:.2f})"
                if measured
                else "",
                word=finding.word,
            )
        )
    checked_on = ledger.checked_on.isoformat() if ledger.checked_on else ""
    named = listing(list(guide.article_versions))
    servers = dict.fromkeys(
        MATRIX_WORDS[finding.measured.cell.matrix] for finding in findings if finding.measured
    )
    if run is None:
        return ArticlesView(one, other, named, lines, "", checked_on)
    versions = [
        f"{get_stock().names[slug]} {run.version_of(entry)}"
        for slug in guide.article_frameworks
        for entry in run.entries_of(slug)[:1]
    ]
    measured_in = f"{listing(versions)}, run {run.name}, on {listing(list(servers))}"
    return ArticlesView(one, other, named, lines, measured_in, checked_on)


def _measured_line(pair: MeasuredPair, longest: float) -> StoryLine:
    return StoryLine(
        setting=MODE_WORDS.get(pair.cell.mode, pair.cell.mode).capitalize(),
        detail=MATRIX_WORDS.get(pair.cell.matrix, pair.cell.matrix),
        one=number(round(pair.one)),
        other=number(round(pair.other)),
        ratio=f"{pair.ratio.median:.2f}× ({pair.ratio.low:.2f} to {pair.ratio.high:.2f})",
        bar=f"{100 * pair.ratio.median / longest:.2f}%",
        is_kept_open=pair.cell.mode == "keep-alive",
        source="",
        source_href="",
    )


def _chart_view(chart: Chart, panel: str, wanted: Wishes) -> ChartView:
    return ChartView(
        title=chart.title,
        subtitle=chart.subtitle,
        caveat=chart.caveat,
        direction=chart.direction,
        scale="a logarithmic scale" if chart.scale == "log" else "from zero",
        ticks=[TickView(f"{tick.position:.2f}%", tick.label) for tick in chart.ticks],
        rows=[_row_view(row, place) for place, row in enumerate(chart.rows)],
        absent=list(chart.absent),
        says_not=chart.says_not,
        source=chart.source,
        on=chart.on,
        warning=" ".join(
            filter(
                None,
                (
                    "Preliminary: fewer rounds than a full run." if chart.is_preliminary else "",
                    chart.few_samples,
                ),
            )
        ),
        has_ratio=chart.has_ratio,
        csv=routes.benchmark_file(panel, "csv", wanted),
        svg=routes.benchmark_file(panel, "svg", wanted),
        png=routes.benchmark_file(panel, "png", wanted),
    )


def _row_view(row: ChartRow, place: int) -> RowView:
    rejected = f" + {row.rejected} rejected" if row.rejected else ""
    catalog = get_catalog()
    return RowView(
        key=f"{row.slug} {place}",
        label=row.label,
        href=routes.framework(row.slug) if row.slug in catalog.alternatives else "",
        detail=row.detail,
        place=(f"{row.place}{'=' if row.is_level else ''}") if row.place else "",
        is_group_start=row.is_group_start and place > 0,
        is_bare=row.is_bare,
        dots=[f"{dot:.2f}%" for dot in row.dots],
        range_left=f"{row.low:.2f}%",
        range_width=f"{row.high - row.low:.2f}%",
        middle=f"{row.middle:.2f}%",
        figure=row.figure,
        spread=row.spread,
        samples=f"{row.count}{rejected}",
        remarks=row.remarks,
        reasons=f"Rejected: {row.reasons}" if row.reasons else "",
        requests=row.requests,
        time=row.time,
        above=row.above,
        ratio=row.ratio,
        grade=row.grade,
        source=row.sources[0].text if row.sources else "",
        source_href=row.sources[0].href if row.sources else "",
    )


def _controls(run: Run, choice: Choice) -> list[Control]:
    """What can be chosen, in order; a choice of one is left out."""
    measured = get_stock().cells_for(run, choice.metric)
    metric = METRICS[choice.metric]
    rates = rates_of(run, choice.matrix, choice.test, choice.database)
    is_start = metric.source == "start"
    classes = classes_of(measured, choice.test)
    modes = modes_of(measured, choice.test, choice.database)
    matrices = (
        tuple(dict.fromkeys(start.matrix for start in run.starts))
        if is_start
        else matrices_of(measured, choice.test, choice.database, choice.mode)
    )
    http_runs = newest_first(get_stock().runs, "http")
    controls = [
        Control(
            "run",
            "Run",
            run.name,
            [Choosable(one.name, f"{one.name}{_mark(one)}") for one in http_runs],
        ),
        Control(
            "show",
            "Measure",
            choice.metric,
            [
                Choosable(one.id, one.label)
                for one in METRICS.values()
                if one.source != "latency" or run.latencies
                if one.source != "start" or run.starts
            ],
        ),
        Control(
            "test",
            "Test",
            choice.test,
            []
            if is_start
            else [
                Choosable(name, run.scenarios[name].label if name in run.scenarios else name)
                for name in tests_of(measured)
            ],
        ),
        Control(
            "class",
            "Database access",
            choice.database or "none",
            []
            if is_start
            else [Choosable(one or "none", DATABASE_WORDS.get(one, one)) for one in classes],
        ),
        Control(
            "server",
            "Server",
            "same" if choice.matrix == SAME_SERVER else "documented",
            [
                Choosable("same", "the same for all")
                if one == SAME_SERVER
                else Choosable("documented", "as documented")
                for one in matrices
            ],
        ),
        Control(
            "connection",
            "Connections",
            choice.mode,
            []
            if metric.source != "speed"
            else [Choosable(one, MODE_WORDS.get(one, one)) for one in modes],
        ),
        Control(
            "rate",
            "At a rate of",
            next(name for name, rate in RATES.items() if rate == choice.rate),
            [Choosable(name, RATE_LABELS[name]) for name, rate in RATES.items() if rate in rates]
            if metric.source == "latency"
            else [],
        ),
        _scale(choice),
    ]
    return [control for control in controls if len(control.options) > 1]


def _scale(choice: Choice) -> Control:
    return Control(
        "scale",
        "Scale",
        choice.scale,
        [Choosable("linear", "linear, from zero"), Choosable("log", "logarithmic")],
    )


def _frameworks(run: Run, choice: Choice) -> list[Framework]:
    there = {entry.slug: entry.label for entry in run.entries.values() if entry.framework}
    return [
        Framework(slug, label, slug in choice.frameworks)
        for slug, label in sorted(there.items(), key=lambda one: one[1].casefold())
    ]


def _frameworks_words(choice: Choice) -> str:
    if not choice.frameworks:
        return "Frameworks: all"
    names = [get_stock().names.get(slug, slug) for slug in choice.frameworks]
    return f"Frameworks: {', '.join(names)}"


def _mark(run: Run) -> str:
    return ", preliminary" if run.is_preliminary else ""


def _published_label(test: PublishedTest) -> str:
    plural = "entry" if len(test.rows) == 1 else "entries"
    return f"{test.label} ({len(test.rows)} {plural})"


def _samples(run: Run, slug: str, test: Test) -> tuple[float, ...] | None:
    found = speeds_of(run, (slug,), scenario=test.scenario, database=test.database)
    return found[slug][1].values if slug in found else None


def _test_words(run: Run, test: Test) -> str:
    scenario = run.scenarios.get(test.scenario)
    label = scenario.label if scenario else test.scenario
    return f"the test “{label}”"


def _time_range(samples: Sequence[float]) -> str:
    low, high = round(1e6 / max(samples)), round(1e6 / min(samples))
    return f"{number(low)} to {number(high)} µs" if low != high else f"{number(low)} µs"


def _worker_memory(run: Run, slug: str) -> tuple[float, str]:
    """Memory of one worker after load, and where that comes from."""
    for matrix in (DOCUMENTED_SERVER, SAME_SERVER):
        for line in start_lines(run, matrix, "loaded-memory"):
            if line.entry.slug == slug:
                return line.median, (
                    f"One worker per core, {number(round(line.median))} MB each: that of the whole "
                    f"server with one worker after load, on {MATRIX_WORDS[matrix]}, so more "
                    "workers share some of it."
                )
    return 0.0, ""


def _range_words(middle: int, low: int, high: int, unit: str) -> str:
    plural = "" if middle == 1 else "s"
    spread = f" ({low} to {high})" if low != high else ""
    return f"{number(middle)} {unit}{plural}{spread}"


def _cost_words(middle: float, low: float, high: float) -> str:
    spread = f" ({number(round(low, 2))} to {number(round(high, 2))})" if low != high else ""
    return f"{number(round(middle, 2))} a month{spread}"
