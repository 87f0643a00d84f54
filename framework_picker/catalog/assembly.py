"""Drafts without faults, made into the domain's objects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Protocol, TypeVar

from framework_picker.catalog.drafts import Draft, FrameworkDraft, TableDraft
from framework_picker.catalog.frozen import FrozenMapping, frozen
from framework_picker.catalog.runs import runs_of
from framework_picker.catalog.schema import (
    WORD_UNITS,
    CapabilityShape,
    ChoiceShape,
    CriterionShape,
    EvidenceShape,
    ImportanceShape,
    LevelShape,
    PartShape,
    QuestionShape,
    RuleShape,
    ValueShape,
)
from framework_picker.domain.answers import MUST, parse_answers
from framework_picker.domain.measures import (
    GRADES,
    grade_on,
    with_derived_facts,
)
from framework_picker.domain.model import (
    Alternative,
    Capability,
    CapabilityKind,
    Catalog,
    Criterion,
    CriterionGroup,
    EvidenceScale,
    Fact,
    FactKind,
    Grade,
    Level,
    MustHave,
    Observation,
    Option,
    Part,
    Preset,
    Question,
    Rule,
    UseCase,
    ValueFunction,
)
from framework_picker.domain.staleness import with_ages

MUST_LABEL = "It is a must"


def assembled(draft: Draft, data_version: str) -> Catalog:
    """The catalog. The draft must be free of faults.

    Raises:
        JudgingError: a derived fact that the domain refuses to compute.
    """
    assert draft.catalog is not None
    assert draft.evidence is not None
    as_of = draft.catalog.as_of
    evidence = evidence_scale(draft.evidence)
    fact_kinds = _by_key(
        FactKind(
            key=key,
            label=kind.shape.label,
            group=kind.shape.group,
            meaning=kind.shape.meaning,
            unit=kind.shape.unit,
            derive=frozen(kind.shape.derive),
            stale_after_days=kind.shape.stale_after_days or draft.evidence.stale_after_days,
        )
        for key, kind in sorted(draft.fact_kinds.items())
    )
    capability_kinds = _by_key(
        CapabilityKind(
            key=key,
            label=kind.label,
            group=kind.group,
            meaning=kind.meaning,
            stale_after_days=kind.stale_after_days or draft.evidence.stale_after_days,
        )
        for key, kind in sorted(draft.capability_kinds.items())
    )
    alternatives = with_derived_facts(
        _alternatives(draft, draft.evidence, as_of),
        fact_kinds=fact_kinds,
        capability_value=evidence.capability_value,
        as_of=as_of,
        stale_after_days=draft.evidence.old_evidence_days,
        runs=runs_of(draft),
    )
    alternatives = with_ages(
        alternatives,
        fact_kinds=fact_kinds,
        capability_kinds=capability_kinds,
        stale_after_days=draft.evidence.stale_after_days,
        as_of=as_of,
    )
    catalog = replace(
        questionnaire(draft),
        as_of=as_of,
        data_version=data_version,
        alternatives=FrozenMapping(
            {
                slug: replace(
                    alternative,
                    facts=FrozenMapping(alternative.facts),
                    capabilities=FrozenMapping(alternative.capabilities),
                    series=FrozenMapping(alternative.series),
                )
                for slug, alternative in sorted(alternatives.items())
            }
        ),
        groups=_by_id(CriterionGroup(group.id, group.name) for group in draft.groups.values()),
        fact_groups=draft.fact_groups or (),
        fact_kinds=fact_kinds,
        capability_kinds=capability_kinds,
        evidence=evidence,
    )
    return _with_answers(catalog, draft)


def questionnaire(draft: Draft) -> Catalog:
    """A catalog of the criteria, levels, must-haves and questions alone: those that fit."""
    criteria = {
        entry.shape.id: _criterion(entry.shape, entry.parts) for entry in draft.criteria.values()
    }
    levels = {level.id: _level(level) for level in draft.levels.values()}
    return Catalog(
        as_of=date.min,
        data_version="",
        alternatives=FrozenMapping(),
        criteria=FrozenMapping(dict(sorted(criteria.items()))),
        groups=FrozenMapping(),
        questions=_by_id(
            _question(question, levels, criteria) for question in draft.questions.values()
        ),
        must_haves=_by_id(
            MustHave(
                id=entry.id,
                text=entry.text,
                failure=entry.failure,
                rule=_rule(entry.rule),
                waived_by=(entry.waived_by.switch, entry.waived_by.option)
                if entry.waived_by
                else None,
            )
            for entry in draft.must_haves.values()
        ),
        levels=FrozenMapping(levels),
        presets=FrozenMapping(),
        use_cases=FrozenMapping(),
        fact_kinds=FrozenMapping(),
        capability_kinds=FrozenMapping(),
        evidence=EvidenceScale(FrozenMapping(), FrozenMapping()),
    )


def value_function(part: PartShape) -> ValueFunction:
    """The part's value function as the domain knows it."""
    return ValueFunction(
        points=tuple((point[0], point[1]) for point in part.points or ()),
        levels=frozen(part.levels),
        scale=part.scale or "linear",
    )


def evidence_scale(shape: EvidenceShape) -> EvidenceScale:
    """Grades and the capability table, with the words that defend them."""
    grades = sorted(shape.grades)
    states = sorted(shape.capability_value)
    return EvidenceScale(
        half_width=FrozenMapping({grade: shape.grades[grade].half_width for grade in grades}),
        capability_value=FrozenMapping(
            {state: shape.capability_value[state].value for state in states}
        ),
        grade_meaning=FrozenMapping({grade: shape.grades[grade].meaning for grade in grades}),
        why_worth=FrozenMapping({state: shape.capability_value[state].why for state in states}),
    )


def grade_of(
    sources: Sequence[str], when: date, given: Grade | None, shape: EvidenceShape, as_of: date
) -> Grade:
    """The grade of an entry: its own, else that of its best source; D when it is too old."""
    grades: list[Grade] = [
        next(entry.grade for entry in shape.grade_of_source if source.startswith(entry.prefix))
        for source in sources
    ]
    grade = given if given is not None else min(grades, key=GRADES.index)
    return grade_on(grade, when, as_of, shape.old_evidence_days)


def _alternatives(draft: Draft, evidence: EvidenceShape, as_of: date) -> dict[str, Alternative]:
    series = _series(draft.tables)
    alternatives: dict[str, Alternative] = {}
    for framework in draft.frameworks:
        header = framework.header
        assert header is not None
        alternatives[header.slug] = Alternative(
            slug=header.slug,
            name=header.name,
            role=header.role,
            language=header.language,
            package=header.package,
            as_of=header.as_of,
            facts=_facts(framework.facts, evidence, as_of),
            capabilities=_capabilities(framework, evidence, as_of),
            series=series.get(header.slug, {}),
            production_users=_listed_facts(framework.production_users, evidence, as_of),
            limits=_listed_facts(framework.limits, evidence, as_of),
            extends=header.extends or "",
        )
    return alternatives


def _facts(
    shapes: Mapping[str, ValueShape], evidence: EvidenceShape, as_of: date
) -> dict[str, Fact]:
    return {
        key: Fact(
            value=frozen(shape.value),
            as_of=shape.as_of,
            source=tuple(shape.source),
            grade=grade_of(shape.source, shape.as_of, shape.grade, evidence, as_of),
            unit=shape.unit,
            note=shape.note,
            checked_against=shape.checked_against,
        )
        for key, shape in sorted(shapes.items())
    }


def _listed_facts(
    shapes: Mapping[str, ValueShape], evidence: EvidenceShape, as_of: date
) -> tuple[Fact, ...]:
    # In the file's order, not that of "limits[10]" before "limits[2]".
    return tuple(_facts({place: shape}, evidence, as_of)[place] for place, shape in shapes.items())


def _capabilities(
    framework: FrameworkDraft, evidence: EvidenceShape, as_of: date
) -> dict[str, Capability]:
    oldest = as_of - timedelta(days=evidence.stale_companion_days)

    def capability(shape: CapabilityShape) -> Capability:
        released = shape.package_released
        return Capability(
            level=shape.value,
            as_of=shape.as_of,
            source=tuple(shape.source),
            grade=grade_of(shape.source, shape.as_of, shape.grade, evidence, as_of),
            is_partial=shape.partial,
            is_stale=released is not None and released < oldest,
            package=shape.package,
            package_version=shape.package_version,
            package_released=released,
            note=shape.note,
            checked_against=shape.checked_against,
        )

    return {key: capability(shape) for key, shape in sorted(framework.capabilities.items())}


def _series(
    tables: Mapping[str, TableDraft],
) -> dict[str, dict[str, tuple[Observation, ...]]]:
    """Rows by framework and table, oldest first, whatever the order of the file."""
    rows: dict[str, dict[str, list[Observation]]] = {}
    for name, table in sorted(tables.items()):
        for row in table.rows:
            by_table = rows.setdefault(row["framework"], {})
            by_table.setdefault(name, []).append(_observation(row))
    return {
        slug: {
            name: tuple(
                sorted(
                    found,
                    key=lambda row: (
                        row.on,
                        row.metric,
                        sorted(row.details.items()),
                        row.source,
                        str(row.value),
                    ),
                )
            )
            for name, found in by_table.items()
        }
        for slug, by_table in rows.items()
    }


_OWN_FIELDS = frozenset({"date", "framework", "metric", "value", "unit", "source", "grade"})


def _observation(row: Mapping[str, str]) -> Observation:
    text = row["value"]
    value: float | str | None = text or None
    if text:
        try:
            value = float(text)
        except ValueError:
            value = text
    # A version such as 6.1 is a word, although it reads like a number.
    if row["unit"] in WORD_UNITS:
        value = text or None
    grade: Grade = row["grade"]  # type: ignore[assignment]
    return Observation(
        on=date.fromisoformat(row["date"]),
        metric=row["metric"],
        value=value,
        unit=row["unit"],
        source=row["source"],
        grade=grade,
        details=FrozenMapping(
            {column: cell for column, cell in row.items() if column not in _OWN_FIELDS}
        ),
    )


def _criterion(shape: CriterionShape, parts: Mapping[str, PartShape]) -> Criterion:
    return Criterion(
        id=shape.id,
        name=shape.name,
        group=shape.group,
        meaning=shape.meaning,
        level_0=shape.level_0,
        level_100=shape.level_100,
        why_these_anchors=shape.why_these_anchors,
        parts=tuple(
            Part(
                id=part.id,
                label=part.label,
                share=part.share / 100,
                fact=part.fact or "",
                capability=part.capability or "",
                value_function=None
                if part.points is None and part.levels is None
                else value_function(part),
            )
            for part in parts.values()
        ),
        best_grade=shape.best_grade,
        evidence=shape.evidence,
    )


def _level(shape: LevelShape) -> Level:
    low, high = shape.cell
    return Level(id=shape.id, label=shape.label, points=shape.points, cell=(low, high))


def _question(
    shape: QuestionShape, levels: Mapping[str, Level], criteria: Mapping[str, Criterion]
) -> Question:
    if isinstance(shape, ImportanceShape):
        return _importance_question(shape, levels, criteria)
    return _choice_question(shape)


def _importance_question(
    shape: ImportanceShape, levels: Mapping[str, Level], criteria: Mapping[str, Criterion]
) -> Question:
    options = [
        Option(
            id=level.id,
            label=level.label,
            meaning=shape.levels.get(level.id, ""),
            points=FrozenMapping(dict.fromkeys(shape.feeds, level.points)),
        )
        for level in levels.values()
    ]
    if shape.must is not None:
        options.append(
            Option(
                id=MUST,
                label=MUST_LABEL,
                meaning=shape.must.meaning,
                points=FrozenMapping(),
                requires=tuple(shape.must.requires),
            )
        )
    swings = [
        f"from “{criteria[criterion].level_0}” to “{criteria[criterion].level_100}”"
        for criterion in shape.feeds
        if criterion in criteria
    ]
    return Question(
        id=shape.id,
        kind="importance",
        text=shape.text,
        short=shape.short,
        why=shape.why,
        options=tuple(options),
        feeds=tuple(shape.feeds),
        swing="; and ".join(swings),
        aliases=tuple(shape.aliases),
    )


def _choice_question(shape: ChoiceShape) -> Question:
    fed = (criterion for option in shape.options for criterion in sorted(option.points))
    return Question(
        id=shape.id,
        kind=shape.kind,
        text=shape.text,
        short=shape.short,
        why=shape.why,
        options=tuple(
            Option(
                id=option.id,
                label=option.label,
                meaning=option.meaning,
                points=FrozenMapping(dict(sorted(option.points.items()))),
                requires=tuple(option.requires),
                includes=tuple(option.includes),
                aliases=tuple(option.aliases),
            )
            for option in shape.options
        ),
        feeds=tuple(dict.fromkeys(fed)),
        aliases=tuple(shape.aliases),
    )


def _rule(shape: RuleShape) -> Rule:
    return Rule(
        fact=shape.fact or "",
        capability=shape.capability or "",
        one_of=tuple(shape.one_of or ()),
        all_of=tuple(_rule(rule) for rule in shape.all_of or ()),
        any_of=tuple(_rule(rule) for rule in shape.any_of or ()),
    )


def _with_answers(catalog: Catalog, draft: Draft) -> Catalog:
    """The catalog with presets and use cases; their answers under today's names."""

    def canonical(answers: Mapping[str, str]) -> Mapping[str, str]:
        return FrozenMapping(parse_answers(catalog, answers)[0])

    use_cases = _by_id(
        UseCase(
            id=entry.use_case,
            name=entry.name,
            sources_agree=entry.sources_agree,
            recommended_by_sources=tuple(entry.recommended_by_sources),
            ledger_recommendation=entry.ledger_recommendation,
            ledger_view=entry.ledger_view,
            answers=canonical(entry.answers),
        )
        for entry in draft.use_cases.values()
    )
    presets = _by_id(
        Preset(
            id=entry.id,
            name=entry.name,
            summary=entry.summary,
            answers=use_cases[entry.use_case].answers
            if entry.use_case
            else canonical(entry.answers or {}),
        )
        for entry in draft.presets.values()
    )
    return replace(catalog, presets=presets, use_cases=use_cases)


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


class _HasKey(Protocol):
    @property
    def key(self) -> str: ...


IdT = TypeVar("IdT", bound=_HasId)
KeyT = TypeVar("KeyT", bound=_HasKey)


def _by_id(entries: Iterable[IdT]) -> FrozenMapping[str, IdT]:
    return FrozenMapping({entry.id: entry for entry in entries})


def _by_key(entries: Iterable[KeyT]) -> FrozenMapping[str, KeyT]:
    return FrozenMapping({entry.key: entry for entry in entries})
