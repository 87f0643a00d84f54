"""The decision record: Markdown in the form of MADR 4 (Markdown Architectural Decision Records)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from framework_picker.domain.explain import listing, whole
from framework_picker.domain.measures import published_date
from framework_picker.domain.sources import source_lines
from framework_picker.exports.head import Head
from framework_picker.exports.markdown import escaped, provenance, table
from framework_picker.exports.rows import Document, excluded_rows, named, ranked_rows

KIND = "framework-picker-decision"
PROS_AND_CONS = 4
"""As many of each as people read; the table of points has all of them."""
OPTIONS = 5
"""The winner and so many runners-up less one get pros and cons; the table has everybody."""
SMALLEST_SHARE = 0.005
"""Drivers below half a percent are not listed."""
LEVEL = 50.0
"""Halfway between a criterion's anchors, where an unknown value is put."""


def decision_record(document: Document, head: Head) -> str:
    """The whole record. Everything that somebody typed is set as plain text."""
    return "\n".join(_lines(document, head)) + "\n"


def replay_block(document: Document, head: Head) -> dict[str, Any]:
    """What the appendix holds: enough to compute the decision again and to compare the result."""
    return {
        "kind": KIND,
        "schema_version": document["schema_version"],
        "method_version": document["method_version"],
        "data_version": document["data_version"],
        "data_as_of": document["data_as_of"],
        "made_on": head.made_on.isoformat(),
        "title": head.title,
        "id": head.decision_id,
        "address": head.address,
        "answers": document["answers"],
        "winner": document["winner"],
        "ranking": [
            {name: ranked[name] for name in ("slug", "rank", "score", "coverage")}
            for ranked in document["ranking"]
        ],
        "excluded": [
            {
                "slug": excluded["slug"],
                "must_haves": [reason["must_have"] for reason in excluded["reasons"]],
            }
            for excluded in document["excluded"]
        ],
    }


class Sources:
    """The sources that a record cites, numbered in the order in which they come up."""

    def __init__(self) -> None:
        """None cited yet."""
        self._numbers: dict[str, int] = {}

    def numbers(self, citations: Iterable[str]) -> str:
        """``source 7``, or ``sources 3, 5-8``: where these stand in the list."""
        found = sorted({self._numbers.setdefault(one, len(self._numbers) + 1) for one in citations})
        runs: list[list[int]] = []
        for number in found:
            if runs and runs[-1][-1] == number - 1:
                runs[-1].append(number)
            else:
                runs.append([number])
        texts = [f"{run[0]}" if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs]
        return f"{'source' if len(found) == 1 else 'sources'} {', '.join(texts)}"

    def lines(self) -> Iterator[str]:
        """The numbered list; nothing when nothing was cited."""
        if self._numbers:
            yield from ("## Sources", "")
        for citation, number in self._numbers.items():
            texts = [
                f"[{escaped(line.text)}](<{line.href}>)" if line.href else escaped(line.text)
                for line in source_lines([citation])
            ]
            yield f"{number}. {'; '.join(texts)}"
        if self._numbers:
            yield ""


def _lines(document: Document, head: Head) -> Iterator[str]:
    winners = named(document, document["ties"] or list(filter(None, [document["winner"]])))
    yield from ("---", "status: proposed", f"date: {head.made_on.isoformat()}", "---", "")
    yield from (f"# {escaped(head.heading)}", "")
    yield from ("## Context and Problem Statement", "")
    yield "Which web framework do we use? We answered these questions:"
    yield ""
    if document["answers_in_words"]:
        for answer in document["answers_in_words"]:
            yield f"* {escaped(answer['subject'])}: {escaped(answer['label'])}"
    else:
        yield "* none; every question has its middle weight"
    yield ""
    if head.note.strip():
        for line in head.note.splitlines():
            # A quotation keeps the lines that somebody typed.
            yield f"> {escaped(line)}" if line.strip() else ">"
        yield ""
    yield from _drivers(document)
    yield from _options(document)
    sources = Sources()
    yield from _outcome(document, winners, sources)
    yield from _pros_and_cons(document, sources)
    yield from _revisit(document)
    yield from _more(document, head)
    yield from sources.lines()
    yield from _appendix(document, head)


def _drivers(document: Document) -> Iterator[str]:
    yield from ("## Decision Drivers", "")
    musts = [answer for answer in document["answers_in_words"] if answer["answer"] == "must"]
    for answer in musts:
        yield f"* Must-have: {escaped(answer['subject'])}"
    weights = sorted(document["weights"], key=lambda weight: -weight["weight"])
    for weight in weights:
        if weight["weight"] >= SMALLEST_SHARE:
            yield f"* {escaped(weight['name'])}: {100 * weight['weight']:.0f} % of the score"
    yield ""


def _options(document: Document) -> Iterator[str]:
    yield from ("## Considered Options", "")
    yield from table(
        ["Rank", "Option", "Score of 100", "First in", "Verified", "Mark"],
        (
            [str(row.rank), row.name, row.score, row.first_of_hundred, row.coverage, row.mark]
            for row in ranked_rows(document)
        ),
        right={0, 2, 4},
    )
    yield ""
    excluded = excluded_rows(document)
    if excluded:
        yield "Ruled out by a must-have or by the kind of project:"
        yield ""
        names_by_reasons: dict[tuple[str, ...], list[str]] = {}
        for row in excluded:
            names_by_reasons.setdefault(row.reasons, []).append(row.name)
        for reasons, names in names_by_reasons.items():
            yield f"* {escaped(', '.join(names))}: {escaped(' '.join(reasons))}"
        yield ""


def _outcome(document: Document, winners: Sequence[str], sources: Sources) -> Iterator[str]:
    yield from ("## Decision Outcome", "")
    if not winners:
        yield f"No option is left. {escaped(document['sentence'])}"
        for relaxation in document["relaxations"]:
            yield f"* {escaped(relaxation['sentence'])}"
        yield ""
        return
    chosen = "Chosen option" if len(winners) == 1 else "Tied for first, to be settled by us"
    yield f"{chosen}: {escaped(listing(list(winners)))}. {escaped(document['sentence'])}"
    yield ""
    for detail in document["details"]:
        yield f"* {escaped(detail)}"
    for check in document["other_methods"]:
        yield f"* {escaped(check['sentence'])}"
    yield ""
    first = document["ranking"][0]
    yield from ("### Consequences", "")
    yield from _weighed(document, first, sources)
    yield ""


def _pros_and_cons(document: Document, sources: Sources) -> Iterator[str]:
    """The runners-up; the winner's stand under the outcome."""
    runners_up = document["ranking"][1:OPTIONS]
    if runners_up:
        yield from ("## Pros and Cons of the Options", "")
    for ranked in runners_up:
        yield from (f"### {escaped(ranked['name'])}", "")
        release = ranked["latest_release"]
        if release["value"] is not None:
            yield f"Release {escaped(release['reading'])}, read on {release['as_of']}."
            yield ""
        yield from _weighed(document, ranked, sources)
        yield ""


def _weighed(document: Document, ranked: Mapping[str, Any], sources: Sources) -> Iterator[str]:
    """What lifts a framework above the middle, what holds it below it, what nobody verified."""
    names = {weight["criterion"]: weight["name"] for weight in document["weights"]}
    counted = [part for part in ranked["contributions"] if part["weight"] > 0]

    def effect(part: Mapping[str, Any]) -> float:
        return float(part["weight"] * (part["value"] - LEVEL))

    known = sorted((part for part in counted if part["is_known"]), key=effect)
    good = [part for part in reversed(known) if effect(part) > 0][:PROS_AND_CONS]
    bad = [part for part in known if effect(part) < 0][:PROS_AND_CONS]
    for word, parts in (("Good", good), ("Bad", bad)):
        for part in parts:
            name = names[part["criterion"]]
            yield (
                f"* {word}, because {escaped(_for(name, part))}: "
                f"{escaped(_readings(part))}. {_evidence(part, sources)}"
            )
    unknown = [part for part in counted if not part["is_known"]]
    for part in unknown:
        yield f"* Neutral, because {escaped(names[part['criterion']])} is not verified."
    if not (good or bad or unknown):
        yield "* Neutral, because nothing lifts it above the middle or holds it below."


def _for(name: str, part: Mapping[str, Any]) -> str:
    own = part["own"]
    said = f"{name} is worth {whole(part['value'])} of 100"
    return f"{said} ({own['sentence']})" if own else said


def _readings(part: Mapping[str, Any]) -> str:
    return "; ".join(f"{entry['label']}: {entry['reading']}" for entry in part["parts"])


def _evidence(part: Mapping[str, Any], sources: Sources) -> str:
    """The numbers of a value's sources, with the date of the oldest."""
    citations = dict.fromkeys(citation for entry in part["parts"] for citation in entry["source"])
    if not citations:
        return "No source: our own value."
    return f"As of {part['as_of']}; {sources.numbers(citations)}."


def _revisit(document: Document) -> Iterator[str]:
    yield from ("## When to revisit", "")
    flips = [*document["flips"], *document["must_have_flips"]]
    lines = list(dict.fromkeys(f"* {escaped(flip['sentence'])}" for flip in flips))
    if not lines and document["no_flip_sentence"]:
        lines.append(f"* {escaped(document['no_flip_sentence'])}")
    for shaky in document["worth_checking"]:
        lines.append(f"* {escaped(shaky['sentence'])}")
    for day, name, series in support_ends(document):
        lines.append(
            f"* {day.isoformat()}: security fixes for {escaped(name)} {escaped(series)} end."
        )
    yield from lines or ["* Nothing found that would change the first place."]
    yield ""


def support_ends(document: Document, *, first: int = 1) -> list[tuple[date, str, str]]:
    """Day, framework and series of every published end of security support that lies ahead.

    Of the ``first`` frameworks of the ranking, from the data's day on, soonest first.
    """
    as_of = date.fromisoformat(document["data_as_of"])
    ends: list[tuple[date, str, str]] = []
    for ranked in document["ranking"][:first]:
        windows = ranked["support"]["value"]
        for window in windows if isinstance(windows, list) else []:
            day = published_date(str(window.get("security", "")))
            if day is not None and day >= as_of and not window.get("planned"):
                ends.append((day, ranked["name"], str(window.get("series", ""))))
    return sorted(ends)


def _more(document: Document, head: Head) -> Iterator[str]:
    yield from ("## More Information", "", provenance(document, head), "")
    yield "The score is the sum of weight times value over all criteria (additive model)."
    if document["robustness"]["samples"]:
        yield (
            "“First in” counts plausible readings of the answers, of "
            f"{document['robustness']['samples']} sampled ones."
        )
    yield ""


def _appendix(document: Document, head: Head) -> Iterator[str]:
    yield from ("## Appendix: the decision to compute again", "")
    yield "`python -m framework_picker check RECORD.md` replays this block with today's data."
    yield ""
    block = replay_block(document, head)
    yield "```json"
    for place, (name, value) in enumerate(block.items()):
        end = "" if place == len(block) - 1 else ","
        start = "{" if place == 0 else " "
        yield f"{start}{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}{end}"
    yield "}"
    yield "```"
