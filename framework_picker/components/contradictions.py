"""Where the articles contradict each other: what each says, and what settles it."""

from __future__ import annotations

from collections.abc import Sequence

import reflex as rx

from framework_picker.components import tokens
from framework_picker.components.claim_verdict import verdict_words
from framework_picker.components.sources import source as citation
from framework_picker.state.evidence import DisputeLine, Other, SayingLine, SubjectLine

_CELL = "border-b border-rule py-1.5 pr-3 align-top"


def contradictions(subjects: Sequence[SubjectLine]) -> rx.Component:
    """Every subject with its questions."""
    return rx.el.section(
        rx.el.h2("Where sources contradict each other", class_name="text-18 font-strong"),
        rx.el.p(
            "Each line is what one article says, with its date, the oldest first; the last line of "
            "a table is what settles the question, where something does.",
            class_name=f"{tokens.SUB} mt-1 max-w-[80ch]",
        ),
        rx.el.div(
            *(_subject(one) for one in subjects),
            class_name="mt-5 grid gap-x-14 gap-y-9 lg:grid-cols-2",
        ),
        id="contradictions",
        class_name="mt-16 scroll-mt-4",
    )


def _subject(subject: SubjectLine) -> rx.Component:
    return rx.el.div(
        rx.el.h3(subject.title, class_name="text-16 font-strong"),
        rx.el.p(subject.why, data_origin="#contradictions", class_name=f"{tokens.SUB} mt-0.5"),
        *(_dispute(one) for one in subject.disputes),
        class_name="min-w-0 break-inside-avoid",
    )


def _dispute(dispute: DisputeLine) -> rx.Component:
    return rx.el.table(
        rx.el.caption(
            dispute.question,
            class_name="border-b border-edge pt-3 pb-1.5 text-left text-14 font-medium",
        ),
        rx.el.thead(
            rx.el.tr(
                *(
                    rx.el.th(name, scope="col", class_name="font-normal")
                    for name in ("Article", "Answer", "Verdict on the claim")
                )
            ),
            class_name="sr-only",
        ),
        rx.el.tbody(*(_saying(one) for one in dispute.says), _settled(dispute)),
        data_receipt_body="",
        class_name="w-full table-fixed border-collapse text-14",
    )


def _saying(saying: SayingLine) -> rx.Component:
    return rx.el.tr(
        rx.el.th(
            rx.el.span(saying.source, class_name="block"),
            rx.el.span(saying.date, class_name="block text-13 text-soft"),
            scope="row",
            class_name=f"{_CELL} w-[34%] text-left font-normal",
        ),
        rx.el.td(saying.value, class_name=f"{_CELL} wrap-anywhere tabular-nums"),
        rx.el.td(
            verdict_words(saying.claim.verdict, saying.claim.words),
            rx.el.span(" "),
            _claim_link(saying.claim),
            class_name=f"{_CELL} w-[30%] pr-0 text-13 text-soft",
        ),
    )


def _settled(dispute: DisputeLine) -> rx.Component:
    if not dispute.settled:
        return rx.el.tr(
            rx.el.td(
                "Not settled: nothing that could be opened says which.",
                col_span=3,
                class_name=f"{_CELL} text-soft",
            )
        )
    source: rx.Component = rx.fragment()
    if dispute.sources:
        source = rx.el.ul(*(rx.el.li(citation(one)) for one in dispute.sources))
    elif dispute.by:
        source = rx.fragment(
            "evidence at ",
            *(
                piece
                for place, one in enumerate(dispute.by)
                for piece in ((", ",) if place else ()) + (_claim_link(one),)
            ),
        )
    return rx.el.tr(
        rx.el.th(
            rx.el.span("Settled", class_name="block"),
            rx.el.span(dispute.settled_on, class_name="block text-13 font-normal text-soft"),
            scope="row",
            class_name=f"{_CELL} text-left font-strong",
        ),
        rx.el.td(dispute.settled, class_name=f"{_CELL} font-strong wrap-anywhere tabular-nums"),
        rx.el.td(source, class_name=f"{_CELL} pr-0 text-13 text-soft wrap-anywhere"),
    )


def _claim_link(other: Other) -> rx.Component:
    return rx.el.a(other.id, href=other.href, title=other.text, class_name=tokens.LINK)
