"""What articles say about a framework: the claims of the ledger, and how they came out."""

from __future__ import annotations

import reflex as rx

from framework_picker.components import tokens
from framework_picker.components.claim_verdict import verdict_fill, verdict_mark, verdict_words
from framework_picker.state.said import Said, SaidClaim, SaidPart


def said_about(shown: Said) -> rx.Component:
    """The sentence, the verdicts with their numbers, and the claims that weigh most."""
    if not shown.claims:
        return rx.el.div(
            rx.el.h3(shown.headline, class_name="mt-3 text-14 font-strong"),
            rx.el.p(
                "The ledger holds what well-known comparison articles say; ",
                rx.el.a("the Evidence page", href=shown.all_href, class_name=tokens.LINK),
                " has all of it, and checks a comparison that you type.",
                class_name=f"{tokens.SUB} max-w-[80ch]",
            ),
        )
    return rx.el.div(
        rx.el.h3(shown.headline, class_name="mt-3 text-14 font-strong"),
        rx.el.p(
            f"Claims of published comparison articles, checked on {shown.checked}. Those that "
            "could change a choice come first; each leads to its evidence.",
            class_name=f"{tokens.SUB} max-w-[80ch]",
        ),
        rx.el.div(
            *(_bar_part(part) for part in shown.parts),
            aria_hidden="true",
            class_name="mt-3 flex h-5 max-w-4xl",
        ),
        rx.el.ul(
            *(_verdict(part) for part in shown.parts),
            aria_label="Claims by verdict, in the order of the bar",
            class_name="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-14",
        ),
        rx.el.ul(
            *(_claim(claim) for claim in shown.claims),
            class_name="mt-4 max-w-4xl border-t border-rule",
        ),
        rx.el.p(
            rx.el.a(shown.all_words, href=shown.all_href, class_name=tokens.LINK),
            class_name="mt-3 text-14",
        ),
        data_origin="#claims",
    )


def _bar_part(part: SaidPart) -> rx.Component:
    return rx.el.span(
        custom_attrs={"style": {"width": part.width}},
        class_name=(
            "carries-data block h-full border-r border-paper first:rounded-l-[2px] "
            f"last:rounded-r-[2px] {verdict_fill(part.verdict)}"
        ),
    )


def _verdict(part: SaidPart) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            aria_hidden="true",
            class_name=f"carries-data size-2.5 rounded-xs {verdict_fill(part.verdict)}",
        ),
        verdict_mark(verdict=part.verdict),
        rx.el.a(f"{part.words} {part.count}", href=part.href, class_name=tokens.LINK),
        class_name="flex items-center gap-1.5 tabular-nums",
    )


def _claim(claim: SaidClaim) -> rx.Component:
    return rx.el.li(
        verdict_words(claim.verdict, claim.words, look="text-13 text-soft"),
        rx.el.span(
            rx.el.a(claim.text, href=claim.href, class_name=tokens.LINK),
            rx.el.span(
                rx.el.span("Instead: ", class_name="text-soft"),
                claim.corrected,
                class_name="block wrap-anywhere",
            )
            if claim.corrected
            else rx.fragment(),
            rx.el.span(f"{claim.source}, {claim.id}", class_name="block text-13 text-soft"),
            class_name="min-w-0",
        ),
        data_receipt_body="",
        class_name=(
            f"{tokens.RULED} grid items-baseline gap-x-4 gap-y-0.5 py-2 text-14 "
            "md:grid-cols-[9.5rem_minmax(0,1fr)]"
        ),
    )
