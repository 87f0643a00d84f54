"""The shape of every entry of every file. Meaning is checked afterwards, in ``checks``.

One model per kind of entry, extra names forbidden, no conversion behind the author's back.
``shaped`` checks one entry at a time, so that one bad entry hides no other.
"""

from __future__ import annotations

import math
import re
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)
from pydantic_core import ErrorDetails

from framework_picker.catalog.problems import Report, listed, shown
from framework_picker.domain.model import CapabilityLevel, Grade, Role

MOST_GROUPS = 5
# Beyond this no fact is meant, and sums of floats would overflow.
LARGEST_NUMBER = 1e15
# Table cells under these units are words; every other unit counts something.
WORD_UNITS = frozenset({"date", "version", "text"})

_DAY = re.compile(r"(19|20|21)\d\d-\d\d-\d\d")
_SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
_KEY = r"[a-z][a-z0-9]*(_[a-z0-9]+)*"

FactType = Literal[
    "text",
    "code",
    "whole number",
    "number",
    "yes/no",
    "date",
    "list",
    "version range",
    "support windows",
]


def _day(found: object) -> date:
    if isinstance(found, str) and _DAY.fullmatch(found):
        try:
            return date.fromisoformat(found)
        except ValueError:
            pass
    raise ValueError("a date like 2026-11-20")


def _fact_value(found: Any) -> Any:
    """Texts, finite numbers, true or false, and lists of them or of entries of them."""
    if found is None:
        raise ValueError("a value (leave the whole entry out when it is not verified)")
    if isinstance(found, list):
        return [_list_item(item) for item in found]
    return _plain_value(found)


def _list_item(found: Any) -> Any:
    if isinstance(found, dict):
        return {name: _plain_value(value) for name, value in found.items()}
    return _plain_value(found)


def _plain_value(found: Any) -> Any:
    if isinstance(found, str) and not found.strip():
        raise ValueError("a text that is not empty")
    if isinstance(found, float | int) and not (
        math.isfinite(found) and abs(found) < LARGEST_NUMBER
    ):
        raise ValueError("a finite number below 10^15")
    if not isinstance(found, str | int | float):
        raise ValueError("a text, a number, or true or false")
    return found


def _number(found: float) -> float:
    if not abs(found) < LARGEST_NUMBER:
        raise ValueError("a finite number below 10^15")
    return found


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Slug = Annotated[str, StringConstraints(pattern=rf"^{_SLUG}$")]
Key = Annotated[str, StringConstraints(pattern=rf"^{_KEY}$")]
Day = Annotated[date, BeforeValidator(_day)]
Number = Annotated[float, Field(allow_inf_nan=False), AfterValidator(_number)]
NotNegative = Annotated[Number, Field(ge=0)]
Pair = Annotated[list[Number], Field(min_length=2, max_length=2)]
Value100 = Annotated[Number, Field(ge=0, le=100)]
Days = Annotated[int, Field(gt=0, le=36_500)]
Sources = Annotated[list[Text], Field(min_length=1)]


class Shape(BaseModel):
    """An entry of a file: no other names than these, no conversion, nothing changes it."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class CatalogShape(Shape):
    """data/catalog.yaml."""

    schema_version: Literal[1]
    as_of: Day
    title: Text


# -- data/frameworks/<slug>.yaml


class ValueShape(Shape):
    """A fact, a known user or a documented limit."""

    value: Annotated[Any, BeforeValidator(_fact_value)]
    as_of: Day
    source: Sources
    unit: Text = ""
    note: Text = ""
    grade: Grade | None = None
    checked_against: Text = ""


class CapabilityShape(Shape):
    """What a framework offers for one job."""

    value: CapabilityLevel
    as_of: Day
    source: Sources
    partial: bool = False
    package: Text = ""
    package_version: Text = ""
    package_released: Day | None = None
    note: Text = ""
    grade: Grade | None = None
    checked_against: Text = ""


class FrameworkShape(Shape):
    """A framework's file. Its entries are shaped one by one."""

    schema_version: Literal[1]
    slug: Slug
    name: Text
    role: Role
    language: Text
    as_of: Day
    facts: dict[str, Any]
    capabilities: dict[str, Any]
    package: Text = ""
    extends: Slug | None = None
    production_users: list[Any] = []
    limits: list[Any] = []


# -- data/facts.yaml


class FactsFileShape(Shape):
    """data/facts.yaml. Its entries are shaped one by one."""

    schema_version: Literal[1]
    groups: Annotated[list[Text], Field(min_length=1)]
    facts: dict[str, Any]
    capabilities: dict[str, Any]


class FactKindShape(Shape):
    """What a fact key means. ``derive`` is shaped by its own kind."""

    label: Text
    group: Text
    meaning: Text
    unit: Text = ""
    type: FactType | None = None
    one_of: Annotated[list[Text], Field(min_length=1)] | None = None
    derive: dict[str, Any] | None = None
    stale_after_days: Days | None = None


class CapabilityKindShape(Shape):
    """What a capability key means."""

    label: Text
    group: Text
    meaning: Text
    stale_after_days: Days | None = None


class FromTable(Shape):
    """What the rules that read a community table share."""

    table: Text
    metric: Text
    where: dict[str, str] = {}  # an empty text asks for an empty cell


class NewestShape(FromTable):
    """The newest row's reading."""

    kind: Literal["newest"]
    column: Text = "value"
    same_package: Text = ""
    shares_signal_with: dict[Slug, Slug] = {}


class TotalShape(FromTable):
    """The sum of the rows since a day."""

    kind: Literal["total"]
    since: Day
    column: Text = "value"


class CoversShape(Shape):
    """Whom a table covers: no row then means none."""

    language: Text


class CountShape(FromTable):
    """The number of rows."""

    kind: Literal["count"]
    zero_when: CoversShape | None = None


class DaysSinceShape(Shape):
    """Days since a date."""

    kind: Literal["days_since"]
    fact: Key


class NothingPromisedShape(Shape):
    """The answer of another fact that means zero."""

    fact: Key
    equals: Text


class MonthsLeftShape(Shape):
    """Months until the last support window of a released series closes."""

    kind: Literal["months_left"]
    fact: Key
    zero_when: NothingPromisedShape | None = None


class CoveredShape(Shape):
    """Share of capabilities that are not none."""

    kind: Literal["covered"]
    capabilities: Annotated[list[Key], Field(min_length=1)]


class BenchmarkRatioShape(Shape):
    """A figure from the runs in data/benchmarks."""

    kind: Literal["benchmark"]
    scenario: Text
    metric: Literal["ratio_to_baseline"]
    mode: Text = ""
    matrix: Literal["same-server", "documented-server"] = "same-server"


class IdleMemoryShape(Shape):
    """Memory at rest from the runs in data/benchmarks; the written fact where none has it."""

    kind: Literal["idle_memory"]
    fact: Key


DeriveShape = (
    NewestShape
    | TotalShape
    | CountShape
    | DaysSinceShape
    | MonthsLeftShape
    | CoveredShape
    | BenchmarkRatioShape
    | IdleMemoryShape
)
DERIVE_SHAPES: dict[str, type[DeriveShape]] = {
    "newest": NewestShape,
    "total": TotalShape,
    "count": CountShape,
    "days_since": DaysSinceShape,
    "months_left": MonthsLeftShape,
    "covered": CoveredShape,
    "benchmark": BenchmarkRatioShape,
    "idle_memory": IdleMemoryShape,
}


# -- data/evidence.yaml


class GradeShape(Shape):
    """How much doubt a grade leaves."""

    half_width: Value100
    meaning: Text


class SourceGradeShape(Shape):
    """The grade of citations that begin with a prefix."""

    prefix: str
    grade: Grade
    why: Text


class CapabilityValueShape(Shape):
    """What a capability state is worth, and why."""

    value: Value100
    why: Text


class EvidenceShape(Shape):
    """data/evidence.yaml."""

    schema_version: Literal[1]
    grades: dict[Grade, GradeShape]
    grade_of_source: Annotated[list[SourceGradeShape], Field(min_length=1)]
    old_evidence_days: Days
    stale_companion_days: Days
    stale_after_days: Days = 365
    capability_value: dict[str, CapabilityValueShape]


# -- data/criteria.yaml


class CriteriaFileShape(Shape):
    """data/criteria.yaml. Its criteria are shaped one by one."""

    groups: Annotated[list[Any], Field(min_length=1, max_length=MOST_GROUPS)]
    criteria: Annotated[list[Any], Field(min_length=1)]


class GroupShape(Shape):
    """A group of criteria."""

    id: Slug
    name: Text


class PartShape(Shape):
    """One fact or capability that a criterion is made of."""

    id: Slug
    label: Text
    share: Annotated[Number, Field(gt=0, le=100)]
    fact: Key | None = None
    capability: Key | None = None
    points: list[Pair] | None = None
    levels: dict[str, Number] | None = None
    scale: Literal["linear", "log"] | None = None


class CriterionShape(Shape):
    """One thing we judge by. Its parts are shaped one by one."""

    id: Slug
    name: Text
    group: Text
    meaning: Text
    level_0: Text
    level_100: Text
    why_these_anchors: Text
    evidence: Text
    parts: Annotated[list[Any], Field(min_length=1)]
    best_grade: Grade = "A"


# -- data/questions.yaml


class QuestionsFileShape(Shape):
    """data/questions.yaml. Its entries are shaped one by one."""

    levels: Annotated[list[Any], Field(min_length=2)]
    must_haves: list[Any]
    questions: Annotated[list[Any], Field(min_length=1)]


class LevelShape(Shape):
    """One importance level."""

    id: Slug
    label: Text
    points: NotNegative
    cell: Pair


class RuleShape(Shape):
    """A condition on one framework."""

    fact: Key | None = None
    capability: Key | None = None
    one_of: Annotated[list[Text], Field(min_length=1)] | None = None
    all_of: Annotated[list[RuleShape], Field(min_length=1)] | None = None
    any_of: Annotated[list[RuleShape], Field(min_length=1)] | None = None


class WaiverShape(Shape):
    """The switch position that lifts a must-have."""

    switch: Slug
    option: Slug


class MustHaveShape(Shape):
    """A requirement that filters."""

    id: Slug
    text: Text
    failure: Text
    rule: RuleShape
    waived_by: WaiverShape | None = None


class MustShape(Shape):
    """The must-have answer of an importance question."""

    requires: Annotated[list[Slug], Field(min_length=1)]
    meaning: Text


class OptionShape(Shape):
    """An answer of a choice or a switch."""

    id: Slug
    label: Text
    meaning: Text
    points: dict[str, NotNegative] = {}
    requires: list[Slug] = []
    includes: list[Role] = []
    aliases: list[Slug] = []


class ImportanceShape(Shape):
    """How much something matters."""

    id: Slug
    kind: Literal["importance"]
    text: Text
    short: Text
    why: Text
    feeds: Annotated[list[Slug], Field(min_length=1)]
    levels: dict[str, Text]
    must: MustShape | None = None
    aliases: list[Slug] = []


class ChoiceShape(Shape):
    """A question with options of its own, or a switch."""

    id: Slug
    kind: Literal["choice", "switch"]
    text: Text
    short: Text
    why: Text
    options: Annotated[list[OptionShape], Field(min_length=2)]
    aliases: list[Slug] = []


QuestionShape = ImportanceShape | ChoiceShape


# -- data/presets.yaml and data/use_cases.yaml


class PresetShape(Shape):
    """A full set of answers, its own or those of a use case."""

    id: Slug
    name: Text
    summary: Text
    answers: dict[str, Text] | None = None
    use_case: Slug | None = None


class UseCasesFileShape(Shape):
    """data/use_cases.yaml. Its use cases are shaped one by one."""

    use_cases: Annotated[list[Any], Field(min_length=1)]
    meta: dict[str, Any] = {}


class RecommendationShape(Shape):
    """What one article recommends."""

    source: Text
    framework: Slug
    role: Text
    source_line: int | None = None


class UseCaseShape(Shape):
    """A use case that published articles name, and our answers for it."""

    use_case: Slug
    name: Text
    recommendations: list[RecommendationShape]
    sources_agree: Literal["unanimous", "majority", "split", "single-source"]
    recommended_by_sources: Annotated[list[Slug], Field(min_length=1)]
    ledger_recommendation: Slug
    implied_weights: dict[str, int]
    ledger_view: Text
    claims: list[Text]
    answers: dict[str, Text]


ShapeT = TypeVar("ShapeT", bound=Shape)


def shaped(
    model: type[ShapeT], content: object, *, file: str, field: str, report: Report
) -> ShapeT | None:
    """The entry in its shape; None, and a problem per fault, when it does not fit."""
    try:
        return model.model_validate(content)
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            report.add(file, _place(field, fault["loc"]), _expected(fault, model), _found(fault))
    return None


def joined(field: str, name: str) -> str:
    """The place of an entry inside a field."""
    return f"{field}.{name}" if field else name


def _place(field: str, location: tuple[int | str, ...]) -> str:
    for step in location:
        if isinstance(step, int):
            field = f"{field}[{step + 1}]"
        elif step != "[key]":
            field = joined(field, step)
    return field


_EXPECTED = {
    "missing": "an entry",
    "string_type": "a text (in quotes if it looks like a number)",
    "string_too_short": "a text that is not empty",
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "names with entries",
    "model_type": "names with entries",
    "model_attributes_type": "names with entries",
    "finite_number": "a finite number",
}


def _expected(fault: ErrorDetails, model: type[BaseModel]) -> str:
    kind, context = fault["type"], fault.get("ctx", {})
    if kind in _EXPECTED:
        return _EXPECTED[kind]
    if kind == "extra_forbidden":
        if len(fault["loc"]) == 1:
            return f"one of {listed(model.model_fields)}"
        return "no such entry"
    if kind == "literal_error":
        return str(context["expected"]).replace("'", "")
    if kind == "string_pattern_mismatch":
        return "a short name of small letters, digits and single dashes (underscores in keys)"
    if kind == "value_error":
        return str(context["error"])
    if kind == "string_too_long":
        return f"at most {context['max_length']} characters"
    if kind == "too_short":
        return f"at least {context['min_length']} entry"
    if kind == "too_long":
        return f"at most {context['max_length']} entries"
    return str(fault["msg"]).removeprefix("Input should be ")


def _found(fault: ErrorDetails) -> str:
    if fault["type"] == "missing":
        return "none"
    if fault["type"] == "extra_forbidden":
        return shown(str(fault["loc"][-1]))
    return shown(fault["input"])
