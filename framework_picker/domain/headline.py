"""The verdict with how sure it is: the sentence that the result page begins with."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from framework_picker.domain.answers import MUST, answer_label
from framework_picker.domain.evaluation import Evaluation
from framework_picker.domain.explain import listing, number, points_of_hundred, whole
from framework_picker.domain.model import Catalog
from framework_picker.domain.outlook_rows import Outlook
from framework_picker.domain.outlook_words import MUST_WORDS, factor_text, of_hundred
from framework_picker.domain.robustness import Sureness
from framework_picker.domain.scoring import TIE, HeadToHead
from framework_picker.domain.verdict import Verdict, verdict

_ENDINGS: dict[Sureness, str] = {
    "very robust": "and it is very robust",
    "robust": "and it is robust",
    "leaning": "but it is only a leaning",
    "open": "but it is still open",
}


@dataclass(frozen=True, slots=True)
class Badge:
    """Something that is certain about the first place: a word for it, and what it means."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Headline:
    """The first sentence (``names says``, then ``also also_says`` where two are best), the dek.

    ``also`` names the framework that is best across what the answers might mean, where it is
    another one than is best for the answers as given. The rest is as in ``Verdict``.
    """

    names: str
    says: str
    also: str
    also_says: str
    dek: tuple[str, ...]
    badges: tuple[Badge, ...]

    @property
    def sentence(self) -> str:
        """The whole sentence."""
        return " ".join(part for part in (self.names, self.says, self.also, self.also_says) if part)


def headline(catalog: Catalog, evaluation: Evaluation, look: Outlook | None) -> Headline:
    """The verdict as it stands, with how sure it is where one of several leads.

    Without an outlook it says nothing about that.
    """
    found = verdict(catalog, evaluation)
    if look is None or found.kind not in ("clear", "level") or look.words == "":
        proven = badges(look) if look is not None else ()
        return Headline(found.names, found.says, "", "", found.dek, proven)
    # The verdict's first sentence is about points; what follows it stays as it is.
    dek = (
        _readings(catalog, evaluation, look),
        _on_points(catalog, evaluation),
        would_lead(catalog, evaluation.answers, look),
        *found.dek[1:],
    )
    other = catalog.alternatives[look.split_with].name if look.is_split else ""
    return Headline(
        found.names,
        "is best for your answers as given," if other else _lead(found, look),
        other,
        "across what you might mean." if other else "",
        tuple(sentence for sentence in dek if sentence),
        badges(look),
    )


def badges(look: Outlook) -> tuple[Badge, ...]:
    """What is proven about the first place, or as good as proven while questions are open."""
    found = []
    if look.proof.is_settled and look.is_open:
        found.append(Badge("Settled", "Nothing you have not answered can change the first place."))
    elif look.proof.is_probably_settled and look.is_open:
        found.append(
            Badge("Nearly settled", "Further answers will probably not change the first place.")
        )
    if look.proof.is_evidence_proven:
        found.append(
            Badge(
                "Evidence-proof",
                "No reading of your answers, and no value inside what its evidence allows, "
                "changes the first place.",
            )
        )
    return tuple(found)


def would_lead(catalog: Catalog, answers: Mapping[str, str], look: Outlook) -> str:
    """The smallest change of one answer, as a wish: who would lead; empty where none does.

    ``Django would lead if “Admin pages” were “a lot”.``
    """
    for flip in look.flips:
        name, *others = flip.answers
        question = catalog.questions.get(name)
        if others or question is None or question.kind == "switch" or len(flip.leaders) != 1:
            continue
        leader = catalog.alternatives[flip.leaders[0]].name
        value = flip.answers[name]
        label = answer_label(catalog, name, value)
        if question.kind == "importance":
            is_must = value == MUST
            label = MUST_WORDS if is_must else f"“{label[:1].lower()}{label[1:]}”"
        else:
            label = f"“{label}”"
        if name in answers:
            return f"{leader} would lead if “{question.short}” were {label}."
        return f"{leader} would lead if you answered “{question.short}” with {label}."
    return ""


def error_factor_against(result: HeadToHead) -> float | None:
    """By how much every importance may be off at once before the second draws level.

    With P the points that speak for the first and Q those that speak against it, each importance
    may be off by a factor of sqrt(P / Q), up or down (METHOD section 7). None when no factor
    suffices, and when the first is not ahead.
    """
    if result.gap <= TIE:
        return None
    ahead = math.fsum(points for _, points in result.differences if points > 0)
    behind = math.fsum(-points for _, points in result.differences if points < 0)
    return math.sqrt(ahead / behind) if behind > 0 else None


def off_by_sentence(catalog: Catalog, result: HeadToHead, *, is_nearest: bool = False) -> str:
    """The same in words; empty when the first is not ahead.

    ``is_nearest``: no other rival draws level with a smaller factor.
    """
    if result.gap <= TIE:
        return ""
    first, second = (catalog.alternatives[slug].name for slug in (result.first, result.second))
    factor = error_factor_against(result)
    if factor is None:
        return f"However much each of them matters, {second} never draws level with {first}."
    return (
        f"For {second} to draw level, every importance would have to be off at once, each by a "
        f"factor of {factor_text(factor)}. {'No other rival is closer.' if is_nearest else ''}"
    ).rstrip()


def _lead(found: Verdict, look: Outlook) -> str:
    if look.proof.is_settled and look.is_open:
        return "fits best, whatever you answer next."
    assert look.words != ""
    if look.is_open:
        return f"leads so far, {_ENDINGS[look.words]}."
    return f"{'is ahead' if look.words == 'open' else 'fits best'}, {_ENDINGS[look.words]}."


def _readings(catalog: Catalog, evaluation: Evaluation, look: Outlook) -> str:
    """In how many readings of the answers the leader is first."""
    asked = sum(question.kind != "switch" for question in catalog.questions.values())
    count = asked - len(evaluation.open_questions)
    answers = f"your {number(count)} answers" if count > 1 else "your answers"
    if count == 1:
        answers = "your one answer"
    share = of_hundred(look.standings[look.leader].first_share)
    if not look.is_split:
        return f"First in {share} plausible readings of {answers}."
    other = catalog.alternatives[look.split_with].name
    more = of_hundred(look.standings[look.split_with].first_share)
    name = catalog.alternatives[look.leader].name
    return f"{other} is first in {more} plausible readings of {answers}, {name} in {share}."


def _on_points(catalog: Catalog, evaluation: Evaluation) -> str:
    """Where the leader stands on points, and who is next."""
    first, second, *_ = evaluation.ranking
    name = catalog.alternatives[first.slug].name
    score = points_of_hundred(first.score)
    close = [ranked for ranked in evaluation.ranking[1:] if ranked.is_level_with_first]
    if close:
        level = listing([catalog.alternatives[ranked.slug].name for ranked in close])
        are = "is" if len(close) == 1 else "are"
        return f"{level} {are} practically level: less than 1 point behind {name}’s {score}."
    runner_up = catalog.alternatives[second.slug].name
    return f"{name} has {score}; {runner_up}, the runner-up, has {whole(second.score)}."
