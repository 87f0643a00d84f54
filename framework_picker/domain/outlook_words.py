"""The outlook in words: how sure, what would change it, what is proven, what others say."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from framework_picker.domain.answers import MUST, answer_label, answer_subject
from framework_picker.domain.cross_checks import FIXED_PREFERENCE, CrossCheck
from framework_picker.domain.evaluation import Evaluation
from framework_picker.domain.explain import has_answers, listing, number, points_text
from framework_picker.domain.model import Catalog
from framework_picker.domain.outlook_rows import (
    Glance,
    NextQuestion,
    Outlook,
    ShakyValue,
    StableInterval,
)
from framework_picker.domain.robustness import Sureness, sureness
from framework_picker.domain.scoring import TIE

MUST_WORDS = "a must-have"
SURENESS_WORDS: dict[Sureness, str] = {
    "very robust": "very robust",
    "robust": "robust",
    "leaning": "leaning, not robust",
    "open": "still open",
}


def flip_sentence(
    catalog: Catalog, before: Mapping[str, str], after: Mapping[str, str], leaders: Sequence[str]
) -> str:
    """One or two changed answers and who leads then.

    ``Admin pages: from “a little” to “a lot”: Django leads.``
    """
    changes = [
        f"{answer_subject(catalog, name)}: from {_answer(catalog, name, before.get(name, ''))} "
        f"to {_answer(catalog, name, value)}"
        for name, value in after.items()
    ]
    return f"{'; '.join(changes)}: {leads(catalog, leaders)}."


def leads(catalog: Catalog, leaders: Sequence[str]) -> str:
    """Who leads: ``Django leads``, ``Django and Flask share first place``."""
    names = [catalog.alternatives[slug].name for slug in leaders]
    return f"{listing(names)} {'leads' if len(names) == 1 else 'share first place'}"


def no_flip_sentence(
    catalog: Catalog, leader: str, nearest_rival: str, error_factor: float | None
) -> str:
    """What it takes where no change of two answers suffices."""
    opening = "No two answers change the winner."
    name = catalog.alternatives[leader].name
    if error_factor is None:
        return f"{opening} However much each answer matters, nobody draws level with {name}."
    rival = catalog.alternatives[nearest_rival].name
    return (
        f"{opening} Every importance would have to be wrong at once, by a factor of "
        f"{factor_text(error_factor)}, before {rival} draws level with {name}."
    )


def factor_text(factor: float) -> str:
    """A factor to one decimal, two near 1, never rounded up to what it does not reach."""
    digits = 2 if factor < 1.1 else 1
    return f"{math.floor(factor * 10**digits) / 10**digits:.{digits}f}"


def proof_sentence(
    catalog: Catalog,
    *,
    leader: str,
    is_settled: bool,
    rivals: Sequence[str],
    beaten: Sequence[str],
    can_change: Sequence[str],
    open_count: int,
) -> str:
    """What is proven about the first place, and how many questions can still matter."""
    if not leader:
        return "Several share first place, so nothing is settled yet."
    name = catalog.alternatives[leader].name
    if is_settled:
        if not open_count:
            return "Every question is answered."
        return "Nothing you have not answered can change the first place."
    still = f"{_of_open(len(can_change), open_count)} may still change the first place"
    if not beaten:
        return f"{name} leads so far; {still}."
    caught = "rival" if len(rivals) == 1 else "rivals"
    return (
        f"{number(len(beaten)).capitalize()} of {number(len(rivals))} {caught} cannot catch "
        f"{name}, whatever you answer; {still}."
    )


def _of_open(count: int, open_count: int) -> str:
    """How many of the open questions: ``the open question``, ``two of five open questions``."""
    if open_count == 1:
        return "the open question"
    if count == open_count:
        return f"all {number(open_count)} open questions"
    return f"{number(count)} of {number(open_count)} open questions"


def cross_check_sentence(
    catalog: Catalog, check: CrossCheck, slugs: Sequence[str], criteria: Sequence[str], leader: str
) -> str:
    """Whether another method agrees with the leader, and what it sees where it does not."""
    name = catalog.alternatives[leader].name
    if check.agrees:
        return f"{check.method} agrees: {name} comes first."
    others = listing([catalog.alternatives[slugs[i]].name for i in check.leaders])
    opening = f"{check.method} puts {others} first"
    if check.criterion is None or check.about is None:
        return f"{opening}."
    criterion = catalog.criteria[criteria[check.criterion]].name
    about = catalog.alternatives[slugs[check.about]].name
    if check.reason == "one bad spot":
        return (
            f"{opening}: it looks at the worst single point, and {about} has a weak spot in "
            f"“{criterion}”."
        )
    if check.reason == "many small wins":
        seen = f"no lead counts for more than {FIXED_PREFERENCE:.0f} points there"
        if check.wins > check.losses:
            return (
                f"{opening}: {seen}, and {about} is ahead on {number(check.wins)} criteria, behind "
                f"on {number(check.losses)}."
            )
        return f"{opening}: {seen}, so the lead of {name} in “{criterion}” counts for less."
    return (
        f"{opening}: highs and lows count more there than in a sum, and {about} has the most "
        f"uneven profile, above all in “{criterion}”."
    )


def sureness_sentence(catalog: Catalog, evaluation: Evaluation, look: Outlook | Glance) -> str:
    """How sure the first place is, in readings of the answers; empty where nobody can be first.

    A reading is one sample: what the answers and the facts may mean. ``First in 62 of 100 plausible
    readings of your answers: leaning.``
    """
    if not look.is_available:
        return ""
    opening = "" if has_answers(catalog, evaluation) else "Before your first answer: "
    if not look.leader:
        names = [catalog.alternatives[slug].name for slug in evaluation.joint_winners]
        return f"{opening}{listing(names)} share first place for your answers as given."
    name = catalog.alternatives[look.leader].name
    if len(look.standings) == 1:
        return f"{name} is the only one left, so nothing can make it second."
    share = look.standings[look.leader].first_share
    if look.is_split:
        other = catalog.alternatives[look.split_with].name
        more = look.standings[look.split_with].first_share
        return (
            f"{opening}{name} is best for your answers as given, {other} across what you might "
            f"mean: first in {of_hundred(more)} plausible readings, against {of_hundred(share)}."
        )
    return (
        f"{opening}{name} comes first in {of_hundred(share)} plausible readings of your answers: "
        f"{SURENESS_WORDS[sureness(share)]}."
    )


def error_factor_sentence(catalog: Catalog, look: Outlook) -> str:
    """By how much every importance may be wrong at once; empty without a single leader."""
    if not look.leader or len(look.standings) < 2:
        return ""
    name = catalog.alternatives[look.leader].name
    if look.error_factor is None:
        return f"However much each answer matters, nobody draws level with {name}."
    rival = catalog.alternatives[look.nearest_rival].name
    return (
        "Every importance may be wrong at once, each by a factor of "
        f"{factor_text(look.error_factor)} up or down, before {rival} draws level with {name}."
    )


def shaky_sentence(catalog: Catalog, look: Outlook, shaky: ShakyValue) -> str:
    """What to check, and what hangs on it."""
    name = catalog.alternatives[shaky.slug].name
    criterion = catalog.criteria[shaky.criterion].name
    points = points_text(abs(shaky.change))
    is_fall = shaky.change < 0
    leader, rival = (
        catalog.alternatives[slug].name for slug in (look.leader or shaky.slug, shaky.rival)
    )
    turn = f"{points} {'less' if is_fall else 'more'}"
    effect = f"{rival} would draw level with {leader}"
    if not shaky.is_known:
        return (
            f"{criterion} of {name}: nobody has verified it, so it counts as 50 of 100. "
            f"At {turn} {effect}."
        )
    return (
        f"{criterion} of {name}: at {turn} {effect}, and its evidence allows "
        f"{points_text(shaky.room)}."
    )


def interval_sentence(catalog: Catalog, interval: StableInterval) -> str:
    """How far one importance may move before somebody else takes over.

    ``Admin pages, now between “a little” and “somewhat”: Flask takes over below “a little”.``
    """
    if interval.question:
        subject = answer_subject(catalog, interval.question)
    else:
        subject = listing([catalog.criteria[criterion].name for criterion in interval.criteria])
    opening = f"{subject}, now {_on_scale(catalog, interval.points)}"
    ends = []
    if interval.below:
        ends.append(f"{_taking_over(catalog, interval.below)} below {_end(catalog, interval.low)}")
    if interval.high is not None and interval.high_steps is not None:
        ends.append(f"{_taking_over(catalog, interval.above)} above {_end(catalog, interval.high)}")
    if not ends:
        return f"{opening}: no answer to this alone changes the first place."
    return f"{opening}: {', and '.join(ends)}."


def next_question_sentence(catalog: Catalog, question: NextQuestion) -> str:
    """What one open question can be expected to bring."""
    short = answer_subject(catalog, question.question)
    if question.gain_bits <= 0 and question.worth_points <= 0:
        return f"“{short}” is not expected to change anything."
    worth = points_text(question.worth_points)
    if question.worth_points >= 1:
        worth = f"about {worth}"
    return (
        f"“{short}” tells {question.gain_bits:.2f} bits about the first place; "
        f"choosing after its answer is expected to be worth {worth}."
    )


def proof_meter(look: Outlook | Glance) -> str:
    """The proof in a few words: ``Cannot be caught by 14 of 19 rivals``; empty without a leader."""
    if not look.leader or not look.proof.rivals:
        return ""
    return f"Cannot be caught by {len(look.proof.beaten)} of {len(look.proof.rivals)} rivals"


def advice_sentence(look: Outlook | Glance) -> str:
    """What to know about going on: proven on evidence, or probably settled; else empty."""
    if look.proof.is_evidence_proven:
        return (
            "No reading of your answers, and no value inside what its evidence allows, "
            "changes the first place."
        )
    if look.proof.is_probably_settled and not look.proof.is_settled:
        return "Further answers will probably not change the first place."
    return ""


def of_hundred(share: float) -> str:
    """A sampled share as people say it: ``62 of 100``; never 0 or 100 where samples run out."""
    if share < 0.01:
        return "fewer than 1 of 100"
    return "more than 99 of 100" if share > 0.99 else f"{round(share * 100)} of 100"


def agreement_sentence(outlook: Outlook) -> str:
    """How many of the other methods agree; empty where none was asked."""
    count = len(outlook.cross_checks)
    if not count:
        return ""
    agreeing = sum(check.agrees for check in outlook.cross_checks)
    if agreeing == count:
        return f"All {number(count)} other methods agree."
    verb = "agrees" if agreeing == 1 else "agree"
    return f"{number(agreeing).capitalize()} of {number(count)} other methods {verb}."


def _taking_over(catalog: Catalog, slugs: Sequence[str]) -> str:
    names = [catalog.alternatives[slug].name for slug in slugs]
    return f"{listing(names)} {'takes' if len(names) == 1 else 'take'} over"


def _end(catalog: Catalog, points: float) -> str:
    """An end of an interval: ``“a lot”``, ``2.6 points, between “somewhat” and “a lot”``."""
    words = _on_scale(catalog, points)
    return words if words.startswith("“") else f"{points:.1f} points, {words}"


def _on_scale(catalog: Catalog, points: float) -> str:
    """Points in the words of the levels: ``“a lot”``, ``between “a lot” and “decisive”``."""
    levels = sorted(catalog.levels.values(), key=lambda level: level.points)
    names = [f"“{level.label[:1].lower()}{level.label[1:]}”" for level in levels]
    for level, name in zip(levels, names, strict=True):
        if abs(level.points - points) <= TIE:
            return name
    above = sum(level.points < points for level in levels)
    if above == len(levels):
        return f"more than {names[-1]}"
    return f"between {names[above - 1]} and {names[above]}"


def _answer(catalog: Catalog, name: str, value: str) -> str:
    """An answer inside a sentence."""
    if name not in catalog.questions or catalog.questions[name].kind == "importance":
        if value == MUST:
            return MUST_WORDS
        label = answer_label(catalog, name, value)
        return f"“{label[:1].lower()}{label[1:]}”"
    return f"“{answer_label(catalog, name, value)}”"
