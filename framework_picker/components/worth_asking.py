"""What is worth answering next: what each open question tells, and who is out of the race."""

from __future__ import annotations

import reflex as rx

from framework_picker import routes
from framework_picker.components import tokens
from framework_picker.state.answers import AnswersState
from framework_picker.state.certainty import AskRow
from framework_picker.state.ranking import RankingState
from framework_picker.state.result import ResultState

NEXT_QUESTION = routes.method_section("next-question")

_NUMBER = f"{tokens.TABLE_NUMBER} tabular-nums"


def worth_asking() -> rx.Component:
    """The open questions, the most telling on top; nothing when all are answered."""
    return rx.cond(
        ResultState.worth_asking,
        rx.el.section(
            rx.el.h2("Worth asking next", class_name=tokens.H2),
            rx.el.p(
                "How much each open question tells about who comes first (in bits; the bar), and "
                "by how many points choosing after its answer is expected to be better. ",
                rx.el.a("How", href=NEXT_QUESTION, class_name=tokens.LINK),
                class_name=f"{tokens.SUB} max-w-[70ch]",
            ),
            _race(),
            rx.el.table(
                rx.el.thead(
                    rx.el.tr(
                        rx.el.th("Question", scope="col", class_name=tokens.TABLE_HEAD),
                        rx.el.th(
                            rx.el.span("Beside the most telling one", class_name="sr-only"),
                            scope="col",
                            class_name=f"{tokens.TABLE_HEAD} w-[30%]",
                        ),
                        rx.el.th("Bits", scope="col", class_name=tokens.TABLE_NUMBER_HEAD),
                        rx.el.th("Points", scope="col", class_name=tokens.TABLE_NUMBER_HEAD),
                    )
                ),
                rx.el.tbody(rx.foreach(ResultState.worth_asking, _row)),
                class_name=f"{tokens.TABLE} mt-3",
            ),
            data_origin=NEXT_QUESTION,
            class_name="min-w-0",
        ),
    )


def _row(row: rx.vars.ObjectVar[AskRow]) -> rx.Component:
    return rx.el.tr(
        rx.el.th(
            rx.el.a(
                row.name,
                href=routes.PICK,
                title="Answer this question",
                on_click=AnswersState.show_view(row.question, AnswersState.saved),
                class_name=tokens.LINK,
            ),
            scope="row",
            class_name=f"{tokens.TABLE_CELL} text-left font-normal",
        ),
        rx.el.td(
            rx.el.div(
                custom_attrs={"style": {"width": row.width}},
                aria_hidden="true",
                class_name="carries-data h-3.5 min-w-px rounded-r-[3px] bg-g1",
            ),
            class_name="border-b border-rule pt-2.75 align-top",
        ),
        rx.el.td(row.bits, class_name=_NUMBER),
        rx.el.td(row.points, class_name=_NUMBER),
        key=row.question,
    )


def _race() -> rx.Component:
    """Who can no longer catch the leader, one mark per rival."""
    race = RankingState.race
    return rx.cond(
        race.sentence != "",
        rx.el.div(
            rx.el.p(race.sentence, class_name="text-14"),
            rx.cond(
                race.pips,
                rx.el.div(
                    rx.foreach(
                        race.pips,
                        lambda is_out: rx.el.span(
                            class_name=rx.cond(
                                is_out,
                                "h-2 grow rounded-xs bg-g3",
                                "h-2 grow rounded-xs bg-rule",
                            )
                        ),
                    ),
                    aria_hidden="true",
                    class_name="carries-data mt-2 flex max-w-[28rem] gap-0.75",
                ),
            ),
            class_name="mt-3",
        ),
    )
