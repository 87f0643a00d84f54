"""How sure a result is: what is sampled, what is exact, and what other methods add, explained."""

from __future__ import annotations

from collections.abc import Sequence

import reflex as rx

from framework_picker.components.prose import (
    aside,
    code,
    formula,
    link,
    points,
    symbol,
    table,
    text,
)
from framework_picker.domain.cross_checks import FIXED_INDIFFERENCE, FIXED_PREFERENCE
from framework_picker.domain.explain import number
from framework_picker.domain.flips import FROM_NOTHING_COST, MUST_HAVE_COST
from framework_picker.domain.information import MUST_HAVE_PROBABILITY, NEGLIGIBLE_WORTH_POINTS
from framework_picker.domain.model import Catalog
from framework_picker.domain.robustness import (
    LEANING_FROM,
    NOTICEABLE_SHARE,
    ROBUST_FROM,
    VERY_ROBUST_FROM,
)
from framework_picker.domain.sampling import SAMPLES

Content = Sequence[rx.Component]

SAMPLES_WORDS = f"{SAMPLES:,}"


def readings(catalog: Catalog) -> Content:
    """What a plausible reading is, and what is counted over them."""
    levels = sorted(catalog.levels.values(), key=lambda level: level.points)
    return [
        text(
            "“A lot” is 4 points, but you may have meant 3 or 6. A fact may be off by what its "
            f"evidence allows. So the app works out {SAMPLES_WORDS} versions of you: in each, "
            "every answer and every fact is drawn from what it may mean, and the same sum is made "
            "again. One such version is a plausible reading of your answers."
        ),
        table(
            ["Answer", "Counts", "May mean"],
            [
                [level.label, f"{level.points:g}", f"{level.cell[0]:g} to {level.cell[1]:g}"]
                for level in levels
            ],
            label="What each level may mean, in points",
            numbers=(1, 2),
        ),
        points(
            "Sure: anywhere in the range of your level. An option of a choice has the range of its "
            "points.",
            "Not sure about a level: that level in half of the versions, its neighbors in a "
            "quarter each (at the end of the scale two thirds and one third).",
            "Not sure at all, or not answered: each level in a fifth.",
            "A fact: a triangle over value ± half-width with its tip at the value, cut at 0 and "
            "100. Not verified: anywhere from 0 to 100.",
            "A value you replaced yourself: exactly that.",
        ),
        formula(
            symbol("b", "i"),
            " = share of the versions in which ",
            symbol("S", "i"),
            " is the largest",
            where="“First in 71 of 100 plausible readings”. Equal first places are shared.",
        ),
        text(
            "The words follow from that share of the leader: from ",
            f"{_percent(VERY_ROBUST_FROM)} very robust, from {_percent(ROBUST_FROM)} robust, from "
            f"{_percent(LEANING_FROM)} leaning, below that still open. When another framework is "
            f"first in at least {_percent(NOTICEABLE_SHARE)} more of the versions than the leader, "
            "both are named: one is best for your "
            "answers as given, the other across what you might mean. The pale band at each bar of "
            "the ranking holds nine versions of ten.",
        ),
        aside(
            "The numbers are drawn once, from the versions of method and data, and serve "
            "everybody: the same answers give the same shares, and nothing jitters between clicks. "
            "A share may be off by half a percent for that reason, so nothing is ranked by less. "
            "Must-haves are taken as they stand. The method is known as SMAA-2 (Lahdelma and "
            "Salminen 2001).",
        ),
        text(
            "From the versions that a runner-up wins, among people with your must-haves and any "
            "wishes, come the sentences about who should choose something else. A sentence “is for "
            "people” only when the runner-up is first for most of those it describes.",
        ),
    ]


def changes() -> Content:
    """What is exact: ranges, error factor, flips."""
    s, d = symbol("s", "j"), symbol("d", "j")
    return [
        text(
            "These need no samples; they are exact. With ",
            d,
            " for the difference between the leader and a rival on criterion ",
            symbol("j"),
            ", the rival is behind by Σ ",
            s,
            " ",
            d,
            ", and moving one importance moves that sum along a straight line.",
        ),
        formula(
            symbol("s", "k"),
            " = − (Σ",
            rx.el.sub("j ≠ k"),
            " ",
            s,
            " ",
            d,
            ") / ",
            symbol("d", "k"),
            where=(
                "There the rival draws level. The nearest such point on each side, over all "
                "rivals, ends the range of answers in which the leader stays first. A question "
                "that feeds several criteria moves all of them."
            ),
        ),
        formula(
            "ρ = √(P / Q)",
            where=(
                "The error factor: P is the sum of what speaks for the leader, Q of what speaks "
                "against it. Every importance may be off at once, each by up to ρ, up or down, "
                "before the rival draws level. The rival with the smallest ρ is the one the "
                "leader is held against first; it is often not the runner-up."
            ),
        ),
        formula(
            symbol("δ", "j"),
            " = (",
            symbol("S", "a"),
            " − ",
            symbol("S", "b"),
            ") / ",
            symbol("w", "j"),
            where=(
                "So far one value of the leader may fall, or one of rival b rise, before the two "
                "are level. Where that lies inside the evidence of the value, it is worth checking "
                "first."
            ),
        ),
        text(
            "The smallest changes are found by trying every change of one answer and of two. "
            "Their cost counts steps between levels; an answer where there was none costs "
            f"{number(FROM_NOTHING_COST)}, a must-have switched on or off "
            f"{number(MUST_HAVE_COST)}. The cheapest come first, then those that change fewer "
            "answers, then those with the larger lead.",
        ),
    ]


def next_question() -> Content:
    """What to ask next, and when to stop."""
    return [
        text(
            "An open question is worth asking when its answer would tell who comes first. For "
            "this, the versions also draw what you might answer; an open must-have is required in "
            f"{_percent(MUST_HAVE_PROBABILITY)} of them.",
        ),
        formula(
            symbol("I", "q"),
            " = Σ ",
            symbol("p"),
            "(A, o) log",
            rx.el.sub("2"),
            " ",
            symbol("p"),
            "(A, o) / (",
            symbol("p"),
            "(A) ",
            symbol("p"),
            "(o))",
            where=(
                "Over winners A and answers o: how many bits the answer tells about the winner, "
                "less what chance alone would seem to tell. The question with the most bits comes "
                "next; the fixed order breaks ties."
            ),
        ),
        formula(
            "Σ ",
            symbol("p"),
            "(o) max",
            rx.el.sub("i"),
            " E[",
            symbol("S", "i"),
            " | o] − max",
            rx.el.sub("i"),
            " E[",
            symbol("S", "i"),
            "]",
            where=(
                "Its worth: by how many points choosing after the answer is expected to be better."
            ),
        ),
        text(
            "The first place is ",
            rx.el.b("settled", class_name="font-medium"),
            " when it is proven. For each rival, the worst answer to each open question is added "
            "up. Questions are answered independently, so the worst sum is the sum of the worst: "
            "if even that leaves the leader ahead, no answers can change it. The same sum over "
            "every reading and every value inside its evidence makes it ",
            rx.el.b("evidence-proof", class_name="font-medium"),
            ".",
        ),
        text(
            "Without a proof the app says that further answers will probably not change it when "
            f"the leader is first in {_percent(VERY_ROBUST_FROM)} of the versions and no question "
            f"is worth {NEGLIGIBLE_WORTH_POINTS:g} points. ",
            code("docs/engine.md"),
            " shows how many questions that takes.",
        ),
    ]


def other_methods() -> Content:
    """Three other methods on the same values and weights."""
    w, v = symbol("w", "j"), symbol("v", "ij")
    return [
        text(
            "Three other methods see the same values and weights. Their results are never averaged "
            "and never the headline; they show whether the answer hangs on our way to add up. "
            "When two frameworks are within about two points, expect some to disagree.",
        ),
        formula(
            symbol("C", "i"),
            " = ",
            symbol("D−", "i"),
            " / (",
            symbol("D+", "i"),
            " + ",
            symbol("D−", "i"),
            ")",
            where=(
                "TOPSIS: D+ and D− are the straight distances to 100 and to 0 on every scale, each "
                "axis times its weight. Extreme profiles count more than in a sum."
            ),
        ),
        formula(
            symbol("Φ", "i"),
            " = mean over rivals of Σ",
            rx.el.sub("j"),
            " ",
            w,
            f" (P(ahead) − P(behind)),  P(d) = (d − {FIXED_INDIFFERENCE:g}) / "
            f"{FIXED_PREFERENCE - FIXED_INDIFFERENCE:g} between 0 and 1",
            where=(
                f"PROMETHEE II: pairs are compared; a lead of {FIXED_INDIFFERENCE:g} points counts "
                f"for nothing, one of {FIXED_PREFERENCE:g} in full, and none for more."
            ),
        ),
        formula(
            symbol("Q", "i"),
            " = ½ (sum of ",
            w,
            " (100 − ",
            v,
            ")) + ½ (largest of them), both from 0 for the best to 1 for the worst",
            where="VIKOR: half of it looks at the worst single point. The lowest Q leads.",
        ),
        text(
            "Where one disagrees, the result names the criterion or the pattern behind it. See ",
            link("how much an answer weighs", "#importance"),
            " for where the weights come from.",
        ),
    ]


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
