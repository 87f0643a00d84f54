"""Is a comparison true? Every published and measured row that says something about it, and a word.

Four answers: supported, contradicted, only for some of the settings, never measured. Rows are put
together by setting (workload, source, connections); a setting either bears the claim out or does
not, and the word follows from how many do. Published and measured rows stand in different
settings, so they never mix.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from types import MappingProxyType
from typing import Literal

from framework_picker.domain.community import signal_partners
from framework_picker.domain.explain import listing
from framework_picker.domain.level import LEVEL, MOST_BEHIND
from framework_picker.domain.measured_pairs import pairs_in_cells
from framework_picker.domain.model import Catalog, Fact, FactKind, Grade
from framework_picker.domain.published import Pair, Published, Unmatched, pairs
from framework_picker.domain.readings import number, reading, with_unit
from framework_picker.domain.runs import MODE_WORDS, BenchmarkSample

Answer = Literal["supported", "contradicted", "only", "never"]
Unit = Literal["", "times", "percent", "years"]
Bound = Literal["", "at least", "up to"]
Origin = Literal["published", "measured", "fact"]

TOLERANCE = 1.25
"""A claimed factor fits a range that it misses by at most this factor."""

YEARS_TOLERANCE = 1
LARGEST_FACTOR = 1_000_000.0

SPEED = "speed"
YEAR_FACT = "first_release_year"
MOST_NAMED = 4
MOST_FIGURES = 2
"""More measures than these are left to the table of rows."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A way to compare two frameworks.

    ``has_more`` says whether the first one's figure is the larger one when the claim is true;
    ``facts`` are what it is read from, nothing where it is speed. ``words`` complete
    "Flask ... Django"; ``as_words`` do when the two are level.
    """

    id: str
    words: str
    as_words: str
    has_more: bool
    facts: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()

    @property
    def is_speed(self) -> bool:
        """Whether it is read from benchmarks."""
        return not self.facts

    @property
    def is_age(self) -> bool:
        """Whether it is a difference in years and no ratio."""
        return self.facts == (YEAR_FACT,)


_POPULARITY = ("stars", "downloads_per_day", "survey_share_web", "survey_share_stackoverflow")
_USE = _POPULARITY[1:]
_PEOPLE = ("adoption", "community")
_DEPENDENCIES = ("dependencies_direct", "dependencies_transitive")
_START = ("app_import_time_ms",)

RELATIONS: Mapping[str, Relation] = MappingProxyType(
    {
        relation.id: relation
        for relation in (
            Relation("faster", "is faster than", "as fast as", True, (), ("performance", "async")),
            Relation("slower", "is slower than", "as slow as", False, (), ("performance", "async")),
            Relation(
                "more-popular",
                "is more popular than",
                "as popular as",
                True,
                _POPULARITY,
                _PEOPLE,
            ),
            Relation(
                "less-popular",
                "is less popular than",
                "as unpopular as",
                False,
                _POPULARITY,
                _PEOPLE,
            ),
            Relation("more-used", "is more used than", "as used as", True, _USE, _PEOPLE),
            Relation("less-used", "is less used than", "as unused as", False, _USE, _PEOPLE),
            Relation(
                "more-stars", "has more stars than", "as many stars as", True, ("stars",), _PEOPLE
            ),
            Relation(
                "fewer-stars", "has fewer stars than", "as few stars as", False, ("stars",), _PEOPLE
            ),
            Relation(
                "more-downloads",
                "has more downloads than",
                "as many downloads as",
                True,
                ("downloads_per_day",),
                _PEOPLE,
            ),
            Relation(
                "fewer-downloads",
                "has fewer downloads than",
                "as few downloads as",
                False,
                ("downloads_per_day",),
                _PEOPLE,
            ),
            Relation(
                "smaller",
                "is smaller than",
                "as small as",
                False,
                ("install_size_mb",),
                ("deployment",),
            ),
            Relation(
                "larger",
                "is larger than",
                "as large as",
                True,
                ("install_size_mb",),
                ("deployment",),
            ),
            Relation(
                "less-memory",
                "uses less memory than",
                "as little memory as",
                False,
                ("idle_pss_mb",),
                ("cost", "performance"),
            ),
            Relation(
                "more-memory",
                "uses more memory than",
                "as much memory as",
                True,
                ("idle_pss_mb",),
                ("cost", "performance"),
            ),
            Relation(
                "lighter",
                "is lighter than",
                "as light as",
                False,
                ("idle_pss_mb", "install_size_mb"),
                ("cost", "deployment"),
            ),
            Relation(
                "heavier",
                "is heavier than",
                "as heavy as",
                True,
                ("idle_pss_mb", "install_size_mb"),
                ("cost", "deployment"),
            ),
            Relation("older", "is older than", "as old as", False, (YEAR_FACT,), ("history",)),
            Relation("newer", "is newer than", "as new as", True, (YEAR_FACT,), ("history",)),
            Relation(
                "fewer-dependencies",
                "has fewer dependencies than",
                "as few dependencies as",
                False,
                _DEPENDENCIES,
                ("deployment", "ecosystem"),
            ),
            Relation(
                "more-dependencies",
                "has more dependencies than",
                "as many dependencies as",
                True,
                _DEPENDENCIES,
                ("deployment", "ecosystem"),
            ),
            Relation(
                "starts-faster",
                "is faster to start than",
                "as quick to start as",
                False,
                _START,
                (),
            ),
            Relation(
                "starts-slower", "is slower to start than", "as slow to start as", True, _START, ()
            ),
        )
    }
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A claim in parts: ``one`` is ``amount`` ``unit`` ``relation`` ``other`` at ``workload``.

    ``one`` and ``other`` are slugs, ``workload`` is empty for any. ``amount`` is None where the
    claim names none; with ``times``, 1 means "as fast as".
    """

    one: str
    relation: str
    other: str
    workload: str = ""
    amount: float | None = None
    unit: Unit = ""
    bound: Bound = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One piece of evidence. ``ratio`` is the first one's figure over the other's.

    ``place`` and ``commit`` say where it stands; a fact names its sources for each of the two in
    ``citations``. ``why_not`` is set where the row is shown and not counted, ``is_level`` where
    the two are closer than the row's own noise.
    """

    source: str
    on: str
    test: str
    setting: str
    one: str
    other: str
    ratio: float
    grade: Grade
    one_with: str = ""
    other_with: str = ""
    citations: tuple[str, ...] = ()
    why_not: str = ""
    is_level: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """Rows that belong together. ``low`` to ``high`` is the range of their ratios."""

    origin: Origin
    subject: str
    subject_label: str
    source: str
    mode: str
    rows: tuple[Row, ...]
    low: float
    high: float
    bears_out: bool

    @property
    def label(self) -> str:
        """What it is: ``Routing, the-benchmarker, connections kept open``."""
        return ", ".join(filter(None, (self.subject_label, self.source, self.mode)))


@dataclass(frozen=True, slots=True)
class Check:
    """The answer to a comparison, and everything it rests on.

    ``not_counted`` are rows that are shown with the reason why they do not count, ``unmatched``
    settings that both took part in and that do not compare, ``absent`` what was looked for and
    not found, ``caveats`` what the figures cannot say.
    """

    comparison: Comparison
    answer: Answer
    sentence: str
    reading: str
    settings: tuple[Setting, ...]
    not_counted: tuple[Row, ...] = ()
    unmatched: tuple[Unmatched, ...] = ()
    absent: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()

    @property
    def row_count(self) -> int:
        """How many rows count."""
        return sum(len(setting.rows) for setting in self.settings)


def check(
    catalog: Catalog,
    published: Published,
    samples: Sequence[BenchmarkSample],
    comparison: Comparison,
) -> Check:
    """Whether a comparison is true, with every row behind the answer.

    A setting bears out "faster" when at least half of its rows are more than 5 % ahead and at most
    one in five is behind; a factor when it lies within the range of the rows, or misses it by at
    most a quarter, and the one it puts ahead is. In our own runs what is within the noise of the
    rounds (``measured_pairs``) is not ahead.
    """
    relation = RELATIONS[comparison.relation]
    names = (catalog.alternatives[comparison.one].name, catalog.alternatives[comparison.other].name)
    unmatched: tuple[Unmatched, ...] = ()
    absent: tuple[str, ...] = ()
    if relation.is_speed:
        settings, not_counted, unmatched = _speed(published, samples, comparison, relation)
        caveats = _speed_caveats(comparison, settings)
    else:
        settings, not_counted, absent, caveats = _facts(catalog, comparison, relation)
    answer = _answer(settings)
    return Check(
        comparison=comparison,
        answer=answer,
        sentence=_sentence(answer, settings, relation, names, not_counted, absent),
        reading=_reading(comparison, relation, names),
        settings=settings,
        not_counted=not_counted,
        unmatched=unmatched,
        absent=absent,
        caveats=caveats,
    )


def target(comparison: Comparison, relation: Relation) -> float | None:
    """The claimed ratio of the larger figure to the smaller one, as the relation orders them.

    "3 times as fast" is 3, "40 % faster" 1.4, "30 % slower" 1 / 0.7. None without an amount.
    """
    if comparison.amount is None or comparison.unit == "years":
        return None
    if comparison.unit == "times":
        return comparison.amount
    share = comparison.amount / 100
    return 1 + share if relation.has_more else 1 / (1 - share)


def _answer(settings: Sequence[Setting]) -> Answer:
    if not settings:
        return "never"
    borne_out = sum(setting.bears_out for setting in settings)
    if borne_out == len(settings):
        return "supported"
    return "only" if borne_out else "contradicted"


def _setting(
    origin: Origin,
    subject: str,
    label: str,
    rows: Sequence[Row],
    comparison: Comparison,
    relation: Relation,
    source: str = "",
    mode: str = "",
) -> Setting:
    ratios = [row.ratio for row in rows]
    bears_out = _is_older if relation.is_age else _bears_out
    return Setting(
        origin=origin,
        subject=subject,
        subject_label=label,
        source=source,
        mode=mode,
        rows=tuple(rows),
        low=min(ratios),
        high=max(ratios),
        bears_out=bears_out(rows, comparison, relation),
    )


def _bears_out(rows: Sequence[Row], comparison: Comparison, relation: Relation) -> bool:
    """Whether the rows of one setting bear a claim out."""
    ordered = [row.ratio if relation.has_more else _ratio(1, row.ratio) for row in rows]
    # What lies within its own noise speaks for neither.
    sides = [1.0 if row.is_level else ratio for row, ratio in zip(rows, ordered, strict=True)]
    claimed = target(comparison, relation)
    if claimed is None:
        return _is_ahead(sides)
    if claimed == 1:
        return 1 / TOLERANCE <= median(ordered) <= TOLERANCE
    if comparison.bound == "at least":
        return _is_on_side(sides, claimed) and min(ordered) * TOLERANCE >= claimed
    if comparison.bound == "up to":
        return _is_on_side([max(sides)], claimed) and max(ordered) * TOLERANCE >= claimed
    fits = min(ordered) / TOLERANCE <= claimed <= max(ordered) * TOLERANCE
    return fits and _is_on_side(sides, claimed)


def _is_ahead(ratios: Sequence[float]) -> bool:
    """Whether the first one is ahead: in half of the rows, and hardly ever behind."""
    ahead = sum(ratio > LEVEL for ratio in ratios)
    behind = sum(_ratio(1, ratio) > LEVEL for ratio in ratios)
    return 2 * ahead >= len(ratios) and behind <= MOST_BEHIND * len(ratios)


def _is_on_side(ratios: Sequence[float], claimed: float) -> bool:
    """Whether the one that a factor puts ahead is.

    The tolerance of a small factor reaches across 1: without this "10 % faster" would hold of what
    is 10 % slower. A factor within the noise only asks that the other one is not ahead.
    """
    inverse = [_ratio(1, ratio) for ratio in ratios]
    if claimed < 1:
        return _is_on_side(inverse, 1 / claimed)
    return _is_ahead(ratios) if claimed > LEVEL else not _is_ahead(inverse)


def _is_older(rows: Sequence[Row], comparison: Comparison, relation: Relation) -> bool:
    """Whether a difference in years bears a claim out."""
    years = rows[0].ratio if relation.has_more else -rows[0].ratio
    if comparison.unit == "times":  # "as old as"; other factors make no sense of years
        return comparison.amount == 1 and abs(years) <= YEARS_TOLERANCE
    if comparison.unit != "years" or comparison.amount is None:
        return years > 0
    if comparison.bound == "at least":
        return years >= comparison.amount - YEARS_TOLERANCE
    if comparison.bound == "up to":
        return 0 < years <= comparison.amount + YEARS_TOLERANCE
    return abs(years - comparison.amount) <= YEARS_TOLERANCE


def _ratio(one: float, other: float) -> float:
    """One over the other: 1 where both are nothing, infinite where only the other is."""
    if other:
        return one / other
    return math.inf if one else 1.0


# -- speed


def _speed(
    published: Published,
    samples: Sequence[BenchmarkSample],
    comparison: Comparison,
    relation: Relation,
) -> tuple[tuple[Setting, ...], tuple[Row, ...], tuple[Unmatched, ...]]:
    wanted = comparison.workload
    found, unmatched = pairs(published, comparison.one, comparison.other)
    by_setting: dict[tuple[Origin, str, str, str], list[Row]] = defaultdict(list)
    not_counted: list[Row] = []
    for pair in found:
        if wanted and pair.workload != wanted:
            continue
        row = _published_row(published, pair)
        if row.why_not:
            not_counted.append(row)
        else:
            by_setting["published", pair.workload, row.source, pair.mode].append(row)
    for workload, run, mode, row in _measured_rows(published, samples, comparison):
        if not wanted or workload == wanted:
            by_setting["measured", workload, run, mode].append(row)
    settings = tuple(
        _setting(
            origin,
            workload,
            published.workloads[workload].label if workload in published.workloads else workload,
            rows,
            comparison,
            relation,
            source,
            mode,
        )
        for (origin, workload, source, mode), rows in by_setting.items()
    )
    kept = tuple(one for one in unmatched if not wanted or one.workload == wanted)
    return settings, tuple(not_counted), kept


def _published_row(published: Published, pair: Pair) -> Row:
    return Row(
        source=published.sources.get(pair.one.source, pair.one.source),
        on=pair.one.on.isoformat(),
        test=pair.one.test,
        setting=pair.level,
        one=number(round(pair.one.value)),
        other=number(round(pair.other.value)),
        ratio=pair.ratio,
        grade=pair.grade,
        one_with=_entry(pair.one.version, pair.one.server, pair.one.remark("orm")),
        other_with=_entry(pair.other.version, pair.other.server, pair.other.remark("orm")),
        citations=tuple(
            dict.fromkeys(
                f"{row.place}@{row.commit}" if row.commit else row.place
                for row in (pair.one, pair.other)
            )
        ),
        why_not=pair.why_not,
    )


def _entry(version: str, server: str, orm: str) -> str:
    return ", ".join(filter(None, (version, server if server != "none" else "", orm)))


def _measured_rows(
    published: Published, samples: Sequence[BenchmarkSample], comparison: Comparison
) -> list[tuple[str, str, str, Row]]:
    """One row per cell that both took part in, from the newest run that measured them."""
    workload_of = {
        scenario: workload.id
        for workload in published.workloads.values()
        for scenario in workload.scenarios
    }
    rows = []
    for pair in pairs_in_cells(samples, comparison.one, comparison.other):
        if not pair.shared:
            continue
        cell = pair.cell
        row = Row(
            source=pair.run,
            on=pair.on.isoformat(),
            test=cell.scenario,
            setting=f"{cell.words}; {pair.rounds}",
            one=number(round(pair.rate(comparison.one))),
            other=number(round(pair.rate(comparison.other))),
            ratio=pair.ratio,
            grade="A",
            citations=(f"measured:{pair.run}",),
            is_level=pair.sign == "level",
        )
        mode = MODE_WORDS.get(cell.mode, cell.mode)
        rows.append((workload_of.get(cell.scenario, cell.scenario), pair.run, mode, row))
    return rows


def _speed_caveats(comparison: Comparison, settings: Sequence[Setting]) -> tuple[str, ...]:
    if not settings:
        return ()
    caveats = [
        "Rows are compared inside one source, run, test and level of load; what differs between "
        "the two entries (server, driver, version) stands beside each figure."
    ]
    if not comparison.workload and len({setting.subject for setting in settings}) > 1:
        caveats.append("Name a workload to narrow the answer.")
    return tuple(caveats)


# -- facts


def _facts(
    catalog: Catalog, comparison: Comparison, relation: Relation
) -> tuple[tuple[Setting, ...], tuple[Row, ...], tuple[str, ...], tuple[str, ...]]:
    one, other = (catalog.alternatives[slug] for slug in (comparison.one, comparison.other))
    settings: list[Setting] = []
    not_counted: list[Row] = []
    absent: list[str] = []
    caveats: list[str] = []
    for key in relation.facts:
        kind = catalog.fact_kinds.get(key)
        if kind is None:
            continue
        shared = _shared_signal(catalog, key, comparison)
        facts = one.facts.get(key), other.facts.get(key)
        missing = [
            who.name for who, fact in zip((one, other), facts, strict=True) if _figure(fact) is None
        ]
        if shared or missing:
            why = shared or f"not known for {listing(missing)}"
            absent.append(f"{kind.label}: {why}.")
            continue
        row = _fact_row(kind, *(fact for fact in facts if fact is not None), age=relation.is_age)
        if row.why_not:
            not_counted.append(row)
            continue
        settings.append(_setting("fact", key, kind.label, (row,), comparison, relation))
        caveats.append(kind.meaning)
    return tuple(settings), tuple(not_counted), tuple(absent), tuple(caveats)


def _figure(fact: Fact | None) -> float | None:
    """The number of a fact; None without one."""
    if fact is None or isinstance(fact.value, bool) or not isinstance(fact.value, int | float):
        return None
    return float(fact.value) if fact.value >= 0 else None


def _fact_row(kind: FactKind, one: Fact, other: Fact, *, age: bool) -> Row:
    figures = _figure(one) or 0.0, _figure(other) or 0.0
    grade: Grade = max(one.grade, other.grade)
    days = sorted({one.as_of.isoformat(), other.as_of.isoformat()})
    return Row(
        source="",
        on=" and ".join(days),
        test=kind.label,
        setting="",
        one=reading(one.value),
        other=with_unit(other),
        # A year is no quantity: what counts is the difference.
        ratio=figures[0] - figures[1] if age else _ratio(*figures),
        grade=grade,
        one_with=one.note,
        other_with=other.note,
        citations=tuple(dict.fromkeys((*one.source, *other.source))),
        why_not={
            "C": "a judgement or a quotation, grade C",
            "D": "older than two years or hearsay, grade D",
        }.get(grade, ""),
    )


def _shared_signal(catalog: Catalog, key: str, comparison: Comparison) -> str:
    """Why a count cannot separate two frameworks of which one installs the other."""
    if key != "downloads_per_day":
        return ""
    partners = signal_partners(catalog)
    for slug, of in ((comparison.one, comparison.other), (comparison.other, comparison.one)):
        if partners.get(slug) == of:
            names = catalog.alternatives[of].name, catalog.alternatives[slug].name
            return f"whoever installs {names[0]} downloads {names[1]} too"
    return ""


# -- sentences


def _reading(comparison: Comparison, relation: Relation, names: Sequence[str]) -> str:
    """How the claim was taken, with the tolerance in words."""
    first, second = names if relation.has_more else (names[1], names[0])
    what = "requests a second" if relation.is_speed else "figure"
    claimed = target(comparison, relation)
    if relation.is_age:
        return "Read by the year of the first release, give or take one."
    if claimed is None and not relation.is_speed:
        return f"Read as: {first}’s {what} is more than 5 % above {second}’s."
    if claimed is None:
        return (
            f"Read as: {first} answers more {what}. A setting bears it out when {first} is more "
            "than 5 % ahead in at least half of its rows, and behind in at most one in five. In "
            "our own runs, what lies within the noise of the rounds is not ahead."
        )
    if claimed == 1:
        return f"Read as: {names[0]}’s and {names[1]}’s {what} differ by at most a quarter."
    bound = f"{comparison.bound} " if comparison.bound else ""
    how = f"Read as: {first} has {bound}{_times(claimed)} {second}’s {what}."
    # The tolerance of a small factor reaches across 1.
    ahead = first if claimed > 1 else second
    if not relation.is_speed:
        return f"{how} It may miss that by a quarter, as long as {ahead} has more."
    return (
        f"{how} A setting bears it out when the factor lies within the range of its rows, or "
        f"misses it by at most a quarter, as long as {ahead} is ahead."
    )


def _sentence(
    answer: Answer,
    settings: Sequence[Setting],
    relation: Relation,
    names: Sequence[str],
    not_counted: Sequence[Row],
    absent: Sequence[str],
) -> str:
    if answer == "never":
        return _never(relation, names, not_counted, absent)
    rows = [row for setting in settings for row in setting.rows]
    if relation.is_age:
        return _age(rows[0].ratio, names)
    if relation.is_speed:
        reach = _speed_reach(rows, names)
    else:
        reach = _fact_reach(rows, names) if len(rows) <= MOST_FIGURES else ""
    if answer == "only":
        return f"{_only(settings)} {reach}".rstrip()
    if len(settings) == 1:
        return reach
    every = "every setting" if relation.is_speed else "every measure"
    return f"{'It holds' if answer == 'supported' else 'It fails'} in {every}. {reach}".rstrip()


def _only(settings: Sequence[Setting]) -> str:
    """For what it holds, or for what it does not, whichever is shorter to say."""
    yes = _named([one for one in settings if one.bears_out], settings)
    no = _named([one for one in settings if not one.bears_out], settings)
    if len(yes) <= len(no):
        return f"It holds only for {listing(yes, shown=MOST_NAMED)}."
    return f"It holds except for {listing(no, shown=MOST_NAMED)}."


def _named(some: Sequence[Setting], among: Sequence[Setting]) -> list[str]:
    """The settings in as few words as tell them apart: by workload, source, connections, or both.

    What benchmarks are asked about is written small inside a sentence; facts keep their names.
    """
    parts: tuple[Callable[[Setting], str], ...] = (
        lambda one: _lower(one.subject_label) if one.origin != "fact" else f"“{one.subject_label}”",
        _source,
        lambda one: one.mode,
        lambda one: f"{_lower(one.subject_label)} ({_source(one)})",
        _in_full,
    )
    rest = [one for one in among if one not in some]
    for part in parts:
        names = list(dict.fromkeys(part(one) for one in some))
        if all(names) and not set(names) & {part(one) for one in rest}:
            return names
    return [_in_full(one) for one in some]


def _source(one: Setting) -> str:
    return "our own run" if one.origin == "measured" else one.source


def _in_full(one: Setting) -> str:
    """A setting with everything that tells it apart, as one thing in a list."""
    where = ", ".join(filter(None, (_source(one), one.mode)))
    return f"{_lower(one.subject_label)} ({where})" if where else _lower(one.subject_label)


def _speed_reach(rows: Sequence[Row], names: Sequence[str]) -> str:
    """What the rows say together: the range of their ratios, and who is ahead how often."""
    ratios = [row.ratio for row in rows]
    if len(rows) == 1:
        return (
            f"In the one row there is, {names[0]} answered {_times(ratios[0])} {names[1]}’s "
            "requests."
        )
    apart = [row.ratio for row in rows if not row.is_level]
    ahead = sum(ratio > LEVEL for ratio in apart)
    behind = sum(_ratio(1, ratio) > LEVEL for ratio in apart)
    counts = [
        f"{words} in {count}"
        for words, count in (
            ("ahead", ahead),
            ("level", len(rows) - ahead - behind),
            ("behind", behind),
        )
        if count
    ]
    reach = f"{factor(min(ratios))} to {_times(max(ratios))} {names[1]}’s requests"
    return f"{names[0]} answered {reach}: {listing(counts)} of {len(rows)} rows."


def _fact_reach(rows: Sequence[Row], names: Sequence[str]) -> str:
    """The figures themselves, one measure after the other."""
    figures = "; ".join(f"{row.test}: {row.one} against {row.other}" for row in rows)
    return f"{names[0]} against {names[1]}. {figures}."


def _age(difference: float, names: Sequence[str]) -> str:
    years = abs(round(difference))
    if years == 0:
        return f"{names[0]} and {names[1]} were first released in the same year."
    first, later = (names[0], names[1]) if difference < 0 else (names[1], names[0])
    return f"{first} was first released {years} {'year' if years == 1 else 'years'} before {later}."


def _never(
    relation: Relation, names: Sequence[str], not_counted: Sequence[Row], absent: Sequence[str]
) -> str:
    if not_counted:
        return (
            f"No row that counts compares {names[0]} with {names[1]}. What there is stands below, "
            "each with the reason why it does not count."
        )
    if relation.is_speed:
        return (
            f"No source here measured {names[0]} and {names[1]} in the same test, so nobody can "
            "say from these figures."
        )
    return f"No figure tells {names[0]} and {names[1]} apart here. {' '.join(absent)}".rstrip()


def factor(ratio: float) -> str:
    """A ratio in about two digits: ``0.48``, ``1.05``, ``3.8``, ``46``."""
    if ratio >= 9.95:
        return number(round(ratio)) if math.isfinite(ratio) else "∞"
    return f"{ratio:.2f}" if ratio < 1.995 else f"{ratio:.1f}".removesuffix(".0")


def _times(ratio: float) -> str:
    return f"{factor(ratio)} times"


def _lower(words: str) -> str:
    """Without the capital in front, unless the word is an abbreviation."""
    return words if words[:2].isupper() else f"{words[:1].lower()}{words[1:]}"
