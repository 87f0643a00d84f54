"""Class names that more than one component uses: the one place where the look has words.

Colours, sizes and weights are defined in ``assets/styles.css``, for light and dark.
"""

from __future__ import annotations

WRAP = "mx-auto w-full max-w-[1200px] px-4 sm:px-6"
"""The column every page stands in."""

H1 = "text-28 font-strong tracking-tight text-balance"
"""The heading of a page."""

LEAD = "text-28 md:text-34 font-strong tracking-tight text-balance"
"""A heading that is the answer itself (result page)."""

DEK = "text-16 md:text-18 text-soft max-w-[62ch]"
"""The sentence below a heading."""

H2 = "text-16 font-strong"
"""The heading of a section or a picture."""

SUB = "text-14 text-soft"
"""The line below a section's heading: how to read what follows."""

KICKER = "text-13 text-soft"
"""A small line above a heading."""

LINK = "text-accent underline underline-offset-3 decoration-1 hover:decoration-2"
"""A link inside text."""

QUIET_LINK = "text-soft no-underline hover:text-ink hover:underline underline-offset-3"
"""A link in a list of links."""

BUTTON = (
    "not-printed inline-flex min-h-11 items-center rounded-lg bg-ink px-5 text-16 font-strong "
    "text-paper no-underline hover:opacity-90"
)
"""The one main action of a view."""

GHOST = (
    "inline-flex min-h-11 items-center text-14 font-medium text-soft underline "
    "underline-offset-3 decoration-1 hover:text-ink hover:decoration-2"
)
"""An action beside the main one."""

SMALL_BUTTON = (
    "inline-flex min-h-8 items-center rounded-md border border-rule bg-card px-2.5 text-14 "
    "font-medium text-ink hover:border-edge"
)
"""An action inside a row."""

TEXT_BUTTON = (
    "-my-1 py-1 text-14 font-medium text-accent underline underline-offset-3 decoration-1 "
    "hover:decoration-2"
)
"""An action inside a sentence."""

CHIP = (
    "inline-flex min-h-9 items-center rounded-full border border-rule bg-card px-3.5 text-14 "
    "text-ink no-underline whitespace-nowrap hover:border-edge"
)
"""A suggestion to start from."""

CARD = "rounded-[10px] border border-rule bg-card"
"""A surface that can be picked or that holds something apart."""

RULED = "border-b border-rule"
"""A row of a list: hairline below."""

NOTE = "inline-block rounded bg-warn-soft px-2 py-0.5 text-13 text-warn"
"""A remark inside a list or beside a figure."""

GROUP_FILL = ("bg-g1", "bg-g2", "bg-g3", "bg-g4", "bg-g5")
"""Fill of the criterion groups, in their order."""

GROUP_SVG_FILL = ("fill-g1", "fill-g2", "fill-g3", "fill-g4", "fill-g5")
"""The same for svg shapes."""

TABLE = "w-full border-collapse text-14"
TABLE_HEAD = "border-b border-edge py-2 pr-4 text-left align-bottom font-strong"
TABLE_CELL = "border-b border-rule py-2 pr-4 align-top"
TABLE_NUMBER = "border-b border-rule py-2 pl-4 text-right align-top"
TABLE_NUMBER_HEAD = "border-b border-edge py-2 pl-4 text-right align-bottom font-strong"
SCROLL_X = "overflow-x-auto"
"""Around a table that may be wider than the screen: the table scrolls, the page does not."""
