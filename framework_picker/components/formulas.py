"""The method in symbols, each formula with the same thing in words."""

from __future__ import annotations

import reflex as rx

from framework_picker.components.prose import formula, symbol, table


def formulas() -> rx.Component:
    """Symbols first, then the formulas in the order in which they are used."""
    v, w = symbol("v", "ij"), symbol("w", "j")
    return rx.el.div(
        table(
            ["Symbol", "Meaning"],
            [
                [symbol("i"), "a framework that meets every must-have"],
                [symbol("j"), "a criterion"],
                [symbol("p"), "a part of a criterion: one fact or one capability"],
                [symbol("x"), "a raw measure, such as 9.9 MB"],
                [symbol("v", "ij"), "value of framework i on criterion j, 0 to 100"],
                [symbol("a", "jp"), "share of part p in criterion j; the shares sum to 1"],
                [symbol("s", "j"), "swing points that the answers give to criterion j"],
                [symbol("w", "j"), "weight of criterion j; the weights sum to 1"],
                [symbol("S", "i"), "score of framework i, 0 to 100"],
            ],
            label="Symbols",
        ),
        formula(
            symbol("v"),
            " = ",
            symbol("v", "k"),
            " + (",
            symbol("v", "k+1"),
            " − ",
            symbol("v", "k"),
            ") (",
            symbol("x"),
            " − ",
            symbol("x", "k"),
            ") / (",
            symbol("x", "k+1"),
            " − ",
            symbol("x", "k"),
            ")",
            where=(
                "Between two points of a scale the value lies on a straight line; beyond the ends "
                "it stays 0 or 100. On a logarithmic scale x stands for log x."
            ),
        ),
        formula(
            symbol("v", "ij"),
            " = Σ",
            rx.el.sub("p"),
            " ",
            symbol("a", "jp"),
            " ",
            symbol("v", "ip"),
            where=(
                "The value of a criterion is the sum of its parts, each times its share. A part "
                "that is not verified counts as 50. When less than half of the shares is "
                "verified, the whole counts as 50."
            ),
        ),
        formula(
            symbol("w", "j"),
            " = ",
            symbol("s", "j"),
            " / Σ ",
            symbol("s"),
            where="A weight is a share of all swing points. If every wish is at zero, nobody wins.",
        ),
        formula(
            symbol("S", "i"),
            " = Σ",
            rx.el.sub("j"),
            " ",
            w,
            " ",
            v,
            where="The score is the sum of weight times value: the contributions on the result.",
        ),
        formula(
            symbol("S", "a"),
            " − ",
            symbol("S", "b"),
            " = Σ",
            rx.el.sub("j"),
            " ",
            symbol("w", "j"),
            " (",
            symbol("v", "aj"),
            " − ",
            symbol("v", "bj"),
            ")",
            where="Why A and not B: the difference of two scores is the sum of these steps.",
        ),
        formula(
            "rank",
            rx.el.sub("i"),
            " = 1 + number of frameworks that are ahead of ",
            symbol("i"),
            where=(
                "Ahead means by more than 0.000 000 001 points, so equal scores share a place: 1, "
                "2, 2, 4. Less than 1 point is called practically level."
            ),
        ),
        formula(
            "coverage",
            rx.el.sub("i"),
            " = Σ",
            rx.el.sub("j"),
            " ",
            symbol("w", "j"),
            " over the criteria that are verified for ",
            symbol("i"),
            where=(
                "How much of what matters to you rests on facts. Below two thirds the app says "
                "“thin evidence”, also of the first."
            ),
        ),
        class_name="space-y-5",
    )
