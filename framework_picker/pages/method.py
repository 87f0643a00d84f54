"""The Method page: how a score comes about, every number we chose, and how to check it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import reflex as rx

from framework_picker import routes
from framework_picker.catalog.advice import overlapping_criteria
from framework_picker.catalog.current import get_catalog, get_performance, get_value_table
from framework_picker.components import tokens
from framework_picker.components.certainty_method import (
    changes,
    next_question,
    other_methods,
    readings,
)
from framework_picker.components.criterion_scale import criteria_by_group
from framework_picker.components.formulas import formulas
from framework_picker.components.frame import page
from framework_picker.components.method_tables import (
    capability_table,
    choice_table,
    community_table,
    grade_table,
    judgement_table,
    level_table,
    question_table,
    stale_table,
    unknown_table,
)
from framework_picker.components.prose import (
    aside,
    code,
    contents,
    link,
    points,
    section,
    table,
    text,
)
from framework_picker.components.use_case_table import use_case_table
from framework_picker.components.value_matrix import value_matrix
from framework_picker.components.worked_example import worked_example

TITLE = "Method: how a score comes about · Framework Picker"
DESCRIPTION = (
    "Facts become values, answers become weights, weight times value gives points. How sure that "
    "is, every number we chose, and how to check it."
)

NEUTRALITY = routes.NEUTRALITY.partition("#")[2]

Content = Sequence[rx.Component]

COMPUTED = "Computed from the data when this page was built"
CHOSEN = "Chosen by us, each with its reason"
ORIGINS: Mapping[str, tuple[str, str]] = {
    "steps": (COMPUTED, "data/frameworks, data/criteria.yaml"),
    "formulas": ("Definitions", "docs/methods.md"),
    "must-haves": ("Rules", "data/questions.yaml"),
    "importance": (CHOSEN, "data/questions.yaml"),
    "certainty": (CHOSEN, "docs/methods.md"),
    "changes": (CHOSEN, "docs/methods.md"),
    "next-question": (CHOSEN, "docs/methods.md"),
    "other-methods": ("From the literature named there", "docs/methods.md"),
    "benchmarks": (CHOSEN, "docs/methods.md, data/performance.yaml"),
    "signs": (CHOSEN, "docs/methods.md"),
    "criteria": (CHOSEN, "data/criteria.yaml"),
    "capabilities": (CHOSEN, "data/evidence.yaml"),
    "evidence": (CHOSEN, "data/evidence.yaml, data/facts.yaml"),
    "unknown": (COMPUTED, "data/frameworks"),
    "judgement": (CHOSEN, "data/frameworks"),
    "community": (CHOSEN, "data/facts.yaml, data/criteria.yaml"),
    "overlap": (COMPUTED, "data/frameworks, data/criteria.yaml"),
    "use-cases": (COMPUTED, "data/use_cases.yaml"),
    "data": ("Counted", "data/frameworks, data/community"),
    "values": (COMPUTED, "data/frameworks, data/criteria.yaml"),
}
"""Where the numbers of each section come from, and the files they stand in."""


def method_page() -> rx.Component:
    """The page at ``/method``."""
    sections: tuple[tuple[str, str, Content], ...] = (
        ("steps", "Step by step, with real numbers", _steps()),
        ("formulas", "The same in symbols", _in_symbols()),
        ("must-haves", "Must-haves", _must_haves()),
        ("importance", "How much an answer weighs", _importance()),
        ("certainty", "How sure the first place is", readings(get_catalog())),
        ("changes", "What would change it", changes()),
        ("next-question", "Which question next, and when to stop", next_question()),
        ("other-methods", "What other methods say", other_methods()),
        ("benchmarks", "How our own benchmarks are read", _benchmarks()),
        ("signs", "Who is ahead in benchmarks", _signs()),
        ("criteria", "The criteria and their scales", _criteria()),
        ("capabilities", "Built in or a package", _capabilities()),
        ("evidence", "How good the evidence is", _evidence()),
        ("unknown", "What is not known", _unknown()),
        ("judgement", "What is judgement", _judgement()),
        ("community", "Stars, downloads, surveys", _community()),
        ("overlap", "Counted twice?", _overlap()),
        ("use-cases", "What articles recommend", _use_cases()),
        (NEUTRALITY, "Built with Reflex, and ranking Reflex", _neutrality()),
        ("data", "Data and licences", _data()),
        ("values", "All values", _values()),
    )
    return page(
        rx.el.h1("How a score comes about", class_name=tokens.H1),
        rx.el.p(
            "Facts become values, answers become weights, weight times value gives points, and the "
            "points add up. Here is every step, every number we chose, and why we chose it.",
            class_name=f"{tokens.DEK} mt-2",
        ),
        rx.el.div(
            rx.el.div(
                contents([(anchor, heading) for anchor, heading, _ in sections]),
                class_name="lg:sticky lg:top-6 lg:self-start",
            ),
            rx.el.div(
                *(
                    section(anchor, heading, *content, origin=_origin(anchor))
                    for anchor, heading, content in sections
                ),
                class_name="min-w-0 lg:[&>section:first-child]:mt-0",
            ),
            class_name="mt-8 grid gap-x-14 lg:grid-cols-[12rem_minmax(0,1fr)]",
        ),
        current=routes.METHOD,
        catalog=get_catalog(),
    )


def _origin(anchor: str) -> str:
    """Where a section's numbers come from, with the version and the date of the data."""
    if anchor not in ORIGINS:
        return ""
    catalog = get_catalog()
    how, files = ORIGINS[anchor]
    version = f"data version {catalog.data_version[:7]} of {catalog.as_of.isoformat()}"
    return f"{how}: {files}; {version}."


def _benchmarks() -> Content:
    return [
        text(
            "A run measures every framework in rounds. In each round a bare application without a "
            "framework is measured too, on the same server. What compares is the ratio of the two "
            "within a round, so a slow moment of the machine cancels out; shown is the median of "
            "these ratios over the rounds."
        ),
        points(
            "The interval around it holds the median with 95 % (2000 draws of the rounds with "
            "replacement, always the same ones). With five rounds it is nearly the range itself.",
            "The best framework, all whose interval overlaps its own, and all that are closer to "
            "it than 7 % are level; then the best of the rest begins the next group. Undisturbed "
            "samples of one server repeat within 7 % from pass to pass. A group says only that the "
            "figures cannot put its members behind its first.",
            "A disturbed sample is counted, with its reason, and never used. Fewer than five valid "
            "ones are said beside the figure.",
            "Microseconds per request are one second over the requests per second of one core. "
            "Differences in microseconds add up over requests, differences in requests per second "
            "do not.",
            "Throughput reads the JSON test with connections kept open, each framework on the "
            "server that its documentation puts first, against a bare application on the fastest "
            "of these servers. Footprint reads memory at rest from the newest run that measured "
            "the framework: an application that has a database layer, templates and validation "
            "loaded, for a user interface a page with a chart and a table; else that of the "
            "smallest app.",
            "The planner adds the time of small answers and of pages in the share asked for, and "
            f"lets each core be busy for {100 * get_performance().busy_share:.0f} % of the time at "
            "the peak: beyond that, waiting grows faster than the load. Its range is that of the "
            "best and the worst sample.",
        ),
    ]


def _signs() -> Content:
    return [
        text(
            "For a pair of frameworks every published and measured test gets one sign: one ahead, "
            "the other ahead, within noise, or not measured. Only figures of the same source, "
            "round, test and level of load are held against each other, and where a database is "
            "involved only those that use it in the same way. So a sign never joins two sources."
        ),
        points(
            "Two published figures closer than 5 % are within noise: nobody published their "
            "spread.",
            "Our own runs have rounds, compared round by round. One is ahead when the median of "
            "the ratios is more than 7 % from 1, and 1 lies outside the interval for that median "
            "(sign test, 90 %; with fewer than five rounds from the smallest to the largest).",
            "A test with several rows is ahead where at least half of them are and at most one in "
            "five is behind; within noise where at least half are; else it depends on the load or "
            "the round.",
            "What vendors publish about themselves, copies by third parties, development servers "
            "and rows with failed requests are shown with their sign and never counted.",
        ),
    ]


def _steps() -> Content:
    catalog = get_catalog()
    preset = next(iter(catalog.presets.values()))
    return [worked_example(catalog, get_value_table(), preset)]


def _in_symbols() -> Content:
    return [
        text(
            "This is an additive value model, the plainest method that decision analysis has. It "
            "was chosen because every step can be checked by hand and explained to somebody who "
            "disagrees. ",
            code("docs/methods.md"),
            " holds the same with every special case and the literature.",
        ),
        formulas(),
        text(
            "All scales have fixed ends. So a score does not depend on who else is listed: adding "
            "or removing a framework changes no other score."
        ),
    ]


def _must_haves() -> Content:
    return [
        text(
            "A must-have filters, a wish weighs. A framework that fails a must-have leaves the "
            "ranking and stays on the page with the answer that ruled it out. A must-have adds no "
            "points, so nothing counts twice."
        ),
        points(
            "Where nobody has verified a must-have, the framework stays and is marked. One setting "
            "rules it out instead.",
            "When nobody is left, the app counts for each framework how many must-haves it misses. "
            "Those who miss fewest show which smallest sets to give up.",
            "A kind of project is a must-have too: frameworks for JSON APIs and frameworks for "
            "data apps do different jobs. One setting ranks them in one list, each marked with "
            "what it is made for.",
        ),
    ]


def _importance() -> Content:
    catalog = get_catalog()
    return [
        text(
            "Each question asks about a step, not about a word: how much does it matter to go "
            "from the low end of a scale to its high end? Both ends stand in the section below. "
            "Five answers are possible; from “a little” on each doubles the one before. So they "
            "can be said aloud: “a lot” is twice “somewhat”."
        ),
        level_table(catalog),
        text("Three answers look alike and are not:"),
        points(
            [
                rx.el.b("Doesn’t matter", class_name="font-medium"),
                " gives no points. The criterion is out.",
            ],
            [
                rx.el.b("Not sure", class_name="font-medium"),
                " is a final answer. With a level picked, that level counts. Without one, the mean "
                "of the five levels counts, which is 3 points.",
            ],
            [
                rx.el.b("Skip", class_name="font-medium"),
                " leaves the question open. Until it is answered it also counts with the mean, and "
                "the result says how many questions are open.",
            ],
        ),
        text("Some questions feed several criteria, some can be a must-have:"),
        question_table(catalog),
        text("Choices have points of their own. Not sure or open is the mean of the rows:"),
        choice_table(catalog),
    ]


def _criteria() -> Content:
    catalog = get_catalog()
    return [
        text(
            f"{len(catalog.criteria)} criteria in {len(catalog.groups)} groups. 0 is the worst "
            "level still worth considering, 100 the best level worth having. In each picture one "
            "dot is one framework, equal values stand above each other. Below it: the parts of "
            "the value, their shares, and which measure is worth what."
        ),
        criteria_by_group(catalog, get_value_table()),
    ]


def _capabilities() -> Content:
    return [
        text(
            "For many jobs the question is who brings the solution. One table answers it for every "
            "framework and every job:"
        ),
        capability_table(get_catalog()),
        text(
            "“In part” means that a piece of the job is left to you; the note at the fact says "
            "which. “Long without a release” means two years or more."
        ),
    ]


def _evidence() -> Content:
    return [
        text(
            "Every fact carries its source, its date and a grade. A value takes the worst grade "
            "among its parts. The grade says how far the value may be off. It does not change the "
            "score; it decides how sure the first place is."
        ),
        grade_table(get_catalog()),
        text(
            "A reading also grows old, some kinds of facts faster than others. Past its threshold "
            "a fact is marked as stale wherever it shows, with its age. The mark is for the "
            "reader; what grows with age is the doubt: after two years the grade falls to D."
        ),
        stale_table(get_catalog()),
        text(
            "A part that is not verified widens the doubt to 50 points for its share. Judgement "
            "never gets a better grade than C."
        ),
    ]


def _unknown() -> Content:
    return [
        text(
            "Unknown is not zero. A value that nobody has verified counts as 50, the middle of "
            "the scale, and is marked wherever it appears. So nobody wins or loses because nobody "
            "looked. The result says how much of what matters to you rests on facts."
        ),
        _throughput(),
        unknown_table(get_catalog(), get_value_table()),
    ]


def _throughput() -> rx.Component:
    known = get_value_table().is_known["throughput"]
    if not known.any():
        return text(
            "Throughput is unknown until runs of our own benchmarks lie in ",
            code("data/benchmarks"),
            ". Published figures are not used in its place: they come from other machines, "
            "versions and workloads, and cannot be joined to ours. Until then every framework has "
            "50 there, and the criterion separates none of them.",
        )
    return text(
        "Throughput is known for the frameworks that answer requests and were measured by us (",
        code("data/benchmarks"),
        "). Those that keep a session for every visitor answer no such requests: nobody can say "
        "what their throughput would be, so it stays not verified. Published figures are never "
        "used in its place: they come from other machines, versions and workloads.",
    )


def _judgement() -> Content:
    return [
        text(
            "Two facts are our own judgement, because nobody has measured them for all these "
            "frameworks: how long it takes to learn one, and how free you are in it. The rubric "
            "was written down before any value was. It counts concepts and layers in the manuals; ",
            code("data/EDITORIAL.md"),
            " has it in full, with a way to disagree.",
        ),
        text("Open a judgement to read its reasons."),
        judgement_table(get_catalog()),
    ]


def _community() -> Content:
    return [
        text(
            "Numbers counted in public say something about attention and habit, little about "
            "quality. They count in orders of magnitude, on logarithmic scales, and only where "
            "this table says so. Advisory counts are shown and never count against anybody."
        ),
        community_table(get_catalog()),
    ]


def _overlap() -> Content:
    found = overlapping_criteria(get_catalog(), get_value_table())
    opening = text(
        "Two criteria that always move together would count the same advantage twice. The data "
        "check compares every pair over all frameworks and warns above a correlation of 0.9."
    )
    if not found:
        return [opening, text("Today no pair is above it.")]
    return [
        opening,
        points(*found),
        text(
            "We keep such a pair only where one question feeds both, so that you weigh them "
            "together and can set both to nothing with one answer."
        ),
    ]


def _use_cases() -> Content:
    catalog = get_catalog()
    return [
        text(
            f"Published articles name {len(catalog.use_cases)} use cases. We turned the "
            "reasons they give into answers by one rule for all, set before any ranking was "
            "looked at. The table shows what comes first here for the same needs. Where the "
            "articles’ choice does not lead, it says which criteria decide that."
        ),
        use_case_table(catalog, get_value_table()),
        aside(
            "No number of a single framework is ever changed to make a row agree. A row that "
            "disagrees is a reason to look for a wrong or missing fact."
        ),
    ]


def _neutrality() -> Content:
    return [
        text(
            "This app is built with Reflex, and Reflex is one of the frameworks it ranks. You "
            "should not have to trust us on that, so a test checks it."
        ),
        points(
            "It gives every framework another name and another id, in the data files themselves, "
            "and so another place in every list.",
            "It judges the original and the disguised data with no answers, with those of every "
            "use case, and with hundreds of sets thrown together.",
            "Scores, ranks, ties, exclusions, reasons and ways out must be the same, digit for "
            "digit, under the new names.",
            "A second test reads the program text of the judging: no framework’s name or id may "
            "appear in it.",
        ),
        text(
            "Run it yourself from the project’s folder, after ",
            code("make test"),
            " has set up the tools:",
        ),
        rx.el.pre(
            rx.el.code(".venv/bin/python -m pytest tests/domain/test_neutrality.py"),
            tab_index=0,
            role="region",
            aria_label="Command of the neutrality test",
            class_name=f"{tokens.SCROLL_X} {tokens.CARD} max-w-[68ch] p-3.5 font-mono text-13",
        ),
        text(
            "What the test cannot show is whether the facts are chosen fairly. For that every "
            "fact has a source and a date, the two judged facts follow a written rubric, the "
            "scales have reasons, and ",
            link("the articles’ use cases", "#use-cases"),
            " stand beside our answer.",
        ),
    ]


def _data() -> Content:
    catalog = get_catalog()
    return [
        text(
            f"{len(catalog.alternatives)} frameworks, as of {catalog.as_of.isoformat()}, data "
            f"version {catalog.data_version[:7]}. The version is a fingerprint of the content: "
            "the same data has the same version, in whatever order its files are read."
        ),
        points(
            "Facts come from manuals and source files at a named commit, from published packages "
            "and from records of the package index. Sizes, memory and start times were measured "
            "for this catalog.",
            "Community numbers come from public tables, named row by row.",
            "Nothing is loaded from another site while you use the app.",
        ),
        table(
            ["What", "Licence"],
            [
                ["Program", "MIT"],
                [
                    "Our own texts, scales, judgements and measurements",
                    "CC BY 4.0: name Framework Picker",
                ],
                ["Single facts about frameworks", "belong to nobody; their source is named"],
                [
                    "Advisories (pypa/advisory-database)",
                    "CC BY 4.0: name the source",
                ],
                [
                    "Stars and downloads from ml-tooling/best-of lists",
                    "CC BY-SA 4.0: name the source, share alike",
                ],
                [
                    "Stars and support dates (EvanLi/Github-Ranking, endoflife.date and others)",
                    "MIT",
                ],
                ["Survey figures", "belong to their publishers; survey and edition are named"],
            ],
            label="Licences",
        ),
        aside(code("data/README.md"), " lists every source with its licence."),
    ]


def _values() -> Content:
    return [
        text(
            "The values behind the pictures above, in whole points. A dash means not verified, "
            "which counts as 50. What a value is made of stands on the result and on each profile."
        ),
        value_matrix(get_catalog(), get_value_table()),
    ]
