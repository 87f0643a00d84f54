"""The objects everything else speaks about: facts, alternatives, criteria, questions, the catalog.

All of them are frozen. They are built once, at the door (``catalog/``), and never changed;
the domain only reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Grade = Literal["A", "B", "C", "D"]
Role = Literal["candidate", "addon", "alternative"]
CapabilityLevel = Literal["built-in", "official-extension", "third-party", "none"]
FactValue = str | int | float | bool | tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A dated, sourced raw value. It never travels without its source and date.

    ``grade`` says how good the evidence is (METHOD: A measured, B documented, C judgement,
    D anecdote or older than two years). ``checked_against`` names the release series that was
    looked at, once a newer one is out; empty while it speaks of the newest. ``stale_days`` is its
    age in days once that is past the threshold of its kind (``domain/staleness.py``), else 0.
    """

    value: FactValue
    as_of: date
    source: tuple[str, ...]
    grade: Grade
    unit: str = ""
    note: str = ""
    checked_against: str = ""
    stale_days: int = 0


@dataclass(frozen=True, slots=True)
class Capability:
    """What a framework offers for one job, and who maintains it.

    ``is_stale`` is true when the companion package had its last release longer ago than the
    threshold in ``data/evidence.yaml``. ``checked_against`` and ``stale_days`` are as in ``Fact``:
    the age of our reading, not of the package.
    """

    level: CapabilityLevel
    as_of: date
    source: tuple[str, ...]
    grade: Grade
    is_partial: bool = False
    is_stale: bool = False
    package: str = ""
    package_version: str = ""
    package_released: date | None = None
    note: str = ""
    checked_against: str = ""
    stale_days: int = 0


@dataclass(frozen=True, slots=True)
class Observation:
    """One row of a community table: a count or a share at one date.

    ``details`` keeps the columns that only this table has (package, edition, population, ...).
    """

    on: date
    metric: str
    value: float | str | None
    unit: str
    source: str
    grade: Grade
    details: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Alternative:
    """A framework as an option to choose.

    ``facts`` holds the catalog's own facts and the derived ones (``FactKind.derive``).
    ``series`` holds community rows by table name (``stars``, ``downloads``, ``advisories``,
    ``support_windows``, ``surveys``, ``jobs``), oldest first.
    ``extends`` is the slug of the framework an add-on needs; the facts and capabilities of an
    add-on are already laid over those of its base.
    """

    slug: str
    name: str
    role: Role
    language: str
    package: str
    as_of: date
    facts: Mapping[str, Fact]
    capabilities: Mapping[str, Capability]
    series: Mapping[str, tuple[Observation, ...]]
    production_users: tuple[Fact, ...] = ()
    limits: tuple[Fact, ...] = ()
    extends: str = ""


@dataclass(frozen=True, slots=True)
class FactKind:
    """What a fact key means. ``derive`` is empty for facts that are written in the files.

    A reading older than ``stale_after_days`` is marked as stale.
    """

    key: str
    label: str
    group: str
    meaning: str
    unit: str = ""
    derive: Mapping[str, object] | None = None
    stale_after_days: int = 365


@dataclass(frozen=True, slots=True)
class CapabilityKind:
    """What a capability key means. ``stale_after_days`` is as in ``FactKind``."""

    key: str
    label: str
    group: str
    meaning: str
    stale_after_days: int = 365


@dataclass(frozen=True, slots=True)
class ValueFunction:
    """Raw measure to value, 0..100, on fixed anchors (METHOD section 1).

    Exactly one of ``points`` (x strictly increasing, values monotone, ``scale`` linear or log)
    and ``levels`` (category to value) is set. Booleans use the levels ``yes`` and ``no``.
    """

    points: tuple[tuple[float, float], ...] = ()
    levels: Mapping[str, float] | None = None
    scale: Literal["linear", "log"] = "linear"


@dataclass(frozen=True, slots=True)
class Part:
    """One fact or capability that a criterion is made of.

    ``share`` is the part's share of the criterion, 0..1; the shares of a criterion sum to 1.
    Exactly one of ``fact`` and ``capability`` is set. A part with a capability is valued by
    the catalog's capability table.
    """

    id: str
    label: str
    share: float
    fact: str = ""
    capability: str = ""
    value_function: ValueFunction | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing we judge by.

    ``level_0`` and ``level_100`` are the two ends of the scale in words: the swing that a
    question quotes. ``why_these_anchors`` defends the ends. ``best_grade`` caps the evidence
    grade ("C" where only judgement exists); ``evidence`` says in words how good it is.
    """

    id: str
    name: str
    group: str
    meaning: str
    level_0: str
    level_100: str
    why_these_anchors: str
    parts: tuple[Part, ...]
    best_grade: Grade = "A"
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class CriterionGroup:
    """Criteria that share a colour in the pictures (at most five groups)."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition on one framework, answered with yes, no or unknown (Kleene logic).

    Exactly one of ``fact`` (with ``one_of``), ``capability`` (with ``one_of`` over capability
    states, see ``capability_state``), ``all_of`` and ``any_of`` is set.
    """

    fact: str = ""
    capability: str = ""
    one_of: tuple[str, ...] = ()
    all_of: tuple[Rule, ...] = ()
    any_of: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class MustHave:
    """A requirement that filters.

    ``text`` completes "It must ..." ("have native async handlers"); ``failure`` says why a
    framework is out ("no native async handlers"). ``waived_by`` is (switch id, option id): the
    answer that lifts the gate.
    """

    id: str
    text: str
    failure: str
    rule: Rule
    waived_by: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """One of the five importance levels: nominal swing points and the cell they stand for."""

    id: str
    label: str
    points: float
    cell: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Option:
    """An answer one can pick.

    ``points``: criterion id to swing points it adds. ``requires``: must-have ids.
    ``includes``: roles it adds to the list ("addon", "alternative").
    """

    id: str
    label: str
    meaning: str
    points: Mapping[str, float]
    requires: tuple[str, ...] = ()
    includes: tuple[Role, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the questionnaire.

    ``kind`` is ``importance`` (options are the five levels, then ``must`` where there is one),
    ``choice`` (options of its own, each with an effect table) or ``switch`` (a setting with a
    default, not asked in sequence, its first option is the default).
    ``feeds`` lists the criteria the question can give points to, in order.
    """

    id: str
    kind: Literal["importance", "choice", "switch"]
    text: str
    short: str
    why: str
    options: tuple[Option, ...]
    feeds: tuple[str, ...]
    swing: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preset:
    """A full set of answers for a well-known job."""

    id: str
    name: str
    summary: str
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class UseCase:
    """A use case named by published articles, who recommends what, and our answers for it."""

    id: str
    name: str
    sources_agree: Literal["unanimous", "majority", "split", "single-source"]
    recommended_by_sources: tuple[str, ...]
    ledger_recommendation: str
    ledger_view: str
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class EvidenceScale:
    """How evidence becomes spread, and what capability levels are worth.

    ``half_width``: grade to half-width in value points (METHOD section 2).
    ``capability_value``: capability state (see ``capability_state``) to value.
    ``grade_meaning`` and ``why_worth`` say in words what a grade means and why a state is worth
    what it is.
    """

    half_width: Mapping[Grade, float]
    capability_value: Mapping[str, float]
    grade_meaning: Mapping[Grade, str] = field(default_factory=dict)
    why_worth: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Catalog:
    """Everything we know. Two catalogs with equal content have equal versions.

    Sorted by id; groups, levels, must-haves, questions, presets and use cases stand in the order
    of their files. ``fact_groups`` is the order in which groups of facts are shown.
    """

    as_of: date
    data_version: str
    alternatives: Mapping[str, Alternative]
    criteria: Mapping[str, Criterion]
    groups: Mapping[str, CriterionGroup]
    questions: Mapping[str, Question]
    must_haves: Mapping[str, MustHave]
    levels: Mapping[str, Level]
    presets: Mapping[str, Preset]
    use_cases: Mapping[str, UseCase]
    fact_kinds: Mapping[str, FactKind]
    capability_kinds: Mapping[str, CapabilityKind]
    evidence: EvidenceScale
    fact_groups: tuple[str, ...] = ()


def capability_state(capability: Capability) -> str:
    """The state a capability table and a rule speak of.

    The level, then ``-partial`` when only part of the job is covered, then ``-stale`` when the
    companion package is old: ``third-party``, ``built-in-partial``, ``third-party-partial-stale``.
    """
    if capability.level == "none":
        return "none"
    state: str = capability.level
    if capability.is_partial:
        state += "-partial"
    if capability.is_stale and capability.level != "built-in":
        state += "-stale"
    return state
