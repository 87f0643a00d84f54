"""The sign view: for a pair of frameworks, who is ahead in which test of which source."""

from __future__ import annotations

import reflex as rx

from framework_picker import routes
from framework_picker.components import tokens
from framework_picker.components.fold import Fold
from framework_picker.components.sources import source_list
from framework_picker.state.signs import (
    SIGNS_PLACE,
    SignEntry,
    SignGroup,
    SignRowView,
    SignsState,
    SignsView,
    most_shared,
    pair_sums,
)

View = rx.vars.ObjectVar[SignsView]

_GRID = (
    "grid grid-cols-[minmax(0,1fr)_6rem] items-center gap-x-4 gap-y-0.5 "
    "sm:grid-cols-[minmax(0,16rem)_6rem_minmax(0,11rem)_minmax(0,1fr)]"
)
_PLACE = {
    "ahead": "left-[8%] w-[22%] rounded-full bg-ink",
    "behind": "left-[70%] w-[22%] rounded-full bg-ink",
    "level": "left-[45%] w-[10%] bg-ink",
    "split": "left-[8%] w-[84%] rounded-full border border-ink",
    "unmeasured": "hidden",
}
"""Where the mark of a sign stands on its track: left for the first, right for the other."""


def pair_signs() -> rx.Component:
    """The signs of the two frameworks on the Compare page; nothing for any other number."""
    return rx.cond(SignsState.signs.one != "", signs(view=SignsState.signs))


def signs_against_others(slug: str) -> rx.Component:
    """One line per framework that was measured beside this one most often, for its profile."""
    sums = pair_sums(slug, most_shared(slug))
    if not sums:
        return rx.el.p(
            "No published or measured test that counts has this one beside another framework.",
            class_name=f"{tokens.SUB} mt-1",
        )
    return rx.el.div(
        rx.el.p(
            "In how many tests which of two is ahead, over all sources; each leads to the tests, "
            "their figures, dates and sources. ",
            rx.el.a(
                "How signs are read", href=routes.method_section("signs"), class_name=tokens.LINK
            ),
            class_name=f"{tokens.SUB} mt-1 max-w-[80ch]",
        ),
        rx.el.ul(
            *(
                rx.el.li(
                    rx.el.a(one.name, href=one.href, class_name=f"{tokens.LINK} font-medium"),
                    rx.el.span(one.words, class_name="text-soft tabular-nums"),
                    class_name=(
                        f"{tokens.RULED} grid gap-x-6 py-2 text-14 "
                        "sm:grid-cols-[16rem_minmax(0,1fr)]"
                    ),
                )
                for one in sums
            ),
            class_name="mt-3 max-w-4xl border-t border-rule",
        ),
        data_origin=routes.method_section("signs"),
    )


@rx.memo
def signs(view: View) -> rx.Component:
    """All signs of a pair.

    Args:
        view: A ``SignsView``, from a state or as a literal (``signs_view("flask", "django")``).
            The rows behind a line come when it is opened.
    """
    return rx.el.section(
        rx.el.h2("Benchmarks: who is ahead, ", view.one, " or ", view.other, class_name=tokens.H2),
        rx.el.p(
            view.summary,
            " Sources differ in machine, version and load, so signs are counted and figures never "
            "averaged. 2× means that ",
            view.one,
            " answered twice ",
            view.other,
            "’s requests; closer than 5 % (7 % in our own runs) is noise. Open a line for figures, "
            "dates and sources. ",
            rx.el.a(
                "How signs are read",
                href=routes.method_section("signs"),
                class_name=tokens.LINK,
            ),
            class_name=f"{tokens.SUB} mt-1 max-w-[80ch]",
        ),
        rx.cond(
            view.groups,
            rx.el.div(
                rx.el.span(),
                rx.el.span(
                    rx.el.span(view.one, class_name="truncate"),
                    rx.el.span(view.other, class_name="truncate"),
                    class_name="flex justify-between gap-1",
                ),
                aria_hidden="true",
                class_name=f"{_GRID} mt-4 pl-4 text-13 text-soft",
            ),
        ),
        rx.foreach(view.groups, _group),
        rx.cond(
            view.unmeasured != "",
            rx.el.p(view.unmeasured, class_name="mt-3 max-w-[80ch] text-13 text-soft"),
        ),
        id=SIGNS_PLACE,
        data_origin=routes.method_section("signs"),
        class_name="mt-12 scroll-mt-4",
    )


def _group(group: rx.vars.ObjectVar[SignGroup]) -> rx.Component:
    return rx.el.div(
        rx.el.h3(group.label, class_name="border-b border-edge pt-4 pb-1 text-14 font-strong"),
        rx.foreach(group.lines, _line),
        rx.cond(
            group.unmeasured != "",
            rx.el.p(
                "Not measured: ", group.unmeasured, ".", class_name="py-1.5 text-13 text-faint"
            ),
        ),
        key=group.label,
    )


def _line(line: rx.vars.ObjectVar[SignEntry]) -> rx.Component:
    return Fold.create(
        rx.el.summary(
            rx.el.span(
                rx.el.span(
                    rx.el.span(line.source),
                    rx.cond(
                        line.mode != "",
                        rx.el.span(line.mode, class_name="block text-13 text-soft"),
                    ),
                ),
                _track(line.sign),
                rx.el.span(
                    line.words,
                    class_name=rx.cond(line.why_not != "", "text-soft", "font-medium"),
                ),
                rx.el.span(
                    line.counts,
                    " · ",
                    line.reach,
                    " · ",
                    rx.el.span(line.days, class_name="whitespace-nowrap"),
                    rx.cond(
                        line.why_not != "",
                        rx.el.span("Not counted: ", line.why_not, class_name="block text-warn"),
                    ),
                    class_name="text-13 text-soft tabular-nums max-sm:col-span-full",
                ),
                class_name=_GRID,
            ),
            class_name="opens py-1.5 text-14 hover:text-accent",
        ),
        rx.cond(
            SignsState.rows.contains(line.key),
            _rows(SignsState.rows[line.key].to(list[SignRowView])),
            rx.el.p("Looking up the figures …", class_name="py-2 text-13 text-soft"),
        ),
        on_toggle=SignsState.toggle_line(line.key),
        key=line.key,
        class_name=f"{tokens.RULED} pl-4",
    )


def _track(sign: rx.Var[str]) -> rx.Component:
    """A short line with the mark at its left, its middle or its right."""
    return rx.el.span(
        rx.el.span(
            class_name=rx.cond(
                sign == "unmeasured",
                "hidden",
                "absolute inset-x-0 top-1/2 h-px bg-edge",
            )
        ),
        rx.el.span(class_name="absolute top-1/2 left-1/2 h-2 w-px -translate-1/2 bg-edge"),
        rx.el.span(
            class_name=rx.match(
                sign,
                *(
                    (name, f"carries-data absolute top-1/2 h-2 -translate-y-1/2 {place}")
                    for name, place in _PLACE.items()
                ),
                "hidden",
            )
        ),
        aria_hidden="true",
        class_name="relative block h-4 w-24",
    )


def _rows(rows: rx.Var[list[SignRowView]]) -> rx.Component:
    return rx.el.ul(rx.foreach(rows, _row), class_name="space-y-3 pt-1 pb-4 text-13")


def _row(row: rx.vars.ObjectVar[SignRowView]) -> rx.Component:
    return rx.el.li(
        rx.el.p(
            rx.el.span(row.one, class_name="font-medium"),
            rx.cond(row.one_with != "", rx.el.span(" (", row.one_with, ")")),
            " against ",
            rx.el.span(row.other, class_name="font-medium"),
            rx.cond(row.other_with != "", rx.el.span(" (", row.other_with, ")")),
            " requests a second: ",
            rx.el.span(row.ratio, class_name="font-medium"),
            ", ",
            row.words,
            class_name="tabular-nums",
        ),
        rx.el.p(row.setting, class_name="text-soft"),
        rx.el.p("As of ", row.on, ". Grade ", row.evidence, ".", class_name="text-soft"),
        source_list(row.sources),
        class_name="max-w-[80ch] wrap-anywhere",
    )
