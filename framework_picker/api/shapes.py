"""The shapes of everything the API takes and gives, as the OpenAPI document describes them.

Answers are built by ``domain/document.py`` and ``api/entries.py`` and not checked a second time
when they are sent; ``tests/api`` holds every answer against its shape, with nothing left over.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Grade = Literal["A", "B", "C", "D"]
Status = Literal["no-survivor", "no-preference", "tie", "clear", "split"]
Share = Annotated[float, Field(ge=0, le=1)]
Points = Annotated[float, Field(ge=0, le=100)]
Day = Annotated[str, Field(json_schema_extra={"format": "date"})]


class Shape(BaseModel):
    """Every field is there, and no other."""

    model_config = ConfigDict(extra="forbid")


class Problem(Shape):
    """What went wrong."""

    code: str = Field(description="One word per status.")
    message: str = Field(description="A sentence for people.")
    field: str = Field(description="The part of the request that is meant; empty for the whole.")


class ErrorAnswer(Shape):
    """Every error has this shape. A request that fails changes nothing."""

    error: Problem


class Health(Shape):
    """All is well."""

    status: Literal["ok"]


class NotReady(Shape):
    """What fails, with a sentence per part."""

    status: Literal["unavailable"]
    failing: dict[str, str]


# What a value was read from


class Reading(Shape):
    """What was read, with its date, its sources and how good they are.

    Where nothing is verified the reading says so, and date, grade and sources are empty.
    """

    reading: str = Field(description="In words, with the unit.")
    value: Any = Field(description="As it stands in the data; null where not verified.")
    unit: str
    as_of: Day | None
    source: list[str]
    grade: Grade | None = Field(
        description="A measured, B documented by the project, C a judgement, D hearsay or old."
    )


class ReadingOfKind(Reading):
    """A reading, and the fact or the capability it is."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"oneOf": [{"required": ["fact"]}, {"required": ["capability"]}]},
    )

    label: str
    fact: str = Field(default="", description="Key of the fact, where it is one.")
    capability: str = Field(default="", description="Key of the capability, where it is one.")


class PartOfValue(ReadingOfKind):
    """One fact or capability that a criterion is made of."""

    id: str
    share: Share = Field(description="Share of the criterion; the shares sum to 1.")
    worth: Points | None = Field(description="What it is worth on the fixed scale.")


# The evaluation


class OwnValue(Shape):
    """A value of the asker's own in place of ours."""

    replaces: Points = Field(description="Our value.")
    was_known: bool
    reason: str
    sentence: str


class Contribution(Shape):
    """What one criterion adds to a score: weight times value."""

    criterion: str
    name: str
    weight: Share
    value: Points = Field(description="On fixed anchors; 50 where it is not known.")
    points: Points = Field(description="Weight times value. The points of a framework sum to it.")
    is_known: bool
    grade: Grade | None
    half_width: Points = Field(description="How far the value may be off, either way.")
    as_of: Day | None = Field(description="The oldest date among its parts.")
    own: OwnValue | None
    parts: list[PartOfValue]


class Acceptability(Shape):
    """How often a framework takes which place across what the answers and facts may mean."""

    first: Share
    first_of_hundred: str = Field(description="In words: 62 of 100.")
    by_rank: list[Share] = Field(description="Share of rank 1, 2, and so on.")
    score_low: float = Field(description="5th percentile of the score.")
    score_high: float = Field(description="95th percentile.")


class UnverifiedMustHave(Shape):
    """A must-have that nobody has verified for this framework."""

    must_have: str
    text: str
    evidence: list[ReadingOfKind]


class RankedFramework(Shape):
    """A framework that meets the must-haves."""

    slug: str
    name: str
    rank: Annotated[int, Field(ge=1, description="1 is best; equals share a place: 1, 2, 2, 4.")]
    score: Points
    gap: float = Field(description="Points behind the first.")
    is_level_with_first: bool = Field(description="Less than one point behind.")
    coverage: Share = Field(description="Share of the weight that has facts.")
    coverage_sentence: str
    has_thin_evidence: bool
    acceptability: Acceptability | None = Field(description="Null where nothing can be sampled.")
    unverified: list[UnverifiedMustHave]
    unverified_sentence: str
    latest_release: Reading
    support: Reading = Field(description="The published ends of support, series by series.")
    dominated_by: list[str] = Field(description="At least as good on everything.")
    dominated_sentence: str
    contributions: list[Contribution]


class ExclusionReason(Shape):
    """Why a framework is out, and what was read."""

    must_have: str
    question: str
    answer: str
    sentence: str
    is_unknown: bool = Field(description="It is not known, and what is not known was ruled out.")
    evidence: list[ReadingOfKind]


class ExcludedFramework(Shape):
    """A framework that fails a must-have; it is never just missing."""

    slug: str
    name: str
    reasons: list[ExclusionReason]


class NamedFramework(Shape):
    """A framework by name."""

    slug: str
    name: str


class RelaxationEntry(Shape):
    """A smallest set of must-haves to give up when nobody is left."""

    must_haves: list[str]
    questions: list[str]
    returning: list[str] = Field(description="Who comes back.")
    answers: dict[str, str | None] = Field(
        description="The answers to change; null takes an answer back."
    )
    sentence: str


class FlipEntry(Shape):
    """One or two answers given differently, after which somebody else is first."""

    answers: dict[str, str] = Field(description="Lay these over yours and ask again.")
    leaders: list[str]
    cost: int = Field(description="Steps on the scale of answers; must-haves count two.")
    margin: float | None = Field(description="The new leader's lead in points.")
    must_haves: list[str] = Field(description="Switched on or off on the way.")
    sentence: str


class OpenQuestion(Shape):
    """A question without an answer, and what its answer may bring."""

    question: str
    text: str
    short: str
    gain_bits: float = Field(description="What it tells about the first place.")
    worth_points: float = Field(description="By how much the choice is expected to improve.")
    can_change_first: bool
    sentence: str


class WeightEntry(Shape):
    """How much a criterion counts."""

    criterion: str
    name: str
    group: str
    group_place: int
    group_name: str
    swing_points: Annotated[float, Field(ge=0)]
    weight: Share = Field(description="The weights sum to 1.")
    is_set_directly: bool


class AnswerInWords(Shape):
    """An answer for people."""

    question: str
    subject: str
    answer: str
    label: str


class Proof(Shape):
    """What the answers so far prove about the first place."""

    sentence: str
    rivals: list[str]
    beaten: list[str] = Field(description="Rivals that can no longer catch the first.")
    can_change_first: list[str] = Field(description="Open questions that still matter.")
    is_evidence_proven: bool
    is_probably_settled: bool


class FirstShare(Shape):
    """How often a framework is first, as a share and as people say it."""

    slug: str
    name: str
    share: Share
    of_hundred: str


class RobustnessEntry(Shape):
    """How sure the first place is."""

    samples: int
    words: Literal["very robust", "robust", "leaning", "open", ""]
    first: list[FirstShare] = Field(description="Most often first on top.")
    shortlist: list[str]
    error_factor: float | None = Field(
        description="Every importance may be wrong by this factor before a rival draws level."
    )
    nearest_rival: str | None
    error_factor_sentence: str
    entropy_bits: float | None


class IntervalEntry(Shape):
    """How far one importance may move, in points of the scale, before the first place changes."""

    question: str
    name: str
    points: float | None
    low: float | None
    high: float | None
    below: list[str]
    above: list[str]
    sentence: str


class ValueToCheck(Shape):
    """A value that could change the first place without leaving what its evidence allows."""

    slug: str
    criterion: str
    rival: str
    change: float | None
    room: float | None
    is_known: bool
    sentence: str


class OtherMethodEntry(Shape):
    """What another method says."""

    method: str
    agrees: bool
    leaders: list[str]
    sentence: str


class Evaluation(Shape):
    """Everything that follows from a set of answers: the numbers of the result page."""

    schema_version: int
    method_version: str
    data_version: str
    data_as_of: Day
    status: Status = Field(
        description="clear: one leads. split: another leads across what the answers may mean. "
        "tie: several share first place. no-preference: nothing matters. no-survivor: the "
        "must-haves rule out everybody."
    )
    answers: dict[str, str] = Field(description="As they were understood.")
    answers_in_words: list[AnswerInWords]
    notices: list[str] = Field(description="What was left out of the answers; none from here.")
    is_answered: bool
    sentence: str
    details: list[str]
    sureness: str
    winner: str | None
    ties: list[str] = Field(description="Who shares first place, where several do.")
    runner_up: str | None
    split_with: str | None
    weights: list[WeightEntry]
    ranking: list[RankedFramework]
    excluded: list[ExcludedFramework]
    unranked: list[NamedFramework] = Field(description="Outside Python: listed, never ranked.")
    relaxations: list[RelaxationEntry]
    flips: list[FlipEntry] = Field(description="The smallest changes, the smallest first.")
    must_have_flips: list[FlipEntry]
    no_flip_sentence: str
    next_question: OpenQuestion | None = Field(description="The open question that tells most.")
    open_questions: list[OpenQuestion]
    settled: bool = Field(description="Proven: no open answer can change the first place.")
    proof: Proof
    robustness: RobustnessEntry
    intervals: list[IntervalEntry]
    worth_checking: list[ValueToCheck]
    other_methods: list[OtherMethodEntry]
    non_separating: list[str]


# The catalog


class Versions(Shape):
    """Which data an answer rests on."""

    data_version: str
    data_as_of: Day


class OptionEntry(Shape):
    """An answer one can give."""

    id: str
    label: str
    meaning: str
    points: dict[str, float] = Field(description="Swing points it adds, by criterion.")
    requires: list[str] = Field(description="Must-haves it asks for.")
    includes: list[str] = Field(description="What it lets into the list.")


class QuestionEntry(Shape):
    """A question of the questionnaire."""

    id: str
    kind: Literal["importance", "choice", "switch"]
    text: str
    short: str
    why: str
    swing: str
    feeds: list[str] = Field(description="The criteria it gives weight to.")
    options: list[OptionEntry]
    answers: list[str] = Field(description="Every answer that is accepted.")


class Questions(Versions):
    """The questionnaire."""

    questions: list[QuestionEntry]


class Scale(Shape):
    """From a raw measure to a value; exactly one of points and levels is set."""

    points: list[list[float]] = Field(description="Pairs of measure and value.")
    levels: dict[str, float] | None
    scale: Literal["linear", "log"]


class PartEntry(Shape):
    """One fact or capability that a criterion is made of."""

    id: str
    label: str
    share: Share
    fact: str
    capability: str
    scale: Scale | None = Field(description="Null: the catalog's capability table.")


class CriterionEntry(Shape):
    """One thing we judge by."""

    id: str
    name: str
    group: str
    group_name: str
    meaning: str
    level_0: str
    level_100: str
    why_these_anchors: str
    best_grade: Grade
    evidence: str
    parts: list[PartEntry]


class Criteria(Versions):
    """What frameworks are judged by."""

    criteria: list[CriterionEntry]
    capability_values: dict[str, float] = Field(description="What a capability is worth.")


class FrameworkSummary(Shape):
    """A framework in the list."""

    slug: str
    name: str
    role: Literal["candidate", "addon", "alternative"]
    language: str
    package: str
    extends: str
    as_of: Day
    page: str = Field(description="Address of its profile.")
    address: str = Field(description="Address of everything known about it.")


class Frameworks(Versions):
    """Every framework."""

    frameworks: list[FrameworkSummary]


class FactEntry(Reading):
    """A fact."""

    key: str
    label: str
    group: str
    meaning: str
    note: str
    checked_against: str


class CapabilityEntry(Reading):
    """What a framework offers for one job."""

    key: str
    label: str
    group: str
    meaning: str
    note: str
    checked_against: str
    is_partial: bool
    is_stale: bool
    package: str
    package_version: str
    package_released: Day | None


class CitedText(Reading):
    """A user or a limit, with its source."""

    note: str


class ObservationEntry(Shape):
    """One row of a community table."""

    metric: str
    value: str | float | None
    unit: str
    as_of: Day
    source: list[str]
    grade: Grade
    details: dict[str, str] = Field(description="Columns that only this table has.")


class ValueEntry(Shape):
    """The value of a framework on one criterion."""

    criterion: str
    value: Points
    is_known: bool
    grade: Grade | None
    half_width: Points
    as_of: Day | None
    parts: list[PartOfValue]


class Framework(FrameworkSummary, Versions):
    """Everything known about one framework."""

    facts: list[FactEntry]
    capabilities: list[CapabilityEntry]
    values: list[ValueEntry] = Field(description="Empty for what is listed and never ranked.")
    production_users: list[CitedText]
    limits: list[CitedText]
    series: dict[str, list[ObservationEntry]] = Field(description="Community tables.")


# Evidence and benchmarks


class Article(Shape):
    """An article whose claims were checked."""

    slug: str
    name: str
    title: str
    publisher: str
    date: str
    is_vendor: bool


class ClaimEntry(Shape):
    """A claim, its verdict, and the evidence for the verdict."""

    id: str
    page: str
    text: str
    frameworks: list[str]
    topic: str
    article: Article
    also_in: list[str]
    source: list[str] = Field(description="Article and line.")
    as_of: str = Field(description="Day or month of the article.")
    value: str
    unit: str
    claim_date: str
    verdict: str
    verdict_words: str
    impact: Literal["high", "medium", "low"]
    corrected: str
    note: str
    evidence: list[str]
    related: list[str]


class Claims(Versions):
    """Claims, those that could change a choice first."""

    checked_on: Day | None
    total: int
    claims: list[ClaimEntry]


Panel = Literal["measured", "samples", "published"]


class BenchmarkRow(Shape):
    """One figure. Figures of two sources, runs or tests never compare."""

    panel: Panel
    framework: str = Field(description="Slug; for a bare server the name of its entry.")
    test: str = Field(description="Empty for what belongs to no test, such as memory.")
    metric: str
    value: float
    unit: str
    as_of: Day
    source: list[str]
    grade: Grade
    run: str = Field(description="Round or run.")
    version: str
    server: str
    details: dict[str, str | int | float | bool]


class Benchmarks(Versions):
    """Rows of one panel."""

    panel: Panel
    total: int = Field(description="Rows that fit the filter.")
    limit: int
    offset: int
    rows: list[BenchmarkRow]


class EvaluationRequest(Shape):
    """Answers by question; what is left out stays open."""

    answers: dict[str, str]


# Saved decisions


class DecisionRequest(Shape):
    """What to save: answers, and what to call them."""

    answers: dict[str, str]
    title: str = ""
    note: str = ""


class SavedDecision(Shape):
    """Where the decision is."""

    id: str
    url: str
    edit_key: str = Field(description="Deletes the decision; shown once and kept by nobody here.")


class FrozenEvaluation(BaseModel):
    """The evaluation as it was saved. One from an older version may lack newer fields."""

    model_config = ConfigDict(extra="allow")

    schema_version: int
    method_version: str
    data_version: str
    data_as_of: str
    status: str
    answers: dict[str, str]
    ranking: list[dict[str, Any]]
    excluded: list[dict[str, Any]]


class ReadingThenAndNow(Shape):
    """What was read then and now; empty where nothing was known."""

    label: str
    then: str
    now: str
    as_of_then: str
    as_of_now: str
    source_then: list[str]
    source_now: list[str]


class MoveEntry(Shape):
    """A rank before and after; null for who is not in the ranking."""

    slug: str
    name: str
    before: int | None
    after: int | None


class ChangeEntry(Shape):
    """One thing that changed, and what it does when it is the only one."""

    kind: Literal["value", "scale", "reading", "together", "joined", "left", "weights"]
    slug: str
    name: str
    criterion: str
    criterion_name: str
    value_then: float | None
    value_now: float | None
    points: float | None = Field(description="What it adds to the framework's score.")
    readings: list[ReadingThenAndNow]
    moves: list[MoveEntry]
    moves_first: bool
    sentence: str


class PlaceEntry(Shape):
    """A framework's place and points then and now."""

    slug: str
    name: str
    rank_then: int | None
    rank_now: int | None
    score_then: float | None
    score_now: float | None


class DifferencesEntry(Shape):
    """Everything that has changed since the decision was saved."""

    data_version_then: str
    data_version_now: str
    as_of_then: str
    as_of_now: str
    method_version_then: str
    method_version_now: str
    is_same_data: bool
    is_same_method: bool
    outcome: Literal["holds", "joined-first", "left-first", "changed", "nobody", "nobody-left"]
    holds: bool = Field(description="The same frameworks are first as then.")
    sentence: str
    because: str
    first_then: list[str]
    first_now: list[str]
    places: list[PlaceEntry]
    changes: list[ChangeEntry]
    unweighted: int = Field(description="Values that changed where these answers give no weight.")
    notices: list[str]


class DecisionEntry(Shape):
    """A saved decision. ``current`` and ``differences`` are there when asked for."""

    id: str
    url: str
    title: str
    note: str
    created_at: str
    changed_at: str
    evaluation: FrozenEvaluation
    current: Evaluation | None = Field(description="The same answers with today's data.")
    differences: DifferencesEntry | None
