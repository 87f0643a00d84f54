"""One framework's profile, ready to be shown.

Nothing here is remembered: a profile is the same for everybody, so it is built once, when the
pages are, and stands in the page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from framework_picker import routes
from framework_picker.charts import theme
from framework_picker.charts.community import (
    Figure,
    downloads_figure,
    rank_figure,
    stars_figure,
)
from framework_picker.domain.claims import Ledger
from framework_picker.domain.community import (
    DOWNLOAD_BREAKS,
    Advisory,
    Point,
    RankPoint,
    SupportWindow,
    SurveyShare,
    SurveyYears,
    advisories,
    advisories_by_year,
    current_windows,
    download_history,
    download_ranks,
    newest_shares,
    segments,
    signal_partners,
    star_history,
    support_windows,
    survey_shares,
    survey_years,
    surveys_read,
)
from framework_picker.domain.disagreements import SUPPORT_FACT, SUPPORT_TABLE, other_readings
from framework_picker.domain.explain import listing
from framework_picker.domain.health import WITHOUT_FIX
from framework_picker.domain.made_for import alike, jobs
from framework_picker.domain.model import Alternative, Catalog, Fact
from framework_picker.domain.readings import (
    NOT_VERIFIED,
    THIN_SPACE,
    about,
    capability_words,
    number,
    reading,
    with_unit,
)
from framework_picker.domain.receipt_lookup import receipt_of, survey_receipt
from framework_picker.domain.receipts import OtherReading, Receipt, sentence
from framework_picker.domain.sources import SourceLine, source_lines
from framework_picker.domain.staleness import stale_days, stale_words
from framework_picker.domain.values import CriterionValue, ValueTable
from framework_picker.domain.workings import PartWorking, sum_of_parts, workings
from framework_picker.state.said import Said, said

INSTALL, CODE, RUN, MANUAL = STEPS = (
    "install_command",
    "hello_world_code",
    "run_command",
    "documentation_url",
)
"""The facts that make the first steps."""

PYTHON_ONLY = ("python_requires", "python_versions_declared")
OTHER_LANGUAGE = ("language_requires",)

NO_DATE = "–"
PROCESS = "security_process"
NO_LEDGER = Ledger()
DEFAULT_THRESHOLD = 365
"""Days after which a reading is stale where no kind of fact says so."""

MOST_ADVISORIES = 8
FEWEST_FOR_YEARS = 4
YEARS_BEFORE = 2


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a page."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class JobLine:
    """A kind of project and whether the framework is made for it."""

    label: str
    fit: str
    reason: str
    receipt: str


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """A score with its working. ``group`` is the place of its group of criteria."""

    name: str
    group: int
    value: str
    width: str
    is_known: bool
    meaning: str
    level_0: str
    level_100: str
    doubt: str
    sum: str
    parts: tuple[PartWorking, ...]


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact or capability with its receipt."""

    label: str
    reading: str
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class FactGroup:
    """Facts and capabilities on one subject; ``unverified`` names those without a source."""

    title: str
    lines: list[FactLine]
    unverified: str


@dataclass(frozen=True, slots=True)
class WindowLine:
    """A release series; lefts and widths are percent of the time line."""

    series: str
    released: str
    fixes_until: str
    security_until: str
    state: str
    left: str
    fixes_width: str
    security_left: str
    security_width: str
    is_planned: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A year on a time line."""

    year: str
    left: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Support windows with their scale. Empty lines mean that no dates are published."""

    headline: str
    lines: list[WindowLine]
    ticks: list[Tick]
    today: str
    as_of: str
    sources: tuple[SourceLine, ...]
    slug: str
    read_on: str
    others: tuple[OtherReading, ...]


@dataclass(frozen=True, slots=True)
class MonthLine:
    """One month of the community's numbers; empty where there is no reading.

    ``on``, ``counted_on`` and ``ranked_on`` are the days of stars, downloads and place.
    """

    month: str
    stars: str
    downloads: str
    rank: str
    on: str
    counted_on: str
    ranked_on: str


@dataclass(frozen=True, slots=True)
class ShareLine:
    """A survey's newest share; ``earlier`` lists the editions before."""

    survey: str
    population: str
    percent: str
    width: str
    earlier: str
    receipt: Receipt
    stale: str


@dataclass(frozen=True, slots=True)
class YearShare:
    """A share in one year, with the id of its receipt; without one the words say why not."""

    words: str
    of: str


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """A survey's group of people, a share per year of the table."""

    survey: str
    population: str
    shares: list[YearShare]


@dataclass(frozen=True, slots=True)
class SurveyTable:
    """Shares over the years; no rows where no survey has two editions."""

    years: list[str]
    rows: list[SurveyRow]


@dataclass(frozen=True, slots=True)
class YearLine:
    """Advisories of one year; ``height`` is percent of the highest."""

    year: str
    short: str
    count: int
    height: str


@dataclass(frozen=True, slots=True)
class AdvisoryLine:
    """One advisory."""

    id: str
    href: str
    aliases: str
    year: str
    summary: str
    severity: str
    fixed_in: str


@dataclass(frozen=True, slots=True)
class Community:
    """What is counted about a framework, in sentences and rows; the figures are drawn apart."""

    slug: str
    stars_headline: str
    downloads_headline: str
    downloads_note: str
    breaks: list[str]
    rank_headline: str
    months: list[MonthLine]
    sources: list[str]
    shares_headline: str
    shares: list[ShareLine]
    share_years: SurveyTable
    surveys_read: str


@dataclass(frozen=True, slots=True)
class SecurityProcess:
    """How the project takes reports, and whether what was published is fixed.

    ``fixed_of`` and ``process_of`` are the ids of receipts; ``fixed`` is empty without advisories.
    """

    fixed: str
    fixed_of: str
    process: str
    process_of: str
    process_note: str
    is_process_known: bool


@dataclass(frozen=True, slots=True)
class AdvisoryView:
    """Published advisories: how many, by year, the newest, the others. Counted for ``slug``."""

    slug: str
    headline: str
    years: list[YearLine]
    newest: list[AdvisoryLine]
    older: list[AdvisoryLine]
    more: str


@dataclass(frozen=True, slots=True)
class Step:
    """A first step: a command, code or address, with its receipt."""

    text: str
    href: str
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything the profile page shows, apart from its figures."""

    slug: str
    name: str
    kicker: str
    lead: str
    findings: str
    base: Link
    compare: list[Link]
    compare_all: str
    jobs: list[JobLine]
    scores: list[ScoreLine]
    facts: list[FactGroup]
    install: Step
    code: Step
    run: Step
    manual: Step
    support: Timeline
    community: Community
    advisories: AdvisoryView
    security: SecurityProcess
    said: Said
    users: list[Receipt]
    limits: list[Receipt]


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a profile; None where there is nothing to draw."""

    stars: Figure | None
    downloads: Figure | None
    ranks: Figure | None


@dataclass(frozen=True, slots=True)
class Backing:
    """What receipts of one framework are looked up in."""

    catalog: Catalog
    table: ValueTable
    ledger: Ledger
    slug: str

    def of(self, kind: str, key: str) -> Receipt:
        """The receipt of something that is there."""
        receipt_id = f"{kind}:{key}:{self.slug}"
        found = receipt_of(self.catalog, self.table, self.ledger, receipt_id)
        assert found is not None, receipt_id
        return found


NO_LINK = Link("", "")
CHART_CONFIG = theme.CONFIG


def profile(catalog: Catalog, table: ValueTable, slug: str, ledger: Ledger = NO_LEDGER) -> Profile:
    """The profile of one framework. ``ledger`` is what articles say about it."""
    alternative = catalog.alternatives[slug]
    near = alike(catalog, table, [slug])
    base = catalog.alternatives.get(alternative.extends)
    scores = _scores(catalog, table, slug)
    back = Backing(catalog, table, ledger, slug)
    return Profile(
        slug=slug,
        name=alternative.name,
        kicker=_kicker(alternative),
        lead=lead(alternative),
        findings=_findings(scores),
        base=Link(base.name, routes.framework(base.slug)) if base else NO_LINK,
        compare=[
            Link(catalog.alternatives[other].name, routes.comparison((slug, other)))
            for other in near
        ],
        compare_all=routes.comparison((slug, *near)),
        jobs=[
            JobLine(
                label=job.label,
                fit={True: "yes", False: "no", None: NOT_VERIFIED}[job.is_made_for],
                reason=sentence(job.reason),
                receipt=f"job:{job.option}:{slug}",
            )
            for job in (jobs(catalog, alternative) if scores else ())
        ],
        scores=scores,
        facts=_fact_groups(catalog, alternative, back),
        install=_install(alternative, back),
        code=_step(alternative, back, CODE),
        run=_step(alternative, back, RUN),
        manual=_step(alternative, back, MANUAL),
        support=_timeline(catalog, alternative, ledger),
        community=_community(catalog, alternative),
        advisories=_advisories(alternative, catalog.as_of),
        security=_security(alternative),
        said=said(ledger, slug, alternative.name),
        users=_named(back, "user", alternative.production_users),
        limits=_named(back, "limit", alternative.limits),
    )


def figures(catalog: Catalog, slug: str) -> Figures:
    """The figures of one framework; none for an add-on, whose numbers are its base's."""
    alternative = catalog.alternatives[slug]
    if alternative.extends:
        return Figures(None, None, None)
    stars, downloads = star_history(alternative), download_history(alternative)
    ranks = download_ranks(catalog).get(slug, ())
    return Figures(
        stars=stars_figure(stars) if stars else None,
        downloads=downloads_figure(segments(downloads), DOWNLOAD_BREAKS) if downloads else None,
        ranks=rank_figure(ranks) if ranks else None,
    )


def lead(alternative: Alternative) -> str:
    """What it is, who keeps it and how fresh it is, in one or two sentences."""
    kind, language = _text(alternative, "kind"), alternative.language
    keeper = {
        "foundation": "kept by a foundation",
        "community organisation": "kept by a community organisation",
        "company": "kept by a company",
        "small team": "kept by a small team",
        "single maintainer": "kept by one person",
        "single maintainer with company": "kept by one person with a company",
    }.get(_text(alternative, "governance"), "")
    year = _text(alternative, "first_release_year")
    what = f"{_what(kind)} in {language}"
    first = ", ".join(filter(None, [what, f"first released in {year}" if year else "", keeper]))
    release, day = _text(alternative, "latest_release"), _text(alternative, "latest_release_date")
    newest = f" Newest release {release}" if release else ""
    if newest and day:
        newest += f" of {day}"
    return f"{first}.{newest}." if newest else f"{first}."


def _what(kind: str) -> str:
    """The kind as the beginning of a sentence: ``Full-stack framework``, ``CMS``."""
    words, bracket, rest = kind.partition(" (")
    if not words:
        return "Framework"
    if not any(name in words for name in ("framework", "CMS", "add-on")):
        words = f"{words} framework"
    return f"{words[0].upper()}{words[1:]}{bracket}{rest}"


def _text(alternative: Alternative, key: str) -> str:
    fact = alternative.facts.get(key)
    return "" if fact is None else str(fact.value)


def _kicker(alternative: Alternative) -> str:
    if alternative.role == "addon":
        return "Add-on, scored together with what it needs"
    if alternative.role == "alternative":
        return "Outside Python: described, not scored"
    return "Framework profile"


def _scores(catalog: Catalog, table: ValueTable, slug: str) -> list[ScoreLine]:
    """Every criterion, highest first; what is not verified comes last."""
    cells = table.cells.get(slug, {})
    ordered = sorted(
        cells,
        key=lambda key: (not cells[key].is_known, -cells[key].value, catalog.criteria[key].name),
    )
    return [_score(catalog, slug, key, cells[key]) for key in ordered]


def _score(catalog: Catalog, slug: str, key: str, cell: CriterionValue) -> ScoreLine:
    criterion = catalog.criteria[key]
    return ScoreLine(
        name=criterion.name,
        group=list(catalog.groups).index(criterion.group),
        value=number(round(cell.value)) if cell.is_known else NOT_VERIFIED,
        width=f"{cell.value:.1f}%" if cell.is_known else "",
        is_known=cell.is_known,
        meaning=criterion.meaning,
        level_0=criterion.level_0,
        level_100=criterion.level_100,
        doubt=f"give or take {cell.half_width:.0f}"
        if cell.is_known
        else f"counts as {cell.value:.0f} where it is weighed",
        sum=sum_of_parts(cell),
        parts=workings(cell, slug),
    )


def _findings(scores: Sequence[ScoreLine]) -> str:
    """The highest and the lowest scores, in one sentence."""
    known = [score for score in scores if score.is_known]
    if not known:
        return ""
    high, low = known[:3], known[-2:]
    highest = listing([f"{score.name} ({score.value})" for score in high])
    lowest = listing([f"{score.name} ({score.value})" for score in low])
    return f"Scores highest on {highest}; lowest on {lowest}."


def _fact_groups(catalog: Catalog, alternative: Alternative, back: Backing) -> list[FactGroup]:
    groups = []
    for title in catalog.fact_groups:
        lines: list[FactLine] = []
        missing: list[str] = []
        for kind in catalog.fact_kinds.values():
            if kind.group == title and not _stands_elsewhere(kind.key, alternative):
                fact = alternative.facts.get(kind.key)
                if fact is None:
                    missing.append(kind.label)
                elif not _is_long(fact):
                    lines.append(FactLine(kind.label, with_unit(fact), back.of("fact", kind.key)))
        for capability_kind in catalog.capability_kinds.values():
            if capability_kind.group == title:
                capability = alternative.capabilities.get(capability_kind.key)
                if capability is None:
                    missing.append(capability_kind.label)
                else:
                    lines.append(
                        FactLine(
                            capability_kind.label,
                            capability_words(capability),
                            back.of("capability", capability_kind.key),
                        )
                    )
        if lines or missing:
            groups.append(
                FactGroup(
                    title,
                    sorted(lines, key=lambda line: line.label.casefold()),
                    f"Not verified: {', '.join(sorted(missing))}." if missing else "",
                )
            )
    return groups


def _stands_elsewhere(key: str, alternative: Alternative) -> bool:
    """Whether a fact belongs to the first steps, or to frameworks of another language."""
    is_python = alternative.language == "Python"
    return key in STEPS or key in (OTHER_LANGUAGE if is_python else PYTHON_ONLY)


def _is_long(fact: Fact) -> bool:
    """Whether a fact needs more than a line; such facts have a section of their own."""
    if isinstance(fact.value, str):
        return "\n" in fact.value.strip()
    return isinstance(fact.value, tuple) and not all(isinstance(item, str) for item in fact.value)


NO_RECEIPT = Receipt("", "", "", "", "", "", ())
NO_STEP = Step("", "", NO_RECEIPT)


def _step(alternative: Alternative, back: Backing, key: str) -> Step:
    fact = alternative.facts.get(key)
    if fact is None:
        return NO_STEP
    text = str(fact.value).strip("\n")
    return Step(text, text if text.startswith("https://") else "", back.of("fact", key))


def _install(alternative: Alternative, back: Backing) -> Step:
    written = _step(alternative, back, INSTALL)
    if written.text or alternative.language != "Python" or not alternative.package:
        return written
    # The package's name is read from the index, and so is its newest release.
    command = f"pip install {alternative.package}"
    return Step(command, "", back.of("fact", "latest_release"))


def _named(back: Backing, what: str, facts: Sequence[Fact]) -> list[Receipt]:
    """Receipts whose subject is the statement itself."""
    return [
        replace(back.of(what, str(place)), subject=str(fact.value), reading="")
        for place, fact in enumerate(facts)
    ]


def _timeline(catalog: Catalog, alternative: Alternative, ledger: Ledger) -> Timeline:
    windows = current_windows(support_windows(alternative), catalog.as_of)
    sources, read_on = _window_sources(alternative)
    if not windows:
        policy = alternative.facts.get("lts_policy")
        says = "promises no longer support for any release" if policy else ""
        headline = (
            f"No support dates are published; the project {says}"
            if policy is not None and str(policy.value) in ("no", "False")
            else "No published support dates found"
        )
        return Timeline(
            headline, [], [], "", catalog.as_of.isoformat(), sources, alternative.slug, read_on, ()
        )
    start = catalog.as_of.replace(year=catalog.as_of.year - YEARS_BEFORE, month=1, day=1)
    ends = [day for w in windows for day in (w.fixes_end, w.security_end, w.released) if day]
    end = max([*ends, catalog.as_of + timedelta(days=365)])
    end = end.replace(year=end.year + 1, month=1, day=1)

    def place(day: date) -> float:
        return 100 * max(0, min((day - start).days, (end - start).days)) / (end - start).days

    return Timeline(
        headline=_support_headline(windows, catalog.as_of),
        lines=[_window_line(window, catalog.as_of, end, place) for window in windows],
        ticks=[
            Tick(str(year), f"{place(date(year, 1, 1)):.2f}%")
            for year in range(start.year, end.year)
        ],
        today=f"{place(catalog.as_of):.2f}%",
        as_of=catalog.as_of.isoformat(),
        sources=sources,
        slug=alternative.slug,
        read_on=read_on,
        others=other_readings(catalog, ledger, alternative.slug, SUPPORT_FACT),
    )


def _window_line(
    window: SupportWindow, as_of: date, end: date, place: Callable[[date], float]
) -> WindowLine:
    left = place(window.released) if window.released else 0.0
    fixes = place(window.fixes_end) if window.fixes_end else left
    security = place(window.security_end) if window.security_end else place(end)
    if window.is_planned:
        state = "planned"
    elif window.security_end is None:
        state = "no end announced"
    elif window.security_end < as_of:
        state = "over"
    elif window.fixes_end and window.fixes_end >= as_of:
        state = "all fixes"
    else:
        state = "security fixes"
    return WindowLine(
        series=window.series,
        released=window.released.isoformat() if window.released else NO_DATE,
        fixes_until=window.fixes_end.isoformat() if window.fixes_end else NO_DATE,
        security_until=window.security_end.isoformat() if window.security_end else NO_DATE,
        state=state,
        left=f"{left:.2f}%",
        fixes_width=f"{max(0.0, fixes - left):.2f}%",
        security_left=f"{max(fixes, left):.2f}%",
        security_width=f"{max(0.0, security - max(fixes, left)):.2f}%",
        is_planned=window.is_planned,
    )


def _support_headline(windows: Sequence[SupportWindow], as_of: date) -> str:
    released = [w for w in windows if not w.is_planned and (w.released or as_of) <= as_of]
    dated = [w for w in released if w.security_end]
    if not dated:
        return "No end of support is announced for the released series"
    longest = max(dated, key=lambda w: w.security_end or date.min)
    assert longest.security_end is not None
    if longest.security_end < as_of:
        if released[-1].security_end is None:
            return f"Series {released[-1].series} is the current one; no end is announced"
        return "The published support of every dated series is over"
    return f"Security fixes until {longest.security_end.isoformat()}, for series {longest.series}"


def _window_sources(alternative: Alternative) -> tuple[tuple[SourceLine, ...], str]:
    """Where the dates come from, and the day they were read last."""
    fact = alternative.facts.get(SUPPORT_FACT) or alternative.facts.get("lts_policy")
    rows = alternative.series.get(SUPPORT_TABLE, ())
    written = fact.source if fact is not None else ()
    days = [row.on for row in rows] + ([fact.as_of] if fact is not None else [])
    lines = source_lines([*dict.fromkeys(row.source for row in rows), *written])
    return lines, max(days).isoformat() if days else ""


def _community(catalog: Catalog, alternative: Alternative) -> Community:
    stars, downloads = star_history(alternative), download_history(alternative)
    if alternative.extends:
        stars, downloads = (), ()
    ranks = () if alternative.extends else download_ranks(catalog).get(alternative.slug, ())
    shares = () if alternative.extends else survey_shares(alternative)
    return Community(
        slug=alternative.slug,
        stars_headline=_stars_headline(stars),
        downloads_headline=_downloads_headline(alternative, downloads),
        downloads_note=_signal_note(catalog, alternative),
        breaks=[
            f"{end.label}. {end.sentence}"
            for end in DOWNLOAD_BREAKS
            if downloads and end.on > downloads[0].on
        ],
        rank_headline=_rank_headline(ranks),
        months=_months(stars, downloads, ranks),
        sources=_repositories((*stars, *downloads)),
        shares_headline=_shares_headline(catalog, shares),
        shares=_share_lines(shares, alternative, catalog),
        share_years=_share_years(catalog, alternative, shares),
        surveys_read=_surveys_read(catalog),
    )


def _stars_headline(points: Sequence[Point]) -> str:
    if not points:
        return "No dated star count found"
    last = points[-1]
    words = f"{number(last.value)} GitHub stars on {last.on.isoformat()}"
    year_ago = min(points, key=lambda point: abs((last.on - point.on).days - 365))
    if abs((last.on - year_ago.on).days - 365) <= 45 and year_ago.value:
        growth = 100 * (last.value / year_ago.value - 1)
        words += f", {_percent(growth)} in twelve months"
    return words


def _percent(growth: float) -> str:
    if abs(growth) < 0.5:
        return "the same"
    direction = "up" if growth > 0 else "down"
    return f"{direction} {number(round(abs(growth)))}{THIN_SPACE}%"


def _downloads_headline(alternative: Alternative, points: Sequence[Point]) -> str:
    if not points:
        if alternative.role == "alternative":
            return "Another package index, so its downloads do not compare"
        return "Its package never reached the list of most downloaded packages"
    last = points[-1]
    return f"About {about(last.value)} downloads a day in {last.on:%Y-%m}"


def _signal_note(catalog: Catalog, alternative: Alternative) -> str:
    partners = signal_partners(catalog)
    names = {slug: one.name for slug, one in catalog.alternatives.items()}
    if alternative.slug in partners:
        of = names[partners[alternative.slug]]
        return (
            f"{of} installs {alternative.name}, so most of these downloads are {of}’s: the two are "
            f"one signal, and the place among the frameworks is {of}’s."
        )
    for dependent, of in partners.items():
        if of == alternative.slug:
            return (
                f"{alternative.name} installs {names[dependent]}: the two are one signal and take "
                "one place among the frameworks."
            )
    return ""


def _rank_headline(ranks: Sequence[RankPoint]) -> str:
    if not ranks:
        return ""
    last = ranks[-1]
    return f"Place {last.rank} of {last.listed} Python frameworks by downloads in {last.on:%Y-%m}"


def _months(
    stars: Sequence[Point], downloads: Sequence[Point], ranks: Sequence[RankPoint]
) -> list[MonthLine]:
    """Every month with a reading, newest first."""
    stars_in = {f"{one.on:%Y-%m}": (number(one.value), one.on.isoformat()) for one in stars}
    downloads_in = {
        f"{one.on:%Y-%m}": (number(round(one.value)), one.on.isoformat()) for one in downloads
    }
    rank_in = {
        f"{one.on:%Y-%m}": (f"{one.rank} of {one.listed}", one.on.isoformat()) for one in ranks
    }
    lines = []
    for month in sorted({*stars_in, *downloads_in, *rank_in}, reverse=True):
        (star, on), (download, counted_on), (rank, ranked_on) = (
            found.get(month, ("", "")) for found in (stars_in, downloads_in, rank_in)
        )
        lines.append(MonthLine(month, star, download, rank, on, counted_on, ranked_on))
    return lines


def _repositories(points: Sequence[Point]) -> list[str]:
    """The repositories the readings come from, most used first."""
    counts: dict[str, int] = {}
    for point in points:
        name = point.source.partition(":")[0]
        counts[name] = counts.get(name, 0) + 1
    return sorted(counts, key=lambda name: (-counts[name], name))


def _shares_headline(catalog: Catalog, shares: Sequence[SurveyShare]) -> str:
    newest = newest_shares(shares)
    if not newest:
        return "No survey lists it, so its share is unknown, not zero"
    asked = _judged_survey(catalog)
    best = next(
        (share for share in newest if asked and asked.items() <= _survey_of(share).items()),
        newest[0],
    )
    return (
        f"Used by {number(round(best.percent))}{THIN_SPACE}% in the {best.survey} {best.edition} "
        f"({best.population})"
    )


def _share_years(
    catalog: Catalog, alternative: Alternative, shares: Sequence[SurveyShare]
) -> SurveyTable:
    """A row per survey with two editions or more in which it is listed."""
    if not shares:
        return SurveyTable([], [])
    found = [
        one
        for one in survey_years(catalog, alternative)
        if sum(share is not None for share in one.shares.values()) > 1
    ]
    years = sorted({edition for one in found for edition in one.shares})

    def cell(one: SurveyYears, year: str) -> YearShare:
        if year not in one.shares:
            return YearShare(NO_DATE, "")
        share = one.shares[year]
        if share is None:
            return YearShare("not listed", "")
        place = shares.index(share)
        words = f"{number(round(share.percent, 1))}{THIN_SPACE}%"
        return YearShare(words, f"share:{place}:{alternative.slug}")

    return SurveyTable(
        years,
        [
            SurveyRow(one.survey, one.population, [cell(one, year) for year in years])
            for one in found
        ],
    )


def _surveys_read(catalog: Catalog) -> str:
    surveys = [
        f"{survey} {first}" if first == last else f"{survey} {first} to {last}"
        for survey, first, last in surveys_read(catalog)
    ]
    return f"Read were the {listing(surveys, shown=9)}." if surveys else ""


def _judged_survey(catalog: Catalog) -> dict[str, str]:
    """The survey, edition and group of people that a criterion rests on."""
    for criterion in catalog.criteria.values():
        for part in criterion.parts:
            kind = catalog.fact_kinds.get(part.fact)
            rule = kind.derive if kind is not None and kind.derive else {}
            where = rule.get("where")
            if rule.get("table") == "surveys" and isinstance(where, Mapping):
                return {str(column): str(value) for column, value in where.items()}
    return {}


def _survey_of(share: SurveyShare) -> dict[str, str]:
    return {"survey": share.survey, "edition": share.edition, "population": share.population}


def _share_lines(
    shares: Sequence[SurveyShare], alternative: Alternative, catalog: Catalog
) -> list[ShareLine]:
    lines = []
    for place, share in enumerate(newest_shares(shares)):
        earlier = [
            f"{other.edition}: {number(round(other.percent))}{THIN_SPACE}%"
            for other in shares
            if (other.survey, other.population) == (share.survey, share.population)
            and other.edition != share.edition
        ]
        stale = stale_words(stale_days(share.on, catalog.as_of, _survey_threshold(catalog)))
        lines.append(
            ShareLine(
                survey=f"{share.survey} {share.edition}",
                population=share.population,
                percent=f"{number(round(share.percent, 1))}{THIN_SPACE}%",
                width=f"{share.percent:.1f}%",
                earlier=", ".join(dict.fromkeys(earlier)),
                receipt=replace(
                    survey_receipt(share, alternative.name),
                    id=f"survey:{place}:{alternative.slug}",
                    stale=stale,
                ),
                stale=stale,
            )
        )
    return lines


def _survey_threshold(catalog: Catalog) -> int:
    """After how many days a survey's share is stale: as for facts that are read from surveys."""
    return max(
        (
            kind.stale_after_days
            for kind in catalog.fact_kinds.values()
            if (kind.derive or {}).get("table") == "surveys"
        ),
        default=DEFAULT_THRESHOLD,
    )


def _advisories(alternative: Alternative, as_of: date) -> AdvisoryView:
    found = () if alternative.extends else advisories(alternative)
    if not found:
        covered = alternative.role == "candidate"
        headline = (
            "No published advisory is listed for it, which proves nothing about its safety"
            if covered
            else "The database read here does not cover it"
        )
        return AdvisoryView(alternative.slug, headline, [], [], [], "")
    years = advisories_by_year(found, as_of)
    most = max(count for _, count in years)
    advisories_word = "advisory" if len(found) == 1 else "advisories"
    rest = len(found) - MOST_ADVISORIES
    return AdvisoryView(
        slug=alternative.slug,
        headline=f"{len(found)} published security {advisories_word}, {_span(found)}",
        years=[]
        if len(found) < FEWEST_FOR_YEARS
        else [
            YearLine(str(year), f"’{year % 100:02d}", count, f"{100 * count / most:.1f}%")
            for year, count in years
        ],
        newest=[_advisory_line(item) for item in found[:MOST_ADVISORIES]],
        older=[_advisory_line(item) for item in found[MOST_ADVISORIES:]],
        more=f"Show the {rest} before them" if rest > 1 else "Show the one before them",
    )


def _security(alternative: Alternative) -> SecurityProcess:
    process = alternative.facts.get(PROCESS)
    counted, lacking = (
        alternative.facts.get("advisory_count"),
        alternative.facts.get(WITHOUT_FIX),
    )
    fixed = ""
    if counted is not None and lacking is not None and counted.value:
        fixed = (
            f"{reading(lacking.value)} of {reading(counted.value)} records name no fixed version"
            if lacking.value
            else "Every record names a fixed version"
        )
    return SecurityProcess(
        fixed=fixed,
        fixed_of=f"fact:{WITHOUT_FIX}:{alternative.slug}",
        process=sentence(reading(process.value)) if process is not None else NOT_VERIFIED,
        process_of=f"fact:{PROCESS}:{alternative.slug}",
        process_note=sentence(process.note)
        if process is not None
        else "The documents of its newest release that were read do not say it.",
        is_process_known=process is not None,
    )


def _span(found: Sequence[Advisory]) -> str:
    first, last = min(item.year for item in found), max(item.year for item in found)
    return f"in {first}" if first == last else f"{first} to {last}"


def _advisory_line(item: Advisory) -> AdvisoryLine:
    return AdvisoryLine(
        id=item.id,
        href=source_lines([item.source])[0].href,
        aliases=", ".join(alias for alias in item.aliases if alias.startswith("CVE")),
        year=str(item.year),
        summary=item.summary,
        severity=item.severity or "not rated",
        fixed_in=item.fixed_in or "none named",
    )
