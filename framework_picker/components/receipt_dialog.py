"""The sheet that shows an open receipt, over whatever page it was opened from."""

from __future__ import annotations

from typing import cast

import reflex as rx
from reflex_components_core.el.elements.inline import A as PlainAnchor

from framework_picker.components import tokens
from framework_picker.components.browser import Effect, hook
from framework_picker.components.receipt import receipt
from framework_picker.components.receipt_button import receipt_button
from framework_picker.components.workings import working_list
from framework_picker.domain.receipts import Receipt
from framework_picker.state.answers import AnswersState
from framework_picker.state.receipts import ReceiptLine, ReceiptState, ShownReceipt

DIALOG, ASKER, CLOSER = "receipt-dialog", "receipt-asker", "receipt-closer"

_QUIET = "cursor-pointer py-1 text-14 text-soft underline underline-offset-3 hover:text-ink"


class ReceiptSheet(Effect):
    """Asks for the receipt of whatever was clicked, and opens the sheet when it has come.

    One listener for the whole page: what opens a receipt is a button with ``data-receipt``. The
    sheet is the browser's own modal dialog: it keeps the focus inside, closes with Escape, and
    gives the focus back.
    """

    revision: rx.Var[int]
    opened: rx.Var[str]

    def add_hooks(self) -> list[str | rx.Var]:
        """Listen; open and close."""
        return [
            hook(
                f"""
const sheetRevision = {self.revision!s};
const sheetOpened = {self.opened!s};
const sheetShown = useRef(null);
useEffect(() => {{
  const dialog = document.getElementById("{DIALOG}");
  const press = (id) => document.getElementById(id)?.click();
  const clicked = (event) => {{
    const button = event.target.closest?.("[data-receipt]");
    if (button) {{
      window.receiptAsked = button.dataset.receipt;
      window.receiptCorrects = "corrects" in button.dataset;
      press("{ASKER}");
    }} else if (event.target === dialog || (dialog?.open && event.target.closest?.("dialog a"))) {{
      // Beside the sheet, or a link in it that leads to another page.
      dialog.close();
    }}
  }};
  const closed = () => press("{CLOSER}");
  document.addEventListener("click", clicked);
  dialog?.addEventListener("close", closed);
  return () => {{
    document.removeEventListener("click", clicked);
    dialog?.removeEventListener("close", closed);
  }};
}}, []);
useEffect(() => {{
  const before = sheetShown.current;
  const now = `${{sheetRevision}} ${{sheetOpened}}`;
  sheetShown.current = now;
  const dialog = document.getElementById("{DIALOG}");
  if (before === null || before === now || !sheetOpened || !dialog) return;
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  dialog.querySelector("h2")?.focus();
  const correction = dialog.querySelector("[data-correction]");
  if (correction) correction.open = Boolean(window.receiptCorrects);
}}, [sheetRevision, sheetOpened]);
""",
                self.revision,
                self.opened,
            )
        ]


def receipt_dialog() -> rx.Component:
    """The sheet, closed; the buttons that its effect presses; the effect."""
    return rx.fragment(
        rx.el.dialog(
            _content(shown=ReceiptState.shown),
            id=DIALOG,
            aria_labelledby="receipt-title",
            class_name=(
                "fixed m-auto max-h-[85svh] w-[min(44rem,calc(100vw-1.5rem))] overflow-y-auto "
                "rounded-[10px] border border-edge bg-card p-0 text-ink backdrop:bg-black/40 "
                "max-sm:mb-0 max-sm:w-full max-sm:max-w-full max-sm:rounded-b-none"
            ),
        ),
        rx.el.button(
            id=ASKER,
            type="button",
            hidden=True,
            on_click=ReceiptState.open_receipt(rx.Var("window.receiptAsked"), AnswersState.saved),
        ),
        rx.el.button(id=CLOSER, type="button", hidden=True, on_click=ReceiptState.close_receipt),
        ReceiptSheet.create(revision=ReceiptState.revision, opened=ReceiptState.opened),
    )


@rx.memo
def _content(shown: rx.vars.ObjectVar[ShownReceipt]) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.cond(
                shown.can_go_back,
                rx.el.button(
                    "Back", type="button", on_click=ReceiptState.go_back, class_name=_QUIET
                ),
            ),
            rx.el.form(
                rx.el.button("Close", type="submit", class_name=_QUIET),
                method="dialog",
                class_name="ml-auto",
            ),
            class_name=(
                "sticky top-0 flex items-baseline gap-4 border-b border-rule bg-card px-4 py-2 "
                "sm:px-6"
            ),
        ),
        rx.el.div(
            rx.el.h2(
                _of(shown).subject,
                id="receipt-title",
                tab_index=-1,
                class_name="text-16 font-strong outline-none",
            ),
            rx.cond(
                shown.origin_href != "",
                _computed(shown),
                _read(_of(shown)),
            ),
            rx.cond(shown.correction != "", _correction(shown)),
            class_name="space-y-3 px-4 pt-3 pb-5 text-13 sm:px-6",
        ),
    )


def _of(shown: rx.vars.ObjectVar[ShownReceipt]) -> rx.vars.ObjectVar[Receipt]:
    return cast("rx.vars.ObjectVar[Receipt]", shown.receipt)


def _read(of: rx.vars.ObjectVar[Receipt]) -> rx.Component:
    """A value that was read somewhere."""
    return rx.fragment(
        rx.cond(
            of.is_code,
            rx.el.pre(
                of.reading,
                tab_index=0,
                class_name=(
                    f"{tokens.SCROLL_X} rounded-md border border-rule bg-paper p-3 font-mono"
                ),
            ),
            rx.el.p(of.reading, class_name="text-18 font-medium wrap-anywhere"),
        ),
        receipt(of, with_subject=False, with_correction=False),
    )


def _computed(shown: rx.vars.ObjectVar[ShownReceipt]) -> rx.Component:
    """A value that was computed here: what from, and by which rule."""
    of = _of(shown)
    return rx.fragment(
        rx.cond(
            of.reading != "", rx.el.p(of.reading, class_name="text-18 font-medium wrap-anywhere")
        ),
        rx.cond(of.note != "", rx.el.p(of.note, class_name="max-w-[68ch]")),
        rx.cond(of.meaning != "", rx.el.p(of.meaning, " ", shown.ends, class_name="max-w-[68ch]")),
        rx.el.p(
            rx.cond(shown.sum != "", rx.fragment("Value: ", shown.sum, ". ")),
            rx.cond(of.evidence != "", rx.fragment("Evidence: ", of.evidence, ". ")),
            rx.cond(shown.origin != "", rx.fragment(shown.origin, " ")),
            "Data as of ",
            of.as_of,
            ". ",
            rx.el.a(shown.origin_words, href=shown.origin_href, class_name=tokens.LINK),
            class_name="max-w-[68ch] text-soft",
        ),
        rx.cond(
            shown.lines,
            rx.el.ul(rx.foreach(shown.lines, _line), class_name="border-t border-rule text-14"),
        ),
        rx.cond(shown.parts, working_list(shown.parts)),
    )


def _line(line: rx.vars.ObjectVar[ReceiptLine]) -> rx.Component:
    return rx.el.li(
        rx.el.span(line.label),
        rx.el.span(line.working, class_name="text-13 text-soft tabular-nums sm:text-right"),
        receipt_button(
            line.reading,
            rx.el.span(f", {line.label}: what stands behind it", class_name="sr-only"),
            of=line.receipt,
            look=(
                "min-h-6 min-w-6 cursor-pointer text-right underline decoration-dotted "
                "decoration-faint underline-offset-3 tabular-nums hover:text-accent "
                "hover:decoration-solid wrap-anywhere"
            ),
        ),
        key=line.receipt,
        class_name=(
            f"{tokens.RULED} grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 py-1.5 "
            "sm:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(4rem,auto)] "
            "[&>span:nth-child(2)]:max-sm:order-last"
        ),
    )


def _correction(shown: rx.vars.ObjectVar[ShownReceipt]) -> rx.Component:
    return rx.el.details(
        rx.el.summary(
            "Suggest a correction", class_name="w-fit list-inside py-1 text-soft hover:text-ink"
        ),
        rx.el.p(
            "Copy this text, say what is right instead, and name a source. ",
            rx.cond(
                shown.tracker != "",
                # A plain anchor: the router's own links are for addresses inside the app.
                PlainAnchor.create(
                    "Where corrections are taken",
                    href=shown.tracker,
                    rel="noopener noreferrer",
                    class_name=tokens.LINK,
                ),
                "Send it to whoever runs this site.",
            ),
            class_name="mt-1 max-w-[68ch]",
        ),
        rx.el.pre(
            shown.correction,
            tab_index=0,
            role="region",
            aria_label="Text of the correction",
            class_name=(
                "mt-2 rounded-md border border-rule bg-paper p-3 font-mono whitespace-pre-wrap "
                "wrap-anywhere"
            ),
        ),
        rx.el.p(
            rx.el.button(
                "Copy the text",
                type="button",
                data_copy=shown.correction,
                data_copied="Copied",
                class_name=tokens.TEXT_BUTTON,
            ),
            rx.el.span(role="status", class_name="ml-2 text-soft"),
            class_name="mt-2",
        ),
        data_correction="",
        class_name="not-printed border-t border-rule pt-2",
    )
