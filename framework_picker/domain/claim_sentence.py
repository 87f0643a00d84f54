"""A comparison written as a sentence: read into its parts, and back into words.

The reader is small on purpose. It knows two names, one relation between them, at most one amount
and one workload; whatever else stands in the sentence is named as left aside, and where a word
could turn the meaning around the sentence is not read at all.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from framework_picker.domain.claim_check import (
    LARGEST_FACTOR,
    RELATIONS,
    Bound,
    Comparison,
    Unit,
    target,
)
from framework_picker.domain.explain import listing
from framework_picker.domain.model import Catalog
from framework_picker.domain.published import Workload
from framework_picker.domain.readings import number

LONGEST_SENTENCE = 300
MOST_LEFT_ASIDE = 4
FEWEST_LETTERS = 5
"""Shorter known words are not guessed from a misspelling, which may have one letter less."""
LONG_WORD = 8
LONGEST_WORD = 30

Kind = Literal[
    "name",
    "verb",
    "adjective",
    "than",
    "as",
    "amount",
    "unit",
    "bound",
    "workload",
    "no",
    "filler",
    "other",
]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood. ``comparison`` is None when it was not, and ``problem`` says why.

    ``notes`` say what was left aside or taken for something else. ``topic`` is set where the
    sentence asks for a judgement that no row measures.
    """

    comparison: Comparison | None
    notes: tuple[str, ...] = ()
    problem: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True)
class _Symbol:
    """A word or a phrase that means something."""

    kind: Kind
    text: str
    value: str = ""
    amount: float = 0.0


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """Phrases by their words; every word of a phrase, and those long enough to be misspelled."""

    phrases: Mapping[tuple[str, ...], _Symbol]
    longest: int
    words: frozenset[str]
    spellings: tuple[str, ...]


_SYNONYMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "faster": (
            "faster",
            "quicker",
            "speedier",
            "more performant",
            "higher throughput",
            "more throughput",
            "better throughput",
            "better performance",
            "more requests",
        ),
        "slower": (
            "slower",
            "less performant",
            "lower throughput",
            "less throughput",
            "worse performance",
            "fewer requests",
        ),
        "more-popular": ("more popular", "more widespread"),
        "less-popular": ("less popular",),
        "more-used": ("more used", "more widely used", "used more", "more adoption"),
        "less-used": ("less used", "less widely used", "used less", "less adoption"),
        "more-stars": ("more stars", "more github stars"),
        "fewer-stars": ("fewer stars", "less stars", "fewer github stars"),
        "more-downloads": ("more downloads", "more downloaded", "downloaded more"),
        "fewer-downloads": ("fewer downloads", "less downloads", "downloaded less"),
        "smaller": ("smaller",),
        "larger": ("larger", "bigger"),
        "less-memory": ("less memory", "less ram"),
        "more-memory": ("more memory", "more ram"),
        "lighter": ("lighter", "more lightweight"),
        "heavier": ("heavier",),
        "older": ("older",),
        "newer": ("newer", "younger"),
        "fewer-dependencies": ("fewer dependencies", "less dependencies"),
        "more-dependencies": ("more dependencies",),
        "starts-faster": (
            "faster to start",
            "starts faster",
            "starts up faster",
            "faster startup",
            "imports faster",
        ),
        "starts-slower": (
            "slower to start",
            "starts slower",
            "starts up slower",
            "slower startup",
            "imports slower",
        ),
    }
)
_POSITIVES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "faster": ("fast", "quick", "performant", "many requests"),
        "slower": ("slow",),
        "more-popular": ("popular",),
        "less-popular": ("unpopular",),
        "more-used": ("used", "widely used"),
        "less-used": ("unused",),
        "more-stars": ("many stars", "many github stars"),
        "fewer-stars": ("few stars",),
        "more-downloads": ("many downloads",),
        "fewer-downloads": ("few downloads",),
        "smaller": ("small",),
        "larger": ("large", "big"),
        "less-memory": ("little memory",),
        "more-memory": ("much memory", "much ram"),
        "lighter": ("light", "lightweight"),
        "heavier": ("heavy",),
        "older": ("old",),
        "newer": ("new", "young"),
        "fewer-dependencies": ("few dependencies",),
        "more-dependencies": ("many dependencies",),
        "starts-faster": ("quick to start",),
        "starts-slower": ("slow to start",),
    }
)
_VERBS = {"faster": ("outperforms", "outperform", "beats"), "slower": ("loses to",)}

_AMOUNTS = {
    "one": 1.0,
    "two": 2.0,
    "three": 3.0,
    "four": 4.0,
    "five": 5.0,
    "six": 6.0,
    "seven": 7.0,
    "eight": 8.0,
    "nine": 9.0,
    "ten": 10.0,
    "twenty": 20.0,
    "fifty": 50.0,
    "hundred": 100.0,
}
_FACTORS = {
    "twice": 2.0,
    "double": 2.0,
    "thrice": 3.0,
    "half": 0.5,
    "an order of magnitude": 10.0,
}
_UNITS: Mapping[str, tuple[Unit, ...]] = MappingProxyType(
    {
        "x": ("times",),
        "×": ("times",),
        "times": ("times",),
        "time": ("times",),
        "fold": ("times",),
        "%": ("percent",),
        "percent": ("percent",),
        "per cent": ("percent",),
        "years": ("years",),
        "year": ("years",),
    }
)
_BOUNDS: Mapping[str, Bound] = MappingProxyType(
    {"up to": "up to", "at least": "at least", "more than": "at least", "over": "at least"}
)
_JOINS = ".,'’-/"
_SIGNS = "%×"
_THAN = ("than", "then", "compared to", "compared with", "against")
_TURNS_AROUND = frozenset(
    {
        "aren't",
        "barely",
        "can't",
        "cannot",
        "doesn't",
        "doesnt",
        "don't",
        "except",
        "false",
        "hardly",
        "if",
        "isn't",
        "isnt",
        "neither",
        "never",
        "no",
        "none",
        "nor",
        "not",
        "nothing",
        "only",
        "unless",
        "wasn't",
        "without",
        "won't",
        "wrong",
    }
)
_SAYS_NOTHING = frozenset(
    {
        "a",
        "about",
        "almost",
        "also",
        "always",
        "an",
        "and",
        "answer",
        "answers",
        "app",
        "application",
        "applications",
        "approximately",
        "apps",
        "are",
        "around",
        "at",
        "be",
        "by",
        "can",
        "claim",
        "could",
        "do",
        "does",
        "doing",
        "even",
        "far",
        "for",
        "framework",
        "frameworks",
        "from",
        "generally",
        "github",
        "had",
        "has",
        "have",
        "i",
        "in",
        "install",
        "installation",
        "is",
        "it",
        "its",
        "just",
        "may",
        "might",
        "much",
        "nearly",
        "need",
        "needs",
        "of",
        "or",
        "often",
        "on",
        "per",
        "performance",
        "python",
        "read",
        "really",
        "request",
        "requests",
        "roughly",
        "run",
        "running",
        "runs",
        "s",
        "say",
        "says",
        "second",
        "serve",
        "serves",
        "some",
        "speed",
        "still",
        "that",
        "the",
        "this",
        "to",
        "true",
        "use",
        "uses",
        "using",
        "usually",
        "very",
        "was",
        "way",
        "we",
        "web",
        "were",
        "what",
        "when",
        "will",
        "with",
        "would",
        "you",
    }
)
_JUDGEMENTS: Mapping[str, str] = MappingProxyType(
    {
        "easier": "learning",
        "simpler": "learning",
        "harder": "learning",
        "safer": "security",
        "more secure": "security",
        "less secure": "security",
        "cheaper": "cost",
        "more expensive": "cost",
        "more scalable": "performance",
        "more flexible": "learning",
        "less flexible": "learning",
        "more mature": "history",
        "more modern": "async",
        "better": "use-case",
        "worse": "use-case",
        "nicer": "learning",
    }
)


def read_sentence(catalog: Catalog, workloads: Mapping[str, Workload], sentence: str) -> Reading:
    """The comparison a sentence makes, or why it was not understood."""
    if len(sentence) > LONGEST_SENTENCE:
        return Reading(
            None,
            problem=f"That is longer than {LONGEST_SENTENCE} characters. One comparison is enough.",
        )
    words = list(_words(sentence))
    if not words:
        return Reading(None, problem="Write a comparison of two frameworks.")
    vocabulary = _vocabulary(_names(catalog), _workload_words(workloads))
    meant, notes = _corrected(words, vocabulary)
    return _read(catalog, list(_symbols(meant, vocabulary)), notes)


def comparison_words(
    catalog: Catalog, workloads: Mapping[str, Workload], comparison: Comparison
) -> str:
    """The comparison as a sentence, which ``read_sentence`` reads back into the same parts."""
    relation = RELATIONS[comparison.relation]
    one, other = (_short_name(catalog, slug) for slug in (comparison.one, comparison.other))
    verb, _, rest = relation.words.partition(" ")
    if comparison.amount == 1 and comparison.unit == "times" and not comparison.bound:
        middle = f"{verb} {relation.as_words}"
    elif comparison.amount is None:
        middle = relation.words
    else:
        years = "year" if comparison.amount == 1 else "years"
        unit = {"percent": "%", "times": "times", "years": years}[comparison.unit or "times"]
        bound = f"{comparison.bound} " if comparison.bound else ""
        middle = f"{verb} {bound}{_digits(comparison.amount)} {unit} {rest}"
    where = f" at {workloads[comparison.workload].words[0]}" if comparison.workload else ""
    return f"{one} {middle} {other}{where}"


def comparison_problem(comparison: Comparison) -> str:
    """Why a comparison makes no sense; empty when it does."""
    relation = RELATIONS[comparison.relation]
    if comparison.one == comparison.other:
        return "Name two different frameworks."
    if comparison.workload and not relation.is_speed:
        return "A workload only matters for speed. Leave it out here."
    amount = comparison.amount
    if amount is None:
        return ""
    is_as_old_as = comparison.unit == "times" and amount == 1
    if relation.is_age != (comparison.unit == "years") and not is_as_old_as:
        return (
            "Ages are compared in years, as in “5 years older”."
            if relation.is_age
            else "Only ages are compared in years."
        )
    if not 0 < amount <= LARGEST_FACTOR:
        return f"The amount must lie between 0 and {number(LARGEST_FACTOR)}."
    if comparison.unit == "percent" and not relation.has_more and amount >= 100:
        return "Nothing can be less by 100 % or more."
    claimed = target(comparison, relation)
    if claimed is not None and claimed < 1:
        return "A factor below 1 turns the claim around. Write it the other way round."
    return ""


# -- words


def _words(sentence: str) -> Iterator[str]:
    """Words and numbers in small letters; signs that mean nothing are left out.

    One pass over the characters, so that no input takes long.
    """
    text = unicodedata.normalize("NFKC", sentence[:LONGEST_SENTENCE]).casefold()[:LONGEST_SENTENCE]
    word = ""
    for place, character in enumerate(text):
        following = text[place + 1] if place + 1 < len(text) else ""
        is_digit = word[-1:].isdigit() or word[-2:-1].isdigit()
        if character.isalnum() and (not word or is_digit == character.isdigit()):
            word += character
        elif (
            word[-1:].isalnum()
            and character in _JOINS
            and following.isalnum()
            and is_digit == following.isdigit()
        ):
            word += "'" if character == "’" else character
        else:
            if word:
                yield word
            word = character if character.isalnum() else ""
            if character in _SIGNS:
                yield character
    if word:
        yield word


def number_in(word: str) -> float | None:
    """A number as people write it: ``1,000`` and ``2.5`` and ``2,5``; None when it is none."""
    if not word[:1].isdigit() or not word.isascii():
        return None
    head, comma, tail = word.partition(",")
    if comma and "." not in word:
        groups = word.split(",")
        if all(len(group) == 3 for group in groups[1:]):
            return float("".join(groups)[:16])
        word = f"{head}.{tail}"
    else:
        word = word.replace(",", "")
    parts = word.split(".")
    if len(parts) > 2 or not all(part.isdigit() for part in parts):
        return None
    return float(word[:16])


def _corrected(words: Sequence[str], vocabulary: _Vocabulary) -> tuple[list[str], list[str]]:
    """The words as they are spelled here, and a note for every one that was not."""
    meant: list[str] = []
    notes: list[str] = []
    for word in words:
        bare = word.removesuffix("'s")
        known = word in vocabulary.words or word in _SAYS_NOTHING or word in _TURNS_AROUND
        right = "" if known or bare in vocabulary.words else _spelled(bare, vocabulary.spellings)
        if right:
            notes.append(f"“{_shown(bare)}” is taken for “{right}”.")
        meant.append(right or (word if known else bare))
    return meant, list(dict.fromkeys(notes))


def _symbols(words: Sequence[str], vocabulary: _Vocabulary) -> Iterator[_Symbol]:
    """What the words mean, the longest phrases first."""
    place = 0
    while place < len(words):
        found, length = _phrase(words[place : place + vocabulary.longest], vocabulary)
        place += length
        yield found


def _phrase(words: Sequence[str], vocabulary: _Vocabulary) -> tuple[_Symbol, int]:
    for length in range(len(words), 0, -1):
        found = vocabulary.phrases.get(tuple(words[:length]))
        if found is not None:
            return found, length
        together = "".join(c for word in words[:length] for c in word if c.isalnum())
        found = vocabulary.phrases.get((together,))
        if found is not None and found.kind == "name":  # "fast api"
            return found, length
    return _single(words[0]), 1


def _single(word: str) -> _Symbol:
    amount = number_in(word)
    if amount is not None:
        return _Symbol("amount", word, amount=amount)
    tens = _AMOUNTS.get(word.removesuffix("fold").rstrip("-")) if word.endswith("fold") else None
    if tens is not None:
        return _Symbol("amount", word, "times", tens)
    if word in _SAYS_NOTHING:
        return _Symbol("filler", word)
    turns = word in _TURNS_AROUND or word.endswith("n't")
    return _Symbol("no" if turns else "other", word)


def _spelled(word: str, spellings: Sequence[str]) -> str:
    """The one known word that this one is a slip of; empty without one, or with several."""
    if not FEWEST_LETTERS - 1 <= len(word) <= LONGEST_WORD or not word.isalpha():
        return ""
    most = 2 if len(word) >= LONG_WORD else 1
    near = sorted(
        (distance, known)
        for known in spellings
        if abs(len(known) - len(word)) <= most and (distance := _slips(word, known)) <= most
    )
    if not near or (len(near) > 1 and near[0][0] == near[1][0]):
        return ""
    return near[0][1]


def _slips(one: str, other: str) -> int:
    """Letters to add, drop, change, or swap with their neighbour, to get from one to the other."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, last, row = row, before, [i]
        for j, known in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != known))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == known:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]


# -- vocabulary


def _names(catalog: Catalog) -> tuple[tuple[str, str], ...]:
    """What frameworks are called, and whom each name means; names that mean two are left out."""
    meant: dict[str, set[str]] = {}
    for slug, alternative in catalog.alternatives.items():
        parts = slug.split("-")
        called = {slug, alternative.package, alternative.name}
        called |= {part.strip() for part in alternative.name.split("/")}
        if len(parts) > 2:
            called.add("".join(part[0] for part in parts))
        if len(parts) > 1 and parts[-1] not in _SAYS_NOTHING:
            called.add(parts[-1])
        for name in filter(None, called):
            meant.setdefault(" ".join(_words(name)), set()).add(slug)
    return tuple(
        sorted((name, min(slugs)) for name, slugs in meant.items() if name and len(slugs) == 1)
    )


def _short_name(catalog: Catalog, slug: str) -> str:
    """The framework's name, as the reader knows it: without what it stands on."""
    name = catalog.alternatives[slug].name
    return name if len(name.split()) == 1 else slug


def _workload_words(workloads: Mapping[str, Workload]) -> tuple[tuple[str, str], ...]:
    return tuple((word, one.id) for one in workloads.values() for word in one.words)


@lru_cache(maxsize=8)
def _vocabulary(
    names: tuple[tuple[str, str], ...], workload_words: tuple[tuple[str, str], ...]
) -> _Vocabulary:
    phrases: dict[tuple[str, ...], _Symbol] = {}

    def learn(kind: Kind, text: str, value: str = "", amount: float = 0.0) -> None:
        phrases[tuple(_words(text))] = _Symbol(kind, text, value, amount)

    for text, workload in workload_words:
        learn("workload", text, workload)
    for text, unit in _UNITS.items():
        learn("unit", text, unit[0])
    for text, bound in _BOUNDS.items():
        learn("bound", text, bound)
    for text, amount in _AMOUNTS.items():
        learn("amount", text, amount=amount)
    for text, amount in _FACTORS.items():
        learn("amount", text, "times", amount)
    for text in _THAN:
        learn("than", text)
    learn("as", "as")
    for text, topic in _JUDGEMENTS.items():
        learn("adjective", text, f"?{topic}")
    for relation, texts in (*_SYNONYMS.items(), *_POSITIVES.items()):
        for text in texts:
            learn("adjective", text, relation)
    for relation, texts in _VERBS.items():
        for text in texts:
            learn("verb", text, relation)
    for name, slug in names:
        learn("name", name, slug)
        squeezed = "".join(character for character in name if character.isalnum())
        phrases.setdefault((squeezed,), _Symbol("name", name, slug))
    words = frozenset(word for phrase in phrases for word in phrase)
    return _Vocabulary(
        phrases,
        max(map(len, phrases)),
        words,
        tuple(sorted(word for word in words if len(word) >= FEWEST_LETTERS and word.isalpha())),
    )


# -- grammar


def _read(catalog: Catalog, said: Sequence[_Symbol], spelled: Sequence[str]) -> Reading:
    symbols, versions = _without_fillers(said)
    notes = [*spelled, *(["Versions are not told apart."] if versions else [])]
    turning = [symbol.text for symbol in symbols if symbol.kind == "no"]
    if turning:
        return Reading(
            None,
            tuple(notes),
            f"“{_shown(turning[0])}” could turn the meaning around, and this reader is too simple "
            "for that. Ask the plain comparison.",
        )
    relations = [(at, one) for at, one in enumerate(symbols) if one.kind in ("adjective", "verb")]
    names = [(at, one) for at, one in enumerate(symbols) if one.kind == "name"]
    problem = _wrong_parts(catalog, relations, names)
    if problem:
        return Reading(None, tuple(notes), problem)
    (at, word), *_ = relations
    if word.value.startswith("?"):
        return Reading(
            None,
            tuple(notes),
            f"“{word.text}” is a judgement that no row measures.",
            topic=word.value.removeprefix("?"),
        )
    problem = _wrong_order(symbols, at, word, names)
    if problem:
        return Reading(None, tuple(notes), problem)
    amount, unit, bound, problem = _amount(symbols)
    if problem:
        return Reading(None, tuple(notes), problem)
    if amount is None and _is_level(symbols, at, word):
        amount, unit = 1.0, "times"
    workloads = list(dict.fromkeys(one.value for one in symbols if one.kind == "workload"))
    if len(workloads) > 1:
        return Reading(None, tuple(notes), "Name one workload at a time.")
    aside = [one.text for one in symbols if one.kind == "other"]
    if len(aside) > MOST_LEFT_ASIDE:
        return Reading(
            None,
            tuple(notes),
            f"Too much of it means nothing here, such as “{_shown(aside[0])}”.",
        )
    notes += [f"Left aside: {', '.join(f'“{_shown(word)}”' for word in aside)}."] if aside else []
    comparison = Comparison(
        one=names[0][1].value,
        relation=word.value,
        other=names[-1][1].value,
        workload=workloads[0] if workloads else "",
        amount=amount,
        unit=unit,
        bound=bound,
    )
    if comparison.unit == "times" and amount is not None and 0 < amount < 1:
        comparison = _turned(comparison, amount)
        turned = comparison_words(catalog, {}, replace(comparison, workload=""))
        notes.append(f"Read the other way round: {turned}.")
    problem = comparison_problem(comparison)
    return Reading(None if problem else comparison, tuple(notes), problem)


def _turned(comparison: Comparison, amount: float) -> Comparison:
    """Half as fast is twice as slow."""
    relation = RELATIONS[comparison.relation]
    opposite = next(
        other.id
        for other in RELATIONS.values()
        if other.facts == relation.facts and other.has_more != relation.has_more
    )
    return replace(comparison, relation=opposite, amount=round(1 / amount, 6))


def _wrong_parts(
    catalog: Catalog,
    relations: Sequence[tuple[int, _Symbol]],
    names: Sequence[tuple[int, _Symbol]],
) -> str:
    slugs = list(dict.fromkeys(one.value for _, one in names))
    if len(slugs) > 2:
        called = listing([catalog.alternatives[slug].name for slug in slugs])
        return f"One comparison at a time: it names {called}."
    if not slugs:
        return "It names no framework that is known here."
    if not relations:
        return "It names no comparison that is known here, such as “faster than”."
    if len({one.value for _, one in relations}) > 1:
        first, second = (one.text for _, one in relations[:2])
        return f"One comparison at a time: it says “{first}” and “{second}”."
    if len(slugs) < 2:
        only = catalog.alternatives[slugs[0]].name
        return f"It names only {only}. Compared with which other framework?"
    return ""


def _wrong_order(
    symbols: Sequence[_Symbol], at: int, word: _Symbol, names: Sequence[tuple[int, _Symbol]]
) -> str:
    before = [place for place, _ in names if place < at]
    after = [place for place, _ in names if place > at]
    if not before or not after:
        return "Put it as “one is faster than the other”, with the relation between the names."
    between = [one.kind for one in symbols[at + 1 : after[-1]]]
    if word.kind == "verb":
        return ""
    if word.text in _positive_words():
        if symbols[at - 1].kind == "as" and "as" in between:
            return ""
        return f"“{word.text}” needs “as” before and after it, or another form with “than”."
    return "" if "than" in between else f"“{word.text}” needs “than” and the other framework."


def _without_fillers(said: Sequence[_Symbol]) -> tuple[list[_Symbol], bool]:
    """The symbols that mean something, and whether versions were left out: "Flask 3.1"."""
    kept: list[_Symbol] = []
    versions = False
    before = ""
    for place, symbol in enumerate(said):
        following = said[place + 1].kind if place + 1 < len(said) else ""
        is_version = symbol.kind == "amount" and before == "name" and following != "unit"
        versions = versions or is_version
        before = symbol.kind
        if symbol.kind != "filler" and not is_version:
            kept.append(symbol)
    return kept, versions


def _amount(symbols: Sequence[_Symbol]) -> tuple[float | None, Unit, Bound, str]:
    """The claimed amount with its unit, and whether it is a bound; a problem where it is none."""
    found: list[tuple[float, Unit]] = []
    bound: Bound = ""
    for place, symbol in enumerate(symbols):
        following = symbols[place + 1] if place + 1 < len(symbols) else None
        if symbol.kind == "bound" and following is not None and following.kind == "amount":
            bound = symbol.value  # type: ignore[assignment]
        if symbol.kind != "amount":
            continue
        if symbol.value:
            found.append((symbol.amount, "times"))
        elif following is not None and following.kind == "unit":
            found.append((symbol.amount, following.value))  # type: ignore[arg-type]
        else:
            return None, "", "", f"“{_shown(symbol.text)}” of what? Write “times” or “%” behind it."
    if len(found) > 1:
        return None, "", "", "Name one amount at a time."
    return (*found[0], bound, "") if found else (None, "", "", "")


def _is_level(symbols: Sequence[_Symbol], at: int, word: _Symbol) -> bool:
    """Whether it says "as fast as" and no amount."""
    return word.text in _positive_words() and symbols[at - 1].kind == "as"


@lru_cache(maxsize=1)
def _positive_words() -> frozenset[str]:
    return frozenset(text for texts in _POSITIVES.values() for text in texts)


def _digits(amount: float) -> str:
    return f"{amount:.10g}" if amount < LARGEST_FACTOR else str(int(amount))


def _shown(word: str) -> str:
    return word if len(word) <= LONGEST_WORD else f"{word[:LONGEST_WORD]}…"
