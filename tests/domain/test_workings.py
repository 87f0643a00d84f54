"""The working shows what was read, what it is worth and where it comes from."""

from __future__ import annotations

from dataclasses import replace

from framework_picker.domain.model import Criterion, Part, ValueFunction
from framework_picker.domain.values import CriterionValue, criterion_value
from framework_picker.domain.workings import scale_words, sum_of_parts, workings
from tests.domain.catalogs import EVIDENCE, alternative, capability, fact, score_criterion

SIZE = Part(
    "size",
    "Install size",
    0.4,
    fact="size_mb",
    value_function=ValueFunction(points=((10, 100), (1000, 0)), scale="log"),
)
ASYNC = Part(
    "async",
    "Async handlers",
    0.4,
    fact="async",
    value_function=ValueFunction(levels={"native": 100, "none": 0}),
)
ADMIN = Part("admin", "Admin pages", 0.2, capability="admin")


def criterion_of(*parts: Part) -> Criterion:
    return replace(score_criterion("mixed"), parts=parts)


def cell(*parts: Part, **known: object) -> CriterionValue:
    facts = {
        "size_mb": fact(100, grade="A", unit="MB", source=("measured:install",)),
        "async": fact("native", source=("https://example.org/async",)),
    }
    return criterion_value(
        alternative(
            "ash",
            facts={key: facts[key] for key in facts if key in known},
            capabilities={"admin": capability("third-party", package="ash-admin")}
            if "admin" in known
            else {},
        ),
        criterion_of(*parts),
        EVIDENCE,
    )


def test_a_number_shows_its_scale_and_what_it_is_worth() -> None:
    size = workings(cell(SIZE, size_mb=True))[0]

    assert (size.reading, size.worth, size.share) == ("100 MB", "50", "40 %")
    assert size.rule == "The scale (100 at 10 MB, 0 at 1000 MB, logarithmic) makes it 50 of 100."
    assert (size.evidence[0], size.as_of) == ("A", "2026-11-20")
    assert size.sources[0].text.startswith("measured for this catalog")


def test_a_level_and_a_capability_say_where_their_worth_comes_from() -> None:
    handlers, admin = workings(cell(ASYNC, ADMIN, **{"async": True, "admin": True}))

    assert handlers.rule == "Of the levels (native 100, none 0) this one makes 100 of 100."
    assert handlers.sources[0].href == "https://example.org/async"
    assert admin.reading == "third party: ash-admin"
    assert admin.rule == "The capability table makes it 60 of 100."


def test_what_is_not_verified_counts_as_half_and_names_no_source() -> None:
    size = workings(cell(SIZE))[0]

    assert (size.reading, size.worth) == ("not verified", "50")
    assert size.rule == "Not verified, so it counts as 50 of 100."
    assert (size.evidence, size.as_of, size.sources) == ("", "", ())


def test_the_parts_are_added_in_sight() -> None:
    whole = cell(SIZE, ASYNC, ADMIN, size_mb=True, admin=True, **{"async": True})

    # 0.4 * 50 + 0.4 * 100 + 0.2 * 60
    assert whole.value == 72
    assert sum_of_parts(whole) == "40 % of 50 + 40 % of 100 + 20 % of 60 = 72"


def test_too_little_verified_makes_the_whole_unknown() -> None:
    assert sum_of_parts(cell(SIZE, ASYNC, ADMIN, size_mb=True)) == (
        "40 % of 50 + 40 % of 50 + 20 % of 50: less than half of this is verified, "
        "so the whole counts as 50"
    )


def test_a_single_part_needs_no_addition() -> None:
    assert sum_of_parts(cell(replace(SIZE, share=1.0), size_mb=True)) == ""


def test_a_scale_of_numbers_lists_its_breakpoints() -> None:
    function = ValueFunction(points=((90, 100), (365, 60), (730, 0)))

    assert scale_words(function, "days") == "100 at 90 days, 60 at 365 days, 0 at 730 days"


def test_a_scale_of_levels_lists_the_best_first() -> None:
    function = ValueFunction(levels={"none": 0, "partial": 35, "native": 100})

    assert scale_words(function) == "native 100, partial 35, none 0"
