"""What a visitor does and sees on the pages, by roles, names and texts."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from playwright.sync_api import Download, Locator, Page, WebSocket, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from framework_picker.catalog.current import get_catalog
from framework_picker.domain.answers import parse_answers
from framework_picker.domain.model import Question
from framework_picker.routes import answer_query
from framework_picker.state.ranking import evaluation_of

HYDRATED = '"is_hydrated_rx_state_":true'


def visit(page: Page, address: str) -> None:
    """Open an address, and come back when the page listens to clicks."""
    loaded_by(page, lambda: page.goto(address))


def refresh(page: Page) -> None:
    """Load the page again, as the browser's button does."""
    loaded_by(page, page.reload)


def loaded_by(page: Page, action: Callable[[], Any]) -> None:
    """Do what loads a page; it is prerendered, so wait until the server has answered it, too."""
    with page.expect_websocket(_is_hydrated_by):
        action()
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")


def _is_hydrated_by(socket: WebSocket) -> bool:
    """Whether the server has sent this connection its state."""
    socket.wait_for_event("framereceived", lambda payload: HYDRATED in str(payload))
    return True


def heading(page: Page) -> Locator:
    """The page's title, or the question on the screen."""
    return page.get_by_role("heading", level=1)


def option(page: Page, words: str) -> Locator:
    """The radio button of an answer, by the words it begins with."""
    return page.get_by_role("radio", name=re.compile(f"^{re.escape(words)}"))


def answer(page: Page, question: str, words: str) -> None:
    """Answer the question on the screen, after a look at whether it is that question."""
    expect(heading(page)).to_have_text(question)
    option(page, words).check()


def press(page: Page, name: str) -> None:
    """Press the button with exactly this name."""
    page.get_by_role("button", name=name, exact=True).click()


def go_to(page: Page, short: str) -> None:
    """Go to one of the questions, by way of the list of all answers."""
    if heading(page).inner_text() != "Check your answers":
        press(page, "Check your answers")
    press(page, f"change {short}")
    question = next(q for q in get_catalog().questions.values() if q.short == short)
    expect(heading(page)).to_have_text(question.text)


def question_on_screen(page: Page) -> Question:
    """The question that the page asks now; which one comes when is the app's to decide."""
    text = heading(page).inner_text()
    return next(q for q in get_catalog().questions.values() if q.text == text)


def open_everything(page: Page) -> None:
    """Unfold whatever is folded away."""
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")


def download(link: Locator) -> Download:
    """Save the file behind a link; pressed again if nothing comes.

    Chromium asks whether a page may save several files when, on a busy machine, it takes the second
    press for the page's own doing. Without a window nobody is asked; a person would press again.
    """
    try:
        with link.page.expect_download(timeout=10_000) as waiting:
            link.click()
    except PlaywrightTimeoutError:
        with link.page.expect_download() as waiting:
            link.click()
    return waiting.value


def ranking(page: Page) -> Locator:
    """The names in the ranking, best first."""
    return page.get_by_role("list", name="Ranking", exact=True).get_by_role("link")


def expect_ranking(page: Page, **answers: str) -> None:
    """The page ranks exactly as the engine does for these answers."""
    evaluation = evaluation_of(answers)
    names = [get_catalog().alternatives[ranked.slug].name for ranked in evaluation.ranking]
    expect(ranking(page)).to_have_text(names)
    expect(page.get_by_role("list", name="Ranking", exact=True)).to_contain_text(
        f"{round(evaluation.ranking[0].score)} points"
    )


def expect_answer(page: Page, short: str, words: str) -> None:
    """In "check your answers", a question stands with this answer."""
    line = page.get_by_role("term").filter(has_text=re.compile(rf"^\d*{re.escape(short)}$"))
    expect(line.locator("xpath=following-sibling::dd[1]")).to_have_text(words)


def expect_answers(page: Page, answers: Mapping[str, str]) -> None:
    """The address carries exactly these answers."""
    query = answer_query(parse_answers(get_catalog(), answers)[0])
    expect(page).to_have_url(re.compile(rf"^[^?]*{re.escape('?' + query) if query else ''}(#.*)?$"))
