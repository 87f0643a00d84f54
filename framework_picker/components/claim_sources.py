"""How each article did: a bar of its claims by verdict, with the same numbers as a table."""

from __future__ import annotations

from collections.abc import Sequence

import reflex as rx

from framework_picker.components import tokens
from framework_picker.components.claim_verdict import verdict_fill, verdict_mark
from framework_picker.state.evidence import ArticleLine, BarPart


def claim_sources(sources: Sequence[ArticleLine], total: Sequence[BarPart]) -> rx.Component:
    """One bar per article, with its key; ``article_table`` has the same numbers.

    Args:
        sources: The articles, the one with most claims first.
        total: All claims by verdict, which is the key.
    """
    return rx.el.section(
        rx.el.h2("How each article did", class_name=tokens.H2),
        rx.el.p(
            "The length of a bar is the number of checked claims, its parts are their verdicts. A "
            "claim that several articles make counts for each of them.",
            class_name=f"{tokens.SUB} mt-1",
        ),
        _key(total),
        rx.el.ul(*(_source(one) for one in sources), class_name="mt-3 space-y-3.5"),
        data_origin="#how",
    )


def _key(total: Sequence[BarPart]) -> rx.Component:
    return rx.el.ul(
        *(
            rx.el.li(
                rx.el.span(
                    aria_hidden="true",
                    class_name=f"carries-data size-2.5 rounded-xs {verdict_fill(part.verdict)}",
                ),
                verdict_mark(verdict=part.verdict),
                part.words,
                class_name="flex items-center gap-1.5",
            )
            for part in total
        ),
        aria_label="Parts of each bar, from left to right",
        class_name="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-13 text-soft",
    )


def _source(one: ArticleLine) -> rx.Component:
    return rx.el.li(
        rx.el.p(
            rx.el.span(one.name, class_name="font-medium"),
            rx.el.span("vendor", class_name=f"{tokens.NOTE} py-0")
            if one.is_vendor
            else rx.fragment(),
            rx.el.span(
                f"{one.total} claims, {one.holds} hold",
                class_name="ml-auto text-13 text-soft tabular-nums",
            ),
            class_name="flex flex-wrap items-baseline gap-x-2 text-14",
        ),
        rx.el.span(
            *(_part(part) for part in one.parts if part.count),
            aria_hidden="true",
            class_name="mt-1 flex h-5",
        ),
    )


def _part(part: BarPart) -> rx.Component:
    return rx.el.span(
        custom_attrs={"style": {"width": part.width}},
        title=f"{part.words}: {part.count}",
        class_name=(
            "carries-data block h-full border-r border-paper first:rounded-l-[2px] "
            f"last:rounded-r-[2px] {verdict_fill(part.verdict)}"
        ),
    )


def article_table(sources: Sequence[ArticleLine], total: Sequence[BarPart]) -> rx.Component:
    """The numbers of the bars as a table, with title and author of each article, folded away."""
    return rx.el.details(
        rx.el.summary("The articles and their numbers", class_name="py-2 text-14 text-soft"),
        rx.el.div(
            rx.el.table(
                rx.el.caption("Claims of each article by verdict", class_name="sr-only"),
                rx.el.thead(
                    rx.el.tr(
                        rx.el.th("Article", scope="col", class_name=tokens.TABLE_HEAD),
                        rx.el.th("Claims", scope="col", class_name=tokens.TABLE_NUMBER_HEAD),
                        *(
                            rx.el.th(part.words, scope="col", class_name=tokens.TABLE_NUMBER_HEAD)
                            for part in total
                        ),
                    )
                ),
                rx.el.tbody(*(_row(one) for one in sources)),
                class_name=tokens.TABLE,
            ),
            tab_index=0,
            role="region",
            aria_label="Claims of each article by verdict, scrolls sideways",
            data_origin="#how",
            class_name=tokens.SCROLL_X,
        ),
        class_name="mt-4",
    )


def _row(one: ArticleLine) -> rx.Component:
    by = f"by {one.author}. " if one.author else ""
    return rx.el.tr(
        rx.el.th(
            rx.el.span(f"{one.name}{', vendor' if one.is_vendor else ''}", class_name="block"),
            rx.el.span(
                f"“{one.title}” {by}{one.note}",
                class_name="block min-w-56 text-13 font-normal text-soft",
            ),
            scope="row",
            class_name=f"{tokens.TABLE_CELL} text-left font-medium",
        ),
        rx.el.td(one.total, class_name=f"{tokens.TABLE_NUMBER} tabular-nums"),
        *(
            rx.el.td(part.count, class_name=f"{tokens.TABLE_NUMBER} tabular-nums")
            for part in one.parts
        ),
    )
