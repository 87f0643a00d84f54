"""A claim: verdict, what is right instead, evidence, and the claims it hangs together with."""

from __future__ import annotations

import reflex as rx
from reflex_components_core.el.elements.inline import A as PlainAnchor

from framework_picker.components import tokens
from framework_picker.components.claim_verdict import verdict_mark
from framework_picker.domain.claims import TextPart
from framework_picker.state.evidence import ClaimLine, EvidenceLine, Other

Line = rx.vars.ObjectVar[ClaimLine]

_TERM = "text-soft"


@rx.memo
def claim_details(claim: rx.Var[ClaimLine]) -> rx.Component:
    """Everything that is known about a claim, apart from the claim itself."""
    return _details(claim.to(ClaimLine))


def _details(claim: Line) -> rx.Component:
    return rx.el.div(
        rx.el.p(claim.meaning, class_name="text-soft"),
        rx.cond(
            claim.corrected != "",
            rx.el.p(
                rx.el.span("Instead: ", class_name="text-soft"),
                rx.el.span(claim.corrected, class_name="font-strong"),
                class_name="max-w-[72ch] text-16 wrap-anywhere",
            ),
        ),
        rx.el.p(claim.note, class_name="max-w-[72ch] wrap-anywhere"),
        rx.el.dl(
            rx.cond(claim.says != "", _term("It says", claim.says)),
            _term(
                "Said by",
                claim.source,
                rx.cond(
                    claim.is_vendor,
                    rx.el.span(" vendor", class_name=f"{tokens.NOTE} ml-1"),
                ),
                rx.el.span(f", “{claim.title}”, {claim.place}", class_name="text-soft"),
            ),
            rx.cond(claim.also_in != "", _term("Also by", claim.also_in)),
            _term("About", claim.about),
            _term("Impact", _impact(claim)),
            _term(
                "Evidence",
                rx.el.ul(
                    rx.foreach(claim.evidence, _citation),
                    class_name="space-y-1.5",
                ),
            ),
            rx.cond(
                claim.related,
                _term(
                    "Related",
                    rx.el.ul(rx.foreach(claim.related, related_claim), class_name="space-y-1.5"),
                ),
            ),
            class_name=(
                "grid gap-x-4 gap-y-0.5 sm:grid-cols-[5.5rem_minmax(0,1fr)] sm:gap-y-2 "
                "[&_dd]:max-sm:mb-2"
            ),
        ),
        data_receipt_body="",
        class_name="max-w-4xl space-y-2.5 text-14",
    )


def related_claim(other: rx.vars.ObjectVar[Other]) -> rx.Component:
    """Another claim as a link, with its verdict."""
    return rx.el.li(
        verdict_mark(verdict=other.verdict),
        rx.el.span(
            rx.el.a(other.text, href=other.href, class_name=tokens.LINK),
            rx.el.span(f" {other.words}, {other.id}", class_name="text-soft"),
        ),
        key=other.id,
        class_name="flex gap-2 [&_svg]:mt-0.5",
    )


def _impact(claim: Line) -> rx.Component:
    return rx.match(
        claim.impact,
        ("high", "could well change a choice"),
        ("medium", "could change a choice"),
        "would hardly change a choice",
    )


def _citation(line: rx.vars.ObjectVar[EvidenceLine]) -> rx.Component:
    return rx.el.li(rx.foreach(line.parts, _part), class_name="wrap-anywhere")


def _part(part: rx.vars.ObjectVar[TextPart]) -> rx.Component:
    return rx.cond(
        part.href != "",
        # A plain anchor: the router's own links are for addresses inside the app.
        PlainAnchor.create(
            part.text, href=part.href, rel="noopener noreferrer", class_name=tokens.LINK
        ),
        part.text,
    )


def _term(name: str, *content: rx.Component | rx.Var | str) -> rx.Component:
    return rx.fragment(
        rx.el.dt(name, class_name=_TERM),
        rx.el.dd(*content, class_name="min-w-0 max-w-[80ch]"),
    )
