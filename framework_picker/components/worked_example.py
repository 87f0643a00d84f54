"""One score worked out step by step, from the data of the day the page is built."""

from __future__ import annotations

import math

import reflex as rx

from framework_picker import routes
from framework_picker.components import tokens
from framework_picker.components.prose import formula, link, table, text
from framework_picker.components.receipt_button import receipt_button
from framework_picker.domain.explain import listing
from framework_picker.domain.explain import number as count_words
from framework_picker.domain.model import Catalog, Preset
from framework_picker.domain.readings import number
from framework_picker.domain.values import CriterionValue, PartValue, ValueTable
from framework_picker.domain.verdict import verdict
from framework_picker.domain.workings import (
    raw_words,
    share_words,
    sum_of_parts,
    workings,
    worth_words,
)
from framework_picker.state.ranking import evaluation_of
from framework_picker.state.result import ContributionRow, contribution_rows


def worked_example(catalog: Catalog, values: ValueTable, preset: Preset) -> rx.Component:
    """The winner of a preset: one criterion from its facts to its points, then the whole sum."""
    evaluation = evaluation_of(preset.answers)
    slug = verdict(catalog, evaluation).shown
    name = catalog.alternatives[slug].name
    rows = contribution_rows(catalog, preset.answers)
    row = _example_row(values, slug, rows)
    criterion = catalog.criteria[row.criterion]
    cell = values.cells[slug][row.criterion]
    return rx.el.div(
        text(
            "The example is ",
            rx.el.strong(name, class_name="font-strong"),
            " for “",
            link(preset.name, routes.with_answers(routes.RESULT, preset.answers)),
            f"”. Nothing in it is typed in: it is worked out from the data of "
            f"{catalog.as_of.isoformat()} when this page is built.",
        ),
        _step("Facts are read, each with a source and a date."),
        text(f"“{criterion.name}” rests on {_facts(cell)}. For {name} we found:"),
        table(
            ["Fact", "Share", "Found", "Worth"],
            [
                [
                    part.label,
                    part.share,
                    receipt_button(part.reading, of=part.receipt),
                    f"{part.worth} of 100",
                ]
                for part in workings(cell, slug)
            ],
            label=f"Facts behind {criterion.name} of {name}",
            numbers=[1, 3],
        ),
        _step("Each fact gets a value from 0 to 100 on a scale with fixed ends."),
        *_scale_arithmetic(cell),
        *(
            [
                _step("The parts are added by their shares."),
                formula(sum_of_parts(cell)),
            ]
            if len(cell.parts) > 1
            else []
        ),
        _step("The answers give the weight."),
        text(
            "Every answer hands out swing points. These answers hand out "
            f"{evaluation.swing_points.sum():.3g} in all, of which “{criterion.name}” has "
            f"{evaluation.swing_points[criterion.id]:.3g}. So its weight is {row.weight}, and all "
            "weights add up to 100 %.",
        ),
        _step("Weight times value gives points."),
        formula(f"{row.weight} × {row.value} = {row.points} points"),
        _step("The points of all criteria add up to the score."),
        table(
            ["Criterion", "Weight", "Value", "Points"],
            [
                [
                    one.name,
                    one.weight,
                    receipt_button(one.value, of=f"criterion:{one.criterion}:{slug}"),
                    one.points,
                ]
                for one in rows
            ],
            label=f"All points of {name}",
            numbers=[1, 2, 3],
            foot=["Score", "100 %", "", f"{evaluation.ranking[0].score:.1f}"],
        ),
        text(
            "Points are rounded to one decimal in such a way that they still add up; weights are "
            "rounded one by one, so what is shown may sum to a tenth more or less than 100 %. The "
            "app itself never rounds before the screen."
        ),
        class_name="space-y-3 [counter-reset:example]",
    )


def _step(words: str) -> rx.Component:
    return rx.el.h3(
        words,
        class_name=(
            f"{tokens.H2} max-w-[68ch] pt-3 [counter-increment:example] before:mr-2 "
            "before:text-faint before:content-[counter(example)]"
        ),
    )


def _example_row(values: ValueTable, slug: str, rows: list[ContributionRow]) -> ContributionRow:
    """The row whose working shows most: all parts known, many of them numbers on a scale."""

    def tells(row: ContributionRow) -> tuple[bool, int, bool]:
        cell = values.cells[slug][row.criterion]
        return (
            all(part.value is not None for part in cell.parts),
            sum(_is_between_the_ends(part) for part in cell.parts),
            cell.grade == "A",
        )

    return max(rows, key=tells)


def _scale_arithmetic(cell: CriterionValue) -> list[rx.Component]:
    """The rule of every part, and the arithmetic of the first that is a number on a scale."""
    between = next((part for part in cell.parts if _is_between_the_ends(part)), None)
    if between is None:
        return [text(part.rule) for part in workings(cell)]
    function = between.part.value_function
    assert function is not None
    (low, low_worth), (high, high_worth) = function.points[0], function.points[-1]
    raw = getattr(between.evidence, "value", 0)
    unit = getattr(between.evidence, "unit", "")
    assert between.value is not None
    best, worst = (low, high) if low_worth > high_worth else (high, low)
    letter = "log " if function.scale == "log" else ""
    share = (
        f"({letter}{number(worst)} − {letter}{number(raw)}) / "
        f"({letter}{number(worst)} − {letter}{number(best)})"
    )
    why_log = (
        " The scale is logarithmic: doubling counts the same at every size."
        if function.scale == "log"
        else ""
    )
    better, worse = ("less", "more") if best < worst else ("more", "less")
    return [
        text(
            f"{between.part.label}: {raw_words(best, unit)} or {better} is worth 100, "
            f"{raw_words(worst, unit)} or {worse} is worth 0.{why_log} "
            f"{raw_words(raw, unit)} lies between:"
        ),
        formula(f"100 × {share} = {worth_words(between.value)}"),
    ]


def _is_between_the_ends(found: PartValue) -> bool:
    function = found.part.value_function
    return (
        function is not None
        and len(function.points) == 2
        and found.value is not None
        and 0 < found.value < 100
        and math.isclose(sum(worth for _, worth in function.points), 100)
    )


def _facts(cell: CriterionValue) -> str:
    if len(cell.parts) == 1:
        return "one fact"
    shares = listing([share_words(part.part) for part in cell.parts], shown=len(cell.parts))
    return f"{count_words(len(cell.parts))} facts, which count {shares}"
