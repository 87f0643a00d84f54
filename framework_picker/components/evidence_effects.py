"""What only the browser can do for the Evidence page: the address, fields that answer at once."""

from __future__ import annotations

import reflex as rx

from framework_picker.components.browser import Effect, QueryAddress, hook
from framework_picker.domain.claims import FACETS
from framework_picker.state.claim_check import ClaimCheckState
from framework_picker.state.evidence import EvidenceState

SEARCH_FIELD = "claim-words"
SENTENCE_FIELD = "claim-sentence"
ANSWER = "answer"


def facet_field(facet: str) -> str:
    """The id of the field that narrows by a facet."""
    return f"claim-{facet}"


class EvidenceFields(Effect):
    """Keeps the fields in step with the state.

    They are left to the browser, so that typing never waits; when the state changes in another
    way (a link, "show all", an example), this puts them where they belong, and never under
    somebody's fingers.
    """

    words: rx.Var[str]
    chosen: rx.Var[dict[str, str]]
    sentence: rx.Var[str]
    revision: rx.Var[int]

    def add_hooks(self) -> list[str | rx.Var]:
        """Set the fields to what the state says."""
        fields = ", ".join(f'["{facet}", "{facet_field(facet)}"]' for facet in FACETS)
        return [
            hook(
                f"""
const fieldWords = {self.words!s};
const fieldChosen = {self.chosen!s};
const fieldSentence = {self.sentence!s};
const fieldRevision = {self.revision!s};
useLayoutEffect(() => {{
  for (const [facet, id] of [{fields}]) {{
    const field = document.getElementById(id);
    if (field) field.value = fieldChosen[facet] ?? "";
  }}
  for (const [id, text] of [["{SEARCH_FIELD}", fieldWords], ["{SENTENCE_FIELD}", fieldSentence]]) {{
    const field = document.getElementById(id);
    if (field && document.activeElement !== field) field.value = text;
  }}
}}, [fieldWords, fieldChosen, fieldSentence, fieldRevision]);
""",
                self.words,
                self.chosen,
                self.sentence,
                self.revision,
            )
        ]


class AnswerFocus(Effect):
    """Goes to the answer when one was given, for the eyes and for screen readers.

    A page that was opened with an answer only scrolls: its keyboard stops begin at the top.
    """

    given: rx.Var[int]
    sentence: rx.Var[str]

    def add_hooks(self) -> list[str | rx.Var]:
        """Show the answer, which may lie below the screen; focus it where somebody asked."""
        return [
            hook(
                f"""
const answersGiven = {self.given!s};
const answeredSentence = {self.sentence!s};
const lastGiven = useRef(0);
useEffect(() => {{
  if (answersGiven === lastGiven.current) return;
  lastGiven.current = answersGiven;
  if (!answeredSentence) return;
  const answer = document.getElementById("{ANSWER}");
  if (document.activeElement !== document.body) answer?.focus({{ preventScroll: true }});
  answer?.scrollIntoView({{ block: "nearest" }});
}}, [answersGiven, answeredSentence]);
""",
                self.given,
                self.sentence,
            )
        ]


def evidence_effects() -> rx.Component:
    """Nothing to see; the effects of the Evidence page."""
    revision = EvidenceState.revision + ClaimCheckState.check_revision
    filters, check = EvidenceState.query, ClaimCheckState.query
    query = filters + rx.cond((filters != "") & (check != ""), "&", "") + check
    return rx.fragment(
        QueryAddress.create(query=query, revision=revision),
        EvidenceFields.create(
            words=EvidenceState.words,
            chosen=EvidenceState.chosen,
            sentence=ClaimCheckState.sentence,
            revision=revision,
        ),
        AnswerFocus.create(given=ClaimCheckState.answers_given, sentence=ClaimCheckState.sentence),
    )
