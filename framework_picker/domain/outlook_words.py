"""The outlook in words: how sure, what would change it, what is proven, what others say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from framework_picker.domain.answers import MUST, answer_label, answer_subject
from framework_picker.domain.cross_checks import CrossCheck
from framework_picker.domain.explain import listing, number
from framework_picker.domain.model import Catalog
from framework_picker.domain.outlook_rows import Outlook

MUST_WORDS = "a must-have"


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
    """A factor to one decimal, never rounded up to what it does not reach."""
    return f"{factor:.2f}" if factor < 1.1 else f"{int(factor * 10) / 10:.1f}"


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
            f"{opening}: it looks at the worst single point, and {about} has one in “{criterion}”."
        )
    if check.reason == "many small wins":
        return (
            f"{opening}: it counts small leads almost like large ones, and {about} is ahead on "
            f"{number(check.wins)} of {number(check.wins + check.losses)} criteria; the largest "
            f"lead of {name}, “{criterion}”, counts for less there."
        )
    return (
        f"{opening}: highs and lows count more there than in a sum, and {about} has the most "
        f"uneven profile, above all in “{criterion}”."
    )


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


def _answer(catalog: Catalog, name: str, value: str) -> str:
    """An answer inside a sentence."""
    if name not in catalog.questions or catalog.questions[name].kind == "importance":
        if value == MUST:
            return MUST_WORDS
        label = answer_label(catalog, name, value)
        return f"“{label[:1].lower()}{label[1:]}”"
    return f"“{answer_label(catalog, name, value)}”"
