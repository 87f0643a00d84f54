"""The ledger: found, counted, and the counts as the people who checked the claims gave them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework_picker.catalog.current import get_ledger
from framework_picker.domain.claims import (
    FACETS,
    VERDICT_MEANING,
    VERDICT_WORDS,
    VERDICTS,
    ClaimFilter,
    Ledger,
    claim_number,
    claims_on,
    evidence_parts,
    facet_counts,
    facet_values,
    findings,
    found_claims,
    headline,
    month_words,
    tallies,
    tally,
)

LEDGER = get_ledger()


def filters() -> st.SearchStrategy[ClaimFilter]:
    """Filters made of values that occur."""
    return st.builds(
        ClaimFilter,
        words=st.sampled_from(["", "flask", "async", "C069", "no such word anywhere"]),
        **{facet: st.sampled_from(["", *facet_values(LEDGER, facet)]) for facet in FACETS},
    )


def test_the_ledger_has_the_verdicts_that_were_given() -> None:
    # The table of verdicts that came with the claims.
    assert tally(LEDGER).by_verdict == {
        "confirmed": 92,
        "outdated": 17,
        "contradicted": 56,
        "conflicting-between-sources": 11,
        "unverifiable": 46,
        "opinion": 37,
    }
    assert len(LEDGER.claims) == 259


def test_the_headline_counts_and_all_claims_add_up() -> None:
    assert headline(LEDGER) == "Of 222 checkable claims in five articles, 92 hold"
    sentence = findings(LEDGER)

    numbers = [92, *(int(word) for word in sentence.split() if word.isdigit())]
    assert sum(numbers) == 259
    assert numbers == [92, 73, 46, 11, 37]


def test_an_empty_ledger_says_so() -> None:
    assert headline(Ledger()) == "No claim has been checked yet."
    assert findings(Ledger()) == ""
    assert found_claims(Ledger(), ClaimFilter(words="flask")) == ()
    assert tallies(Ledger()) == ()


def test_every_verdict_has_a_word_and_a_meaning_of_its_own() -> None:
    assert set(VERDICT_WORDS) == set(VERDICT_MEANING) == set(VERDICTS)
    assert len(set(VERDICT_WORDS.values())) == len(VERDICTS)


def test_those_that_could_change_a_choice_come_first() -> None:
    found = found_claims(LEDGER, ClaimFilter())

    assert len(found) == 259
    assert [claim.impact for claim in found] == sorted(
        (claim.impact for claim in found), key=["high", "medium", "low"].index
    )


def test_words_are_searched_in_claim_correction_note_evidence_and_number() -> None:
    assert [claim.id for claim in found_claims(LEDGER, ClaimFilter(words="c069"))] == ["C069"]
    assert {claim.id for claim in found_claims(LEDGER, ClaimFilter(words="pylons"))} == {"C121"}
    both = found_claims(LEDGER, ClaimFilter(words="Stars STACKSHARE"))
    assert {"C251", "C252"} <= {claim.id for claim in both}
    assert found_claims(LEDGER, ClaimFilter(words="zebra")) == ()


@pytest.mark.slow
@given(filters())
def test_each_count_is_what_choosing_the_value_would_show(wanted: ClaimFilter) -> None:
    counts = facet_counts(LEDGER, wanted)

    for facet in FACETS:
        for value, count in counts[facet].items():
            chosen = {name: getattr(wanted, name) for name in FACETS} | {facet: value}
            shown = found_claims(LEDGER, ClaimFilter(words=wanted.words, **chosen))
            assert len(shown) == count, (facet, value)


@given(filters())
def test_a_filter_only_ever_takes_claims_away(wanted: ClaimFilter) -> None:
    kept = set(found_claims(LEDGER, wanted))

    assert kept <= set(found_claims(LEDGER, ClaimFilter(words=wanted.words)))
    assert kept <= set(found_claims(LEDGER, ClaimFilter(framework=wanted.framework)))


def test_a_claim_of_several_articles_counts_for_each_of_them() -> None:
    shared = LEDGER.claims["C025"]
    assert len(shared.sources) == 4

    assert sum(one.total for one in tallies(LEDGER)) == sum(
        len(claim.sources) for claim in LEDGER.claims.values()
    )
    for source in shared.sources:
        assert shared in found_claims(LEDGER, ClaimFilter(source=source))


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("C069", "C069"),
        ("c69", "C069"),
        (" 69 ", "C069"),
        ("C001", "C001"),
        ("C000", ""),
        ("C260", ""),
        ("C9999", ""),
        ("", ""),
        ("C", ""),
        ("C-1", ""),
        ("C٦٩", ""),
        ("C069/../x", ""),
        ("<script>", ""),
    ],
)
def test_a_claim_is_found_by_its_number(typed: str, number: str) -> None:
    assert claim_number(LEDGER, typed) == number


def test_a_citation_is_cut_into_text_and_links() -> None:
    parts = evidence_parts(
        "Flask docs (https://flask.palletsprojects.com/en/stable/), see https://a.org/x. And http://b"
    )

    assert [(part.text, part.href) for part in parts] == [
        ("Flask docs (", ""),
        ("flask.palletsprojects.com/en/stable", "https://flask.palletsprojects.com/en/stable/"),
        ("), see ", ""),
        ("a.org/x", "https://a.org/x"),
        (". And http://b", ""),
    ]


def test_every_citation_keeps_all_of_its_text() -> None:
    for claim in LEDGER.claims.values():
        for citation in claim.evidence:
            parts = evidence_parts(citation)
            assert "".join(part.href or part.text for part in parts) == citation
            for part in parts:
                assert not part.href or part.href.startswith("https://")


@given(st.text(max_size=300))
def test_no_citation_makes_a_link_to_anything_but_https(citation: str) -> None:
    parts = evidence_parts(citation)

    assert "".join(part.href or part.text for part in parts) == citation
    assert all(not part.href or part.href.startswith("https://") for part in parts)


@pytest.mark.parametrize(
    ("published", "words"),
    [("2026", "2026"), ("2026-04", "April 2026"), ("2026-01-22", "January 2026")],
)
def test_dates_are_as_exact_as_the_article(published: str, words: str) -> None:
    assert month_words(published) == words


def test_claims_on_two_frameworks_speak_of_both() -> None:
    found = claims_on(LEDGER, ("flask", "django"), ("performance",))

    assert {"C074", "C076", "C226"} & set(found) == {"C074", "C076"}
    assert all({"flask", "django"} <= set(LEDGER.claims[name].frameworks) for name in found)


def test_every_disagreement_is_settled_or_says_that_it_is_not() -> None:
    for subject in LEDGER.subjects:
        for dispute in subject.disputes:
            articles = {LEDGER.claims[one.claim].source for one in dispute.says}
            assert len(articles) >= 2, dispute.question
            if dispute.settled:
                assert dispute.settled.fact or (dispute.settled.by and dispute.settled.as_of)


def test_the_named_subjects_are_there() -> None:
    assert [subject.id for subject in LEDGER.subjects] == [
        "stars",
        "release-years",
        "stack-overflow",
        "salaries",
        "one-request-at-a-time",
        "async",
        "pinterest",
        "machine-learning",
        "most-used",
    ]
