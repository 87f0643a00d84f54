"""One criterion: what it means, where its scale ends and why, what it is made of."""

from __future__ import annotations

import math

import reflex as rx

from framework_picker.components import tokens
from framework_picker.components.prose import aside, link, text
from framework_picker.domain.model import Catalog, Criterion, Part
from framework_picker.domain.readings import number
from framework_picker.domain.spread import Spread, spread, ticks
from framework_picker.domain.values import ValueTable
from framework_picker.domain.workings import share_words, worth_words

DOT = 7.0
"""Distance of two dots above each other, in units of the picture."""

LENGTH, MARGIN, FEWEST_ROWS = 560.0, 8.0, 2


def criterion_scale(catalog: Catalog, values: ValueTable, criterion: Criterion) -> rx.Component:
    """The entry of one criterion on the method page."""
    group = list(catalog.groups).index(criterion.group)
    return rx.el.article(
        rx.el.h4(
            rx.el.span(
                aria_hidden="true",
                class_name=f"carries-data mr-2 inline-block size-2.5 {tokens.GROUP_FILL[group]}",
            ),
            criterion.name,
            class_name=tokens.H2,
        ),
        text(criterion.meaning),
        _dot_plot(spread(catalog, values, criterion.id), group, criterion),
        _parts(catalog, criterion),
        aside(rx.el.b("Why these ends. ", class_name="font-medium"), criterion.why_these_anchors),
        id=f"criterion-{criterion.id}",
        class_name="scroll-mt-6 space-y-2.5 border-t border-rule pt-4 first:border-0 first:pt-0",
    )


def _dot_plot(found: Spread, group: int, criterion: Criterion) -> rx.Component:
    """One dot per framework on the scale from 0 to 100, equal values above each other."""
    rows = max([FEWEST_ROWS, *(count for _, count in found.stacks)])
    base = rows * DOT + MARGIN
    dots = "".join(
        f"M{MARGIN + place / 100 * LENGTH:.1f} {base - DOT * (step + 0.5):.1f}h0"
        for place, count in found.stacks
        for step in range(count)
    )
    picture = rx.el.svg(
        rx.el.svg.path(
            d=f"M{MARGIN:.0f} {base:.1f}h{LENGTH:.0f}"
            + "".join(
                f"M{MARGIN + share * LENGTH:.1f} {base:.1f}v4" for share in (0, 0.25, 0.5, 0.75, 1)
            ),
            class_name="fill-none stroke-edge",
        ),
        rx.el.svg.path(
            d=dots or "M0 0",
            class_name=(
                "fill-none stroke-[5.5] [stroke-linecap:round] "
                + tokens.GROUP_SVG_FILL[group].replace("fill-", "stroke-")
            ),
        ),
        view_box=f"0 0 {LENGTH + 2 * MARGIN:.0f} {base + 6:.0f}",
        role="img",
        aria_label=f"{criterion.name}: one dot per framework. {found.sentence}",
        class_name="carries-data block w-full",
    )
    return rx.el.figure(
        picture,
        rx.el.div(
            rx.el.span(rx.el.b("0", class_name="font-strong"), f" · {criterion.level_0}"),
            rx.el.span(
                rx.el.b("100", class_name="font-strong"),
                f" · {criterion.level_100}",
                class_name="text-right",
            ),
            class_name="grid grid-cols-2 gap-x-6 text-13 leading-snug",
        ),
        rx.el.figcaption(found.sentence, class_name="mt-1 text-13 text-soft"),
        class_name="max-w-[36rem]",
    )


def _parts(catalog: Catalog, criterion: Criterion) -> rx.Component:
    return rx.el.dl(
        *(
            rx.el.div(
                rx.el.dt(
                    rx.el.span(share_words(part), class_name="inline-block w-14 tabular-nums"),
                    rx.el.span(part.label, class_name="font-medium"),
                    _unit(catalog, part),
                ),
                rx.el.dd(_scale(part), class_name="pl-14 sm:pl-0"),
                class_name=(
                    "grid gap-x-4 gap-y-1 border-b border-rule py-1.5 "
                    "sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]"
                ),
            )
            for part in criterion.parts
        ),
        class_name="max-w-[48rem] text-14",
    )


def _unit(catalog: Catalog, part: Part) -> rx.Component:
    unit = catalog.fact_kinds[part.fact].unit if part.fact else ""
    return rx.el.span(f", {unit}", class_name="text-soft") if unit else rx.fragment()


def _scale(part: Part) -> rx.Component:
    """The scale of a part: ticks for numbers, a list for levels."""
    function = part.value_function
    if function is None:
        return link("the capability table", "#capabilities")
    if function.levels is not None:
        levels = sorted(function.levels.items(), key=lambda level: (-level[1], level[0]))
        return rx.el.ul(
            *(
                rx.el.li(
                    rx.el.b(worth_words(worth), class_name="font-strong tabular-nums"),
                    f" {level}",
                )
                for level, worth in levels
            ),
            class_name="flex flex-wrap gap-x-4",
        )
    return rx.el.ol(
        *(
            rx.el.li(
                rx.el.b(worth_words(worth), class_name="block font-strong"),
                rx.el.span(_tick(raw, is_end=worth in (0, 100))),
                class_name="border-t border-edge pt-0.5 pr-2",
            )
            for worth, raw in ticks(function)
        ),
        class_name="grid auto-cols-fr grid-flow-col tabular-nums",
        aria_label="Logarithmic scale" if function.scale == "log" else "Even scale",
    )


def _tick(raw: float, *, is_end: bool) -> str:
    """A measure at a tick: exact at the ends, which are anchors, two digits between them."""
    if is_end or raw == 0:
        return number(float(raw))
    digits = 1 - math.floor(math.log10(abs(raw)))
    return number(float(round(raw, digits)))


def criteria_by_group(catalog: Catalog, values: ValueTable) -> rx.Component:
    """Every criterion, group by group."""
    return rx.el.div(
        *(
            rx.el.div(
                rx.el.h3(group.name, class_name=f"{tokens.H2} mb-4 text-soft"),
                rx.el.div(
                    *(
                        criterion_scale(catalog, values, criterion)
                        for criterion in catalog.criteria.values()
                        if criterion.group == group.id
                    ),
                    class_name="space-y-8",
                ),
            )
            for group in catalog.groups.values()
        ),
        class_name="space-y-12 pt-2",
    )
