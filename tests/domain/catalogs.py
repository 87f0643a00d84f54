"""A small catalog for tests of the judging, small enough to be checked by hand.

The numbers are chosen so that sums stay round; they say nothing about real frameworks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from framework_picker.domain.model import (
    Alternative,
    Capability,
    CapabilityLevel,
    Catalog,
    Criterion,
    CriterionGroup,
    EvidenceScale,
    Fact,
    FactKind,
    FactValue,
    Grade,
    Level,
    MustHave,
    Observation,
    Option,
    Part,
    Question,
    Role,
    Rule,
    ValueFunction,
)

AS_OF = date(2026, 11, 20)
STALE_AFTER_DAYS = 730
LEVELS = {
    "none": Level("none", "Doesn't matter", 0, (0, 0.5)),
    "little": Level("little", "A little", 1, (0.5, 1.5)),
    "somewhat": Level("somewhat", "Somewhat", 2, (1.5, 3)),
    "lot": Level("lot", "A lot", 4, (3, 6)),
    "decisive": Level("decisive", "Decisive", 8, (6, 10)),
}
EVIDENCE = EvidenceScale(
    half_width={"A": 3, "B": 7, "C": 15, "D": 25},
    capability_value={
        "built-in": 100,
        "official-extension": 80,
        "third-party": 60,
        "none": 0,
        "built-in-partial": 50,
        "official-extension-partial": 40,
        "third-party-partial": 30,
        "official-extension-stale": 40,
        "third-party-stale": 20,
        "official-extension-partial-stale": 20,
        "third-party-partial-stale": 10,
    },
)


def fact(
    value: FactValue,
    *,
    grade: Grade = "B",
    as_of: date = AS_OF,
    source: tuple[str, ...] = ("manual",),
    unit: str = "",
) -> Fact:
    """A fact with a date and a source."""
    return Fact(value=value, as_of=as_of, source=source, grade=grade, unit=unit)


def capability(
    level: CapabilityLevel,
    *,
    grade: Grade = "B",
    as_of: date = AS_OF,
    source: tuple[str, ...] = ("manual",),
    is_partial: bool = False,
    is_stale: bool = False,
    package: str = "",
) -> Capability:
    """A capability with a date and a source."""
    return Capability(
        level=level,
        as_of=as_of,
        source=source,
        grade=grade,
        is_partial=is_partial,
        is_stale=is_stale,
        package=package,
    )


def observation(
    on: str,
    value: float | str | None,
    *,
    metric: str = "stars",
    grade: Grade = "A",
    source: str = "list",
    unit: str = "stars",
    **details: str,
) -> Observation:
    """One row of a community table."""
    return Observation(
        on=date.fromisoformat(on),
        metric=metric,
        value=value,
        unit=unit,
        source=source,
        grade=grade,
        details=details,
    )


def alternative(
    slug: str,
    *,
    role: Role = "candidate",
    facts: Mapping[str, FactValue | Fact] | None = None,
    capabilities: Mapping[str, CapabilityLevel | Capability] | None = None,
    series: Mapping[str, tuple[Observation, ...]] | None = None,
    extends: str = "",
    package: str = "",
    language: str = "Python",
    name: str = "",
) -> Alternative:
    """A framework; bare values become facts of grade B."""
    return Alternative(
        slug=slug,
        name=name or slug.capitalize(),
        role=role,
        language=language,
        package=package or slug,
        as_of=AS_OF,
        facts={
            key: value if isinstance(value, Fact) else fact(value)
            for key, value in (facts or {}).items()
        },
        capabilities={
            key: value if isinstance(value, Capability) else capability(value)
            for key, value in (capabilities or {}).items()
        },
        series=series or {},
        extends=extends,
    )


def score_criterion(criterion: str) -> Criterion:
    """A criterion that reads its value, 0..100, straight from the fact of the same name."""
    return Criterion(
        id=criterion,
        name=criterion.capitalize(),
        group="all",
        meaning="",
        level_0="nothing",
        level_100="everything",
        why_these_anchors="",
        parts=(
            Part(
                id=criterion,
                label=criterion.capitalize(),
                share=1.0,
                fact=criterion,
                value_function=ValueFunction(points=((0, 0), (100, 100))),
            ),
        ),
    )


def importance(
    question: str,
    *feeds: str,
    must: tuple[str, ...] = (),
    aliases: tuple[str, ...] = (),
) -> Question:
    """An importance question that feeds the named criteria."""
    options = [
        Option(
            id=level.id,
            label=level.label,
            meaning="",
            points=dict.fromkeys(feeds, level.points),
        )
        for level in LEVELS.values()
    ]
    if must:
        options.append(Option(id="must", label="Must have", meaning="", points={}, requires=must))
    return Question(
        id=question,
        kind="importance",
        text=f"How much does {question} matter?",
        short=question.capitalize(),
        why="",
        options=tuple(options),
        feeds=feeds,
        aliases=aliases,
    )


def catalog_of(
    *,
    alternatives: Sequence[Alternative],
    criteria: Sequence[Criterion],
    questions: Sequence[Question],
    must_haves: Sequence[MustHave] = (),
    fact_kinds: Sequence[FactKind] = (),
) -> Catalog:
    """A catalog of the given parts, in the given order."""
    return Catalog(
        as_of=AS_OF,
        data_version="test",
        alternatives={a.slug: a for a in alternatives},
        criteria={c.id: c for c in criteria},
        groups={"all": CriterionGroup("all", "All")},
        questions={q.id: q for q in questions},
        must_haves={m.id: m for m in must_haves},
        levels=LEVELS,
        presets={},
        use_cases={},
        fact_kinds={k.key: k for k in fact_kinds},
        capability_kinds={},
        evidence=EVIDENCE,
    )


def catalog_of_values(values: Mapping[str, Mapping[str, float | None]]) -> Catalog:
    """Alternatives with the given values, one importance question per criterion.

    None leaves the fact out.
    """
    criteria = list(dict.fromkeys(c for row in values.values() for c in row))
    return catalog_of(
        alternatives=[
            alternative(
                slug,
                facts={c: v for c, v in row.items() if v is not None},
            )
            for slug, row in values.items()
        ],
        criteria=[score_criterion(c) for c in criteria],
        questions=[importance(f"ask-{c}", c) for c in criteria],
    )


def small_catalog() -> Catalog:
    """Four candidates, an add-on and one outside Python; every kind of question and must-have.

    Values: oak (speed 20, ease 60), elm (80, 40), fir (50, unknown), yew (30, 30, dominated by
    elm). Admin: oak built in, elm a package, fir not verified, yew none. Async: elm and fir.
    """
    return catalog_of(
        alternatives=[
            alternative(
                "oak",
                facts={"speed": 20, "ease": 60, "async": "none", "pages": True},
                capabilities={"admin": "built-in"},
                series={"stars": (observation("2026-01-01", 100),)},
            ),
            alternative(
                "elm",
                facts={"speed": 80, "ease": 40, "async": "native", "pages": False},
                capabilities={"admin": capability("third-party", package="elm-admin")},
            ),
            alternative("fir", facts={"speed": 50, "async": "native"}),
            alternative(
                "yew",
                facts={"speed": 30, "ease": 30, "async": "partial", "pages": True},
                capabilities={"admin": "none"},
            ),
            alternative(
                "oak-api",
                role="addon",
                extends="oak",
                name="Oak with Oak API",
                facts={"speed": 15, "ease": 70, "async": "native", "pages": True},
                capabilities={"admin": "built-in"},
            ),
            alternative("rubus", role="alternative", language="Ruby", facts={"speed": 90}),
        ],
        criteria=[score_criterion("speed"), score_criterion("ease")],
        questions=[
            Question(
                id="use",
                kind="choice",
                text="What are you building?",
                short="Kind of project",
                why="",
                options=(
                    Option("api", "An API", "", {"speed": 2}),
                    Option("site", "A site", "", {"ease": 4}, requires=("shows-pages",)),
                    Option("mixed", "Several", "", {}, aliases=("several",)),
                ),
                feeds=("speed", "ease"),
                aliases=("purpose",),
            ),
            importance("load", "speed", must=("is-async",), aliases=("throughput",)),
            importance("comfort", "ease", must=("has-admin",)),
            Question(
                id="scope",
                kind="choice",
                text="What may be listed?",
                short="Listed",
                why="",
                options=(
                    Option("python", "Python", "", {}),
                    Option("addons", "Add-ons too", "", {}, includes=("addon",)),
                    Option("open", "All", "", {}, includes=("addon", "alternative")),
                ),
                feeds=(),
            ),
            Question(
                id="others",
                kind="switch",
                text="Show others?",
                short="Others",
                why="",
                options=(Option("hide", "Keep out", "", {}), Option("show", "Rank too", "", {})),
                feeds=(),
            ),
            Question(
                id="strict",
                kind="switch",
                text="Strict?",
                short="Unknown support",
                why="",
                options=(Option("no", "Keep it", "", {}), Option("yes", "Rule it out", "", {})),
                feeds=(),
            ),
        ],
        must_haves=[
            MustHave(
                "has-admin",
                "have admin pages",
                "no maintained admin pages",
                Rule(capability="admin", one_of=("built-in", "third-party")),
            ),
            MustHave(
                "is-async",
                "run async handlers",
                "no native async handlers",
                Rule(fact="async", one_of=("native",)),
            ),
            MustHave(
                "shows-pages",
                "be made for pages",
                "made for APIs",
                Rule(fact="pages", one_of=("yes",)),
                waived_by=("others", "show"),
            ),
        ],
    )
