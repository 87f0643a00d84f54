"""A saved decision: the result as it was, what today's data makes of it, what moved."""

from __future__ import annotations

import reflex as rx
from reflex_components_core.el.elements.inline import A as PlainAnchor

from framework_picker import routes
from framework_picker.catalog.current import get_catalog
from framework_picker.components import tokens
from framework_picker.components.copy_link import copy_link
from framework_picker.components.export_list import export_list
from framework_picker.components.frame import page
from framework_picker.components.frozen_ranking import frozen_ranking
from framework_picker.components.save_form import problem, title_and_note
from framework_picker.components.standing import standing_mark
from framework_picker.components.today import ANCHOR as TODAY
from framework_picker.components.today import changes, today
from framework_picker.state.decision import DecisionState
from framework_picker.state.frozen import AnswerPair, OutRow
from framework_picker.state.own_decisions import OwnDecisionsState

DESCRIPTION = (
    "A saved choice of a Python web framework: the result as it was that day, and what has changed."
)
SIDE_BY_SIDE = "mt-10 grid gap-x-14 gap-y-12 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]"


def decision_page() -> rx.Component:
    """The page at ``/d/<id>``."""
    shown = DecisionState.shown
    return page(
        rx.match(
            shown.kind,
            ("found", _found()),
            ("deleted", _deleted()),
            ("unknown", _unknown()),
            ("unavailable", _unavailable()),
            rx.el.p("Reading the decision ...", class_name="min-h-screen text-soft"),
        ),
        current=routes.DECISIONS,
        catalog=get_catalog(),
    )


def _found() -> rx.Component:
    shown = DecisionState.shown
    group_names = tuple(group.name for group in get_catalog().groups.values())
    return rx.el.div(
        rx.el.p("Decision saved on ", shown.saved, class_name=tokens.KICKER),
        rx.el.h1(shown.heading, class_name=f"{tokens.LEAD} mt-1 max-w-[28ch] wrap-anywhere"),
        rx.cond(
            shown.title != "",
            rx.el.p(shown.sentence, class_name="mt-3 text-18 font-strong max-w-[62ch]"),
        ),
        rx.el.p(
            rx.foreach(shown.details, lambda line: rx.el.span(line, " ")),
            class_name=f"{tokens.DEK} mt-3",
        ),
        rx.el.p(
            standing_mark(shown.today.holds),
            rx.el.span(" with today’s data", class_name="text-14 text-soft"),
            PlainAnchor.create(
                "What has changed",
                href=f"#{TODAY}",
                class_name=f"{tokens.LINK} text-14 not-printed",
            ),
            class_name="mt-4 flex flex-wrap items-baseline gap-x-3",
        ),
        rx.cond(
            shown.note != "",
            rx.el.div(
                rx.el.p("Note", class_name="text-13 text-soft"),
                rx.el.p(shown.note, class_name="whitespace-pre-line wrap-anywhere text-16"),
                class_name="mt-5 max-w-[68ch] border-l-3 border-edge pl-4",
            ),
        ),
        rx.el.p(shown.data, class_name="mt-4 text-13 text-soft"),
        rx.cond(shown.release != "", rx.el.p(shown.release, class_name=f"{tokens.NOTE} mt-2")),
        rx.el.div(
            rx.el.a("Answer again with today’s data", href=shown.again, class_name=tokens.BUTTON),
            copy_link("Copy the link"),
            rx.el.a("My decisions", href=routes.link(routes.DECISIONS), class_name=tokens.GHOST),
            class_name="not-printed mt-5 flex flex-wrap items-center gap-x-6 gap-y-2",
        ),
        rx.cond(DecisionState.is_own, _own_tools()),
        rx.el.div(
            rx.el.div(frozen_ranking(group_names), class_name="min-w-0"),
            rx.el.div(today(), _answers(), class_name="min-w-0"),
            class_name=SIDE_BY_SIDE,
        ),
        changes(),
        _out(),
        _take_away(),
    )


def _own_tools() -> rx.Component:
    """What only the browser that saved the decision can do."""
    shown = DecisionState.shown
    return rx.el.div(
        rx.el.details(
            rx.el.summary(
                "Rename, or change the note", class_name="w-fit py-1.5 text-14 font-medium"
            ),
            rx.el.form(
                title_and_note(
                    prefix="edit",
                    title=shown.title,
                    note=shown.note,
                    wrong_field=DecisionState.field,
                ),
                rx.el.button("Save the change", type="submit", class_name=_SMALL),
                on_submit=DecisionState.edit(OwnDecisionsState.kept),  # type: ignore[misc]
                # Another decision, or another version of it, starts with its own words.
                key=f"{shown.id}{shown.saved}",
                class_name="mt-1 mb-4 max-w-[34rem]",
            ),
        ),
        rx.el.details(
            rx.el.summary("Delete", class_name="w-fit py-1.5 text-14 font-medium"),
            rx.el.p(
                "Its address will say that it was deleted. This cannot be undone. ",
                rx.el.button(
                    "Delete this decision",
                    type="button",
                    on_click=DecisionState.delete(OwnDecisionsState.kept),  # type: ignore[misc]
                    class_name=tokens.TEXT_BUTTON,
                ),
                class_name="mb-4 text-14",
            ),
        ),
        problem(DecisionState.problem),
        rx.el.p(DecisionState.done, role="status", class_name="text-14 text-accent"),
        class_name="not-printed mt-4",
    )


_SMALL = f"{tokens.SMALL_BUTTON} mt-3"


def _answers() -> rx.Component:
    return rx.el.section(
        rx.el.h2("What was answered", class_name=tokens.H2),
        rx.el.dl(
            rx.foreach(DecisionState.shown.answers, _answer),
            class_name="mt-2 border-t border-rule",
        ),
        class_name="mt-10",
    )


def _answer(pair: rx.vars.ObjectVar[AnswerPair]) -> rx.Component:
    return rx.el.div(
        rx.el.dt(pair.subject, class_name="text-soft"),
        rx.el.dd(pair.label, class_name="wrap-anywhere"),
        class_name=f"{tokens.RULED} grid grid-cols-2 gap-x-4 py-1.5 text-14",
    )


def _out() -> rx.Component:
    return rx.cond(
        DecisionState.shown.out,
        rx.el.section(
            rx.el.h2("Ruled out by the answers", class_name=tokens.H2),
            rx.el.ul(
                rx.foreach(DecisionState.shown.out, _out_row),
                class_name="mt-2 border-t border-rule",
            ),
            class_name="mt-14",
        ),
    )


def _out_row(row: rx.vars.ObjectVar[OutRow]) -> rx.Component:
    return rx.el.li(
        rx.el.p(row.names),
        rx.foreach(row.reasons, lambda reason: rx.el.p(reason, class_name="text-soft")),
        class_name=f"{tokens.RULED} py-1.5 text-14",
    )


def _take_away() -> rx.Component:
    """What can be taken away from this page."""
    return rx.el.section(
        rx.el.h2("Take it with you", class_name=tokens.H2),
        rx.el.p(
            "The address of this page is all that is needed: it shows the frozen result to "
            "everybody who has it. ",
            copy_link("Copy the link"),
            class_name="mt-1 max-w-[68ch] text-14",
        ),
        rx.el.p(
            "Whether it still holds with newer data can be watched in a feed reader: ",
            PlainAnchor.create(
                "changes of this decision (Atom)",
                href=rx.Var.create(routes.decision_feed(f"{DecisionState.shown.id}")),
                class_name=tokens.LINK,
            ),
            ".",
            class_name="not-printed mt-2 max-w-[68ch] text-14",
        ),
        export_list(
            lambda name: rx.Var.create(routes.decision_file(f"{DecisionState.shown.id}", name))
        ),
        id="take",
        class_name="mt-14 border-t border-rule pt-5",
    )


def _deleted() -> rx.Component:
    return _instead(
        "This decision was deleted.",
        "Whoever saved it deleted it on ",
        DecisionState.shown.saved,
        ". Answers, title and note are gone from this server; its address and its dates stay, so "
        "that this page can say so.",
    )


def _unknown() -> rx.Component:
    return _instead(
        "There is no decision at this address.",
        "Addresses of decisions end in ",
        "14 small letters and digits",
        ". Perhaps a sign got lost when it was copied, or it was saved on another server.",
    )


def _unavailable() -> rx.Component:
    return _instead(
        "Decisions cannot be read at the moment.",
        DecisionState.shown.problem,
        " The decision is not lost by this; try again in a while. ",
        "Everything else works: your answers are kept in this browser.",
    )


def _instead(heading: str, *words: str | rx.Var[str]) -> rx.Component:
    return rx.el.div(
        rx.el.h1(heading, class_name=tokens.H1),
        rx.el.p(*words, class_name=f"{tokens.DEK} mt-2"),
        rx.el.ul(
            _way(routes.DECISIONS, "My decisions", "what this browser has saved"),
            _way(routes.PICK, "Answer the questions", "and see how the frameworks rank for you"),
            _way(routes.FRAMEWORKS, "All frameworks", "with sources for every fact"),
            class_name="mt-6 max-w-2xl border-t border-rule",
        ),
    )


def _way(route: str, words: str, what: str) -> rx.Component:
    return rx.el.li(
        rx.el.a(words, href=routes.link(route), class_name=f"{tokens.LINK} font-medium"),
        rx.el.span(f" {what}", class_name="text-soft"),
        class_name=f"{tokens.RULED} py-2.5",
    )
