"""The tables of the method page: every number we chose, straight from the catalog."""

from __future__ import annotations

import reflex as rx

from framework_picker import routes
from framework_picker.components import tokens
from framework_picker.components.prose import Words, link, table
from framework_picker.components.receipt_button import receipt_button
from framework_picker.domain.explain import listing
from framework_picker.domain.model import CapabilityKind, Catalog, Fact, FactKind, Question
from framework_picker.domain.readings import LEVEL_WORDS
from framework_picker.domain.receipts import sentence
from framework_picker.domain.values import ValueTable
from framework_picker.domain.workings import share_words, worth_words


def level_table(catalog: Catalog) -> rx.Component:
    """The five levels of importance and their swing points."""
    return table(
        ["Answer", "Swing points", "Stands for"],
        [
            [
                level.label,
                worth_words(level.points),
                f"{worth_words(level.cell[0])} to {worth_words(level.cell[1])} points",
            ]
            for level in catalog.levels.values()
        ],
        label="The five levels",
        numbers=[1],
    )


def question_table(catalog: Catalog) -> rx.Component:
    """Which question gives weight to which criterion, and what it can rule out."""
    return table(
        ["Question", "Gives weight to", "Can rule out what does not …"],
        [
            [
                question.short,
                ", ".join(catalog.criteria[key].name for key in question.feeds) or "–",
                _requirements(catalog, question),
            ]
            for question in catalog.questions.values()
            if question.kind != "switch"
        ],
        label="Questions and criteria",
        is_wide=True,
    )


def choice_table(catalog: Catalog) -> rx.Component:
    """The points of choices that have an effect table of their own."""
    return table(
        ["Question", "Answer", "Swing points"],
        [
            [question.short, option.label, _points(catalog, dict(option.points))]
            for question in catalog.questions.values()
            if question.kind == "choice" and any(option.points for option in question.options)
            for option in question.options
        ],
        label="Choices and their swing points",
    )


def capability_table(catalog: Catalog) -> rx.Component:
    """What each state of a capability is worth, and why."""
    worth = sorted(catalog.evidence.capability_value.items(), key=lambda item: (-item[1], item[0]))
    return table(
        ["Who brings it", "Value", "Why"],
        [
            [_state_words(state), worth_words(value), catalog.evidence.why_worth.get(state, "")]
            for state, value in worth
        ],
        label="Capability table",
        is_wide=True,
        numbers=[1],
    )


def grade_table(catalog: Catalog) -> rx.Component:
    """What a grade of evidence means, and the doubt it leaves."""
    return table(
        ["Grade", "Evidence", "A value may be off by"],
        [
            [
                grade,
                catalog.evidence.grade_meaning.get(grade, ""),
                f"{worth_words(half_width)} points",
            ]
            for grade, half_width in sorted(catalog.evidence.half_width.items())
        ],
        label="Grades of evidence",
        numbers=[2],
    )


def stale_table(catalog: Catalog) -> rx.Component:
    """After how long a reading is marked as stale, for the kinds of facts that differ."""
    labels: dict[int, list[str]] = {}
    kinds: list[FactKind | CapabilityKind] = [
        *catalog.fact_kinds.values(),
        *catalog.capability_kinds.values(),
    ]
    for kind in kinds:
        labels.setdefault(kind.stale_after_days, []).append(kind.label)
    usual = max(labels, key=lambda days: len(labels[days]))
    return table(
        ["Facts", "Marked as stale after"],
        [
            ["All others" if days == usual else listing(sorted(names), shown=9), f"{days} days"]
            for days, names in sorted(labels.items())
        ],
        label="When a reading is stale",
        numbers=[1],
    )


def unknown_table(catalog: Catalog, values: ValueTable) -> rx.Component:
    """For how many frameworks each criterion is not verified, where it is any."""
    unknown = {str(key): int(count) for key, count in (~values.is_known).sum().items() if count}
    total = len(values.is_known.index)
    return table(
        ["Criterion", "Not verified for"],
        [
            [
                catalog.criteria[key].name,
                f"all {total}" if count == total else f"{count} of {total}",
            ]
            for key, count in sorted(unknown.items(), key=lambda item: (-item[1], item[0]))
        ],
        label="What is not verified",
    )


def judgement_table(catalog: Catalog) -> rx.Component:
    """Every fact that is our own judgement, with its reasons."""
    kinds = [kind for kind in catalog.fact_kinds.values() if kind.group == "Judgement"]
    rows = [
        [
            rx.el.a(one.name, href=routes.framework(one.slug), class_name=tokens.QUIET_LINK),
            *(_judgement(one.facts.get(kind.key), f"fact:{kind.key}:{one.slug}") for kind in kinds),
        ]
        for one in sorted(catalog.alternatives.values(), key=lambda one: one.name.casefold())
        if any(kind.key in one.facts for kind in kinds)
    ]
    return table(
        ["Framework", *(kind.label for kind in kinds)],
        rows,
        label="Judgements and their reasons",
        is_wide=True,
    )


def community_table(catalog: Catalog) -> rx.Component:
    """Numbers counted in public: what they count in, and what to know about them."""
    return table(
        ["Number", "Counts in", "What to know"],
        [
            [kind.label, _used_in(catalog, kind), kind.meaning]
            for kind in catalog.fact_kinds.values()
            if kind.derive is not None and "table" in kind.derive
        ],
        label="Community numbers",
        is_wide=True,
    )


def _requirements(catalog: Catalog, question: Question) -> str:
    needed = dict.fromkeys(key for option in question.options for key in option.requires)
    return "; ".join(catalog.must_haves[key].text for key in needed) or "–"


def _points(catalog: Catalog, points: dict[str, float]) -> str:
    words = [
        f"{worth_words(number)} for {catalog.criteria[key].name}" for key, number in points.items()
    ]
    return listing(words) if words else "none"


def _state_words(state: str) -> str:
    """``third-party-partial-stale`` as people say it."""
    is_stale, is_partial = state.endswith("-stale"), "-partial" in state
    words = LEVEL_WORDS[state.removesuffix("-stale").removesuffix("-partial")]
    words = f"{words}, in part" if is_partial else words
    return f"{words}, long without a release" if is_stale else words


def _judgement(fact: Fact | None, receipt: str) -> Words:
    if fact is None:
        return "not judged"
    return rx.el.details(
        rx.el.summary(str(fact.value), class_name="list-inside"),
        rx.el.p(
            sentence(fact.note),
            " ",
            receipt_button("Source and date", of=receipt, look=tokens.LINK),
            class_name="mt-1 text-13 text-soft",
        ),
    )


def _used_in(catalog: Catalog, kind: FactKind) -> Words:
    used = [
        rx.el.p(
            link(criterion.name, f"#criterion-{criterion.id}"),
            f", {share_words(part)}",
        )
        for criterion in catalog.criteria.values()
        for part in criterion.parts
        if part.fact == kind.key
    ]
    return rx.el.div(*used) if used else "nothing; it is shown on the profile"
