"""A framework's profile: one page per framework of the catalog."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.inline import A as PlainAnchor

from framework_picker import routes
from framework_picker.catalog.current import get_catalog, get_ledger, get_value_table
from framework_picker.components import tokens
from framework_picker.components.advisory_list import advisory_list
from framework_picker.components.community import chart, month_table, survey_table
from framework_picker.components.fact_list import fact_list, named_receipts
from framework_picker.components.frame import page
from framework_picker.components.group_key import group_key
from framework_picker.components.receipt_button import OPENS, receipt_button
from framework_picker.components.said import said_about
from framework_picker.components.score_list import score_list
from framework_picker.components.security_process import security_process
from framework_picker.components.signs import signs_against_others
from framework_picker.components.starting import starting
from framework_picker.components.support_timeline import support_timeline
from framework_picker.components.survey_years import survey_years
from framework_picker.components.workload_performance import measured_here
from framework_picker.state.performance import measured_profile
from framework_picker.state.profile import Community, Figures, Profile, figures, lead, profile

_SECTION = "mt-12 scroll-mt-4"


def title(slug: str) -> str:
    """The page's title."""
    return f"{get_catalog().alternatives[slug].name}: facts, scores, sources · Framework Picker"


def description(slug: str) -> str:
    """The page's description, at most 160 characters."""
    alternative = get_catalog().alternatives[slug]
    text = f"{alternative.name}: {lead(alternative)} Scores, facts and sources, each with its date."
    return text if len(text) <= 160 else f"{text[:159]}…"


def framework_page(slug: str) -> rx.Component:
    """The page at ``/frameworks/<slug>``."""
    catalog = get_catalog()
    shown = profile(catalog, get_value_table(), slug, get_ledger())
    sections = [section for section in _sections(shown, figures(catalog, slug)) if section]
    return page(
        rx.el.p(
            rx.el.a("All frameworks", href=routes.link(routes.FRAMEWORKS), class_name=tokens.LINK),
            f" · {shown.kicker}",
            class_name=tokens.KICKER,
        ),
        rx.el.h1(shown.name, class_name=f"{tokens.LEAD} mt-1"),
        rx.el.p(shown.lead, data_origin="#facts", class_name=f"{tokens.DEK} mt-2"),
        rx.el.p(shown.findings, data_origin="#scores", class_name=f"{tokens.DEK} mt-2")
        if shown.findings
        else rx.fragment(),
        _compare_line(shown),
        rx.el.nav(
            rx.el.ul(
                *(
                    rx.el.li(
                        PlainAnchor.create(name, href=f"#{anchor}", class_name=tokens.QUIET_LINK)
                    )
                    for anchor, name, _ in sections
                ),
                class_name="flex flex-wrap gap-x-5 gap-y-2 border-y border-rule py-2.5 text-14",
            ),
            aria_label="On this page",
            class_name="not-printed mt-6",
        ),
        *(
            rx.el.section(
                rx.el.h2(name, class_name="text-18 font-strong"),
                content,
                id=anchor,
                class_name=_SECTION,
            )
            for anchor, name, content in sections
        ),
        current=routes.FRAMEWORKS,
        catalog=catalog,
    )


def _sections(shown: Profile, drawn: Figures) -> list[tuple[str, str, rx.Component] | None]:
    return [
        ("made-for", "What it is made for", _jobs(shown)) if shown.jobs else None,
        ("scores", "Scores", _scores(shown)) if shown.scores else None,
        ("facts", "Facts and capabilities", _facts(shown)),
        ("start", "First steps", _start(shown)) if shown.install.text or shown.code.text else None,
        (
            "support",
            "Releases and support",
            support_timeline(timeline=rx.Var.create(shown.support)),
        ),
        ("speed", "Measured here", measured_here(measured_profile(shown.slug))),
        ("signs", "Who is ahead in benchmarks", signs_against_others(shown.slug))
        if not shown.base.text
        else None,
        ("claims", "What articles say about it", said_about(shown.said)),
        ("community", "Community", _community(shown, drawn)),
        ("advisories", "Security advisories", _advisories(shown)),
        ("users", "Known users and documented limits", _users(shown)),
    ]


def _compare_line(shown: Profile) -> rx.Component:
    links = [rx.el.a(link.text, href=link.href, class_name=tokens.LINK) for link in shown.compare]
    return rx.el.p(
        rx.el.a("Compare", href=shown.compare_all, class_name=tokens.LINK),
        f" {shown.name} with those most like it, or with one, and see what replaces what when you "
        "move: ",
        *(part for place, link in enumerate(links) for part in ([", ", link] if place else [link])),
        ".",
        class_name="mt-3 text-14 text-soft",
    )


def _jobs(shown: Profile) -> rx.Component:
    return rx.el.ul(
        *(
            rx.el.li(
                rx.el.span(job.label, class_name="font-medium"),
                rx.el.span(
                    receipt_button(
                        {"yes": "made for it", "no": "not made for it"}.get(job.fit, job.fit),
                        of=job.receipt,
                        look=f"{OPENS} text-faint" if job.fit not in ("yes", "no") else OPENS,
                    ),
                    rx.el.span(job.reason, class_name="block text-13 text-soft"),
                ),
                class_name=(
                    f"{tokens.RULED} grid gap-x-6 py-2 text-14 sm:grid-cols-[16rem_minmax(0,1fr)]"
                ),
            )
            for job in shown.jobs
        ),
        class_name="mt-3 max-w-3xl border-t border-rule",
    )


def _scores(shown: Profile) -> rx.Component:
    names = tuple(group.name for group in get_catalog().groups.values())
    return rx.el.div(
        rx.el.p(
            "0 to 100 on fixed scales, highest first. Open a row to see the facts behind its "
            "value. Which of these matter is up to your project, so there is no total here: ",
            rx.el.a("your answers make one", href=routes.PICK, class_name=tokens.LINK),
            ".",
            data_label="",
            class_name=f"{tokens.SUB} mt-1 max-w-[80ch]",
        ),
        rx.el.div(group_key(names, label="Groups of criteria"), class_name="mt-3 mb-2"),
        score_list(scores=rx.Var.create(shown.scores)),
    )


def _facts(shown: Profile) -> rx.Component:
    return rx.el.div(
        rx.el.p(
            "Open a line to see sources, date and grade of the evidence. “Not verified” means "
            "that no source was found either way; it never means no.",
            class_name=f"{tokens.SUB} mt-1 max-w-[80ch]",
        ),
        fact_list(groups=rx.Var.create(shown.facts)),
    )


def _start(shown: Profile) -> rx.Component:
    return starting(
        install=rx.Var.create(shown.install),
        code=rx.Var.create(shown.code),
        run=rx.Var.create(shown.run),
        manual=rx.Var.create(shown.manual),
    )


def _community(shown: Profile, drawn: Figures) -> rx.Component:
    if shown.base.text:
        return _see_base(shown, "Stars, downloads and surveys count")
    community = shown.community
    return rx.el.div(
        rx.el.div(
            _chart_block(
                community.stars_headline,
                "Stars measure attention, not use, and never fall when a project ages.",
                drawn.stars,
                f"Line chart of the GitHub stars of {shown.name} by month",
                series="stars",
                slug=shown.slug,
                receipt=f"fact:stars:{shown.slug}",
            ),
            _chart_block(
                community.rank_headline,
                "Ranks within one month compare, whatever was counted. FastAPI and Starlette are "
                "one signal and take one place.",
                drawn.ranks,
                f"Line chart of the place of {shown.name} by downloads, by month",
                series="place",
                slug=shown.slug,
                receipt=f"reading:place:{_newest(community, 'ranked_on')}:{shown.slug}",
            )
            if community.rank_headline
            else rx.fragment(),
            class_name=f"mt-3 grid gap-x-14 gap-y-8 {'lg:grid-cols-2' if drawn.stars else ''}",
        ),
        rx.el.div(
            _chart_block(
                community.downloads_headline,
                "Each step of the scale is ten times the one below. Downloads are not users: "
                "automatic builds, containers and packages that depend on it count too. "
                f"{community.downloads_note}",
                drawn.downloads,
                f"Line chart of the downloads of {shown.name} a day by month, logarithmic scale",
                series="downloads",
                slug=shown.slug,
                receipt=f"fact:downloads_per_day:{shown.slug}",
            ),
            rx.el.div(
                rx.el.p(
                    "The dotted lines mark a change in the counting; the line is not drawn "
                    "across it, and only months between two of them compare. Where it stops, the "
                    "package was below the cut of the list.",
                ),
                rx.el.ul(
                    *(rx.el.li(words) for words in community.breaks),
                    data_origin="#community",
                    class_name="mt-1",
                ),
                class_name="mt-2 max-w-[80ch] text-13 text-soft",
            )
            if community.breaks
            else rx.fragment(),
            class_name="mt-8",
        ),
        month_table(community=rx.Var.create(community)) if community.months else rx.fragment(),
        rx.el.div(
            rx.el.h3(
                community.shares_headline,
                data_origin="#community",
                class_name="text-14 font-strong",
            ),
            rx.el.p(
                "Respondents choose themselves whether to take part, and every row asked another "
                "group of people, so the rows do not compare with each other.",
                class_name=tokens.SUB,
            )
            if community.shares
            else rx.el.p(community.surveys_read, data_label="", class_name=tokens.SUB),
            survey_table(shares=rx.Var.create(community.shares))
            if community.shares
            else rx.fragment(),
            class_name="mt-8",
        ),
        survey_years(community.share_years),
    )


def _newest(community: Community, day: str) -> str:
    """The newest day that the table of months has in this column; empty without one."""
    return next((found for line in community.months if (found := getattr(line, day))), "")


def _chart_block(
    headline: str,
    how_to_read: str,
    figure: Any,
    label: str,
    *,
    series: str,
    slug: str,
    receipt: str,
) -> rx.Component:
    """A chart below what it says; the headline's number and every point open to their source."""
    if not figure:
        return rx.el.div(rx.el.h3(headline, class_name="text-14 font-strong"))
    return rx.el.div(
        rx.el.h3(headline, class_name="text-14 font-strong"),
        rx.el.p(
            how_to_read,
            " ",
            receipt_button("Where this number comes from", of=receipt, look=tokens.LINK),
            class_name=f"{tokens.SUB} max-w-[80ch]",
        ),
        chart(figure, label=label, series=series, slug=slug),
        data_origin="#community",
        class_name="min-w-0",
    )


def _advisories(shown: Profile) -> rx.Component:
    if shown.base.text:
        return _see_base(shown, "Advisories are counted")
    return rx.el.div(
        rx.el.h3(
            receipt_button(
                shown.advisories.headline,
                of=f"fact:advisory_count:{shown.slug}",
                look=f"{OPENS} font-strong",
            )
            if shown.advisories.newest
            else shown.advisories.headline,
            class_name="mt-3 text-14 font-strong",
        ),
        rx.el.p(
            "The number says how much a project is looked at and how openly it reports, not how "
            "unsafe it is. Advisories of the packages it depends on are not counted. From the "
            "Python packaging advisory database.",
            class_name=f"{tokens.SUB} max-w-[80ch]",
        )
        if shown.advisories.newest
        else rx.fragment(),
        security_process(shown.security),
        advisory_list(view=rx.Var.create(shown.advisories)),
    )


def _see_base(shown: Profile, what: str) -> rx.Component:
    return rx.el.p(
        f"Whoever chooses this chooses {shown.base.text} too. {what} in ",
        rx.el.a(f"the profile of {shown.base.text}", href=shown.base.href, class_name=tokens.LINK),
        ".",
        class_name=f"{tokens.SUB} mt-2",
    )


def _users(shown: Profile) -> rx.Component:
    return rx.el.div(
        _named(
            "Known to run on it",
            "A selection that could be verified, not a ranking.",
            shown.users,
            "None verified.",
        ),
        _named(
            "Limits its makers document",
            "In the project’s own manual or repository.",
            shown.limits,
            "None recorded.",
        ),
        class_name="mt-3 grid gap-x-14 gap-y-8 lg:grid-cols-2",
    )


def _named(heading: str, how_to_read: str, receipts: list, otherwise: str) -> rx.Component:
    return rx.el.div(
        rx.el.h3(heading, class_name="text-14 font-strong"),
        rx.el.p(how_to_read if receipts else otherwise, class_name=tokens.SUB),
        named_receipts(receipts=rx.Var.create(receipts)) if receipts else rx.fragment(),
        class_name="min-w-0",
    )
