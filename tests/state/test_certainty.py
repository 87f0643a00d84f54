"""How sure the result is and what would change it, ready to be shown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framework_picker.catalog.current import get_catalog
from framework_picker.domain.answers import answer_values
from framework_picker.domain.model import Catalog
from framework_picker.state.certainty import (
    OTHERS,
    all_changes,
    ask_rows,
    change_key,
    changed,
    changes_view,
    dot_groups,
    elsewhere_sentences,
    other_voices,
    shaky_rows,
    versions_view,
)
from framework_picker.state.outlook import evaluation_of, outlook_of

Answers = dict[str, str]

FEW: Answers = {"use": "api", "async": "decisive"}
NOBODY: Answers = {"use": "api", "ui": "must"}
ONE_LEFT: Answers = {"use": "api", "admin": "must", "accounts": "must"}


def only(question: str) -> Answers:
    """Answers in which one wish alone has weight."""
    return {
        key: "mixed" if key == "use" else "python" if key == "scope" else "none"
        for key, found in get_catalog().questions.items()
        if found.kind != "switch"
    } | {question: "decisive"}


def random_answers() -> st.SearchStrategy[Answers]:
    asked = [q for q in get_catalog().questions.values() if q.kind != "switch"]
    return st.fixed_dictionaries(
        {}, optional={q.id: st.sampled_from(answer_values(get_catalog(), q)) for q in asked}
    )


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(answers=random_answers())
def test_the_dots_are_a_hundred_and_agree_with_the_shares(answers: Answers) -> None:
    look = outlook_of(answers)
    view = versions_view(get_catalog(), look)
    if len(look.standings) < 2:
        assert view.dots == []
        return
    groups = dot_groups(get_catalog(), look)

    assert len(view.dots) == sum(count for _, count in groups) == 100
    assert view.dots == sorted(view.dots)
    share = {
        get_catalog().alternatives[s.slug].name: s.first_share for s in look.standings.values()
    }
    for group, count in groups:
        if group.colour != OTHERS:
            assert abs(count - 100 * share[group.name]) < 1.6
            assert group.count in (str(count), "more than 99")
        else:
            assert count > 0 or group.count == "fewer than 1"


def test_at_most_four_are_named_and_the_rest_are_others(catalog: Catalog) -> None:
    answers = dict(catalog.presets["dashboard"].answers)
    view = versions_view(catalog, outlook_of(answers))

    assert [group.colour for group in view.groups] == [0, 1, 2, 3, OTHERS]
    assert view.groups[-1].name == "others"
    assert view.label.startswith(f"{view.groups[0].count} {view.groups[0].name}, ")


def test_each_row_of_the_places_is_everything(catalog: Catalog) -> None:
    view = versions_view(catalog, outlook_of(FEW))

    assert view.places == ["1", "2", "3", "4", "5", "6+"]
    for row in view.rows:
        assert len(row.cells) == len(view.places)
        shown = [cell.text for cell in row.cells]
        at_least = sum(int(text.split()[0]) for text in shown if re.match(r"\d", text))
        assert 97 <= at_least <= 103 or any(text[0] in "<>" for text in shown)


def test_an_end_names_the_last_level_at_which_the_leader_stays_first(catalog: Catalog) -> None:
    answers = dict(catalog.presets["microservices"].answers)
    view = changes_view(catalog, answers, outlook_of(answers))
    cost = next(row for row in view.intervals if row.question == "cost")

    assert (cost.now, cost.below, cost.above) == ("A lot", "", "above “a lot”: Starlette")
    assert evaluation_of(answers | {"cost": "lot"}).winner == "litestar"
    assert evaluation_of(answers | {"cost": "decisive"}).winner == "starlette"


def test_what_the_ranges_say_is_what_judging_again_says(catalog: Catalog) -> None:
    for preset in catalog.presets.values():
        answers = dict(preset.answers)
        look = outlook_of(answers)
        view = changes_view(catalog, answers, look)
        for row in view.intervals:
            left = float(row.left.removesuffix("%"))
            right = left + float(row.width.removesuffix("%"))
            assert left <= float(row.dot.removesuffix("%")) <= right + 0.1
            for place, level in enumerate(catalog.levels):
                at = 100 * place / (len(catalog.levels) - 1)
                if abs(at - left) > 0.2 and abs(at - right) > 0.2:
                    stays = evaluation_of(answers | {row.question: level}).winner == look.leader
                    assert stays == (left < at < right), (preset.id, row.name, level)


def test_what_moves_nothing_is_named_below(catalog: Catalog) -> None:
    answers = dict(catalog.presets["prototype"].answers)
    look = outlook_of(answers)
    view = changes_view(catalog, answers, look)
    shown = {row.name for row in view.intervals}
    named = view.unmoved.removeprefix("No level of these alone changes it: ")

    assert shown
    assert named != view.unmoved
    for interval in look.intervals:
        short = catalog.questions[interval.question].short
        assert (short in shown) != (short in named)


def test_where_nothing_moves_every_bar_is_full(catalog: Catalog) -> None:
    answers = dict(catalog.presets["company-app"].answers)
    view = changes_view(catalog, answers, outlook_of(answers))

    assert len(view.intervals) == 5
    assert {(row.left, row.width) for row in view.intervals} == {("0.0%", "100.0%")}
    assert {row.ends for row in view.intervals} == {"no level changes it"}
    assert view.unmoved


def test_every_change_offered_does_what_it_says(catalog: Catalog) -> None:
    for answers in (FEW, dict(catalog.presets["api"].answers)):
        look = outlook_of(answers)
        offered = all_changes(look)
        assert offered
        for flip in offered:
            found = changed(catalog, answers, look, change_key(flip))
            assert found is not None
            after, notice = found
            judged = evaluation_of(after)
            assert flip.leaders == (judged.joint_winners or (judged.winner,))
            assert (
                notice == f"{flip.sentence} Before, {catalog.alternatives[look.leader].name} did."
            )


@pytest.mark.parametrize("key", ["", "admin=must", "use=site", None, 3, ["admin=lot"]])
def test_what_is_not_offered_is_not_done(catalog: Catalog, key: object) -> None:
    answers = dict(catalog.presets["company-app"].answers)
    look = outlook_of(answers)
    assert key not in [change_key(flip) for flip in all_changes(look)]

    assert changed(catalog, answers, look, key) is None


def test_one_survivor_is_not_compared(catalog: Catalog) -> None:
    look = outlook_of(ONE_LEFT)
    assert len(look.standings) == 1

    assert versions_view(catalog, look).dots == []
    view = changes_view(catalog, ONE_LEFT, look)
    assert view.intervals == []
    assert view.unmoved == ""
    assert view.smallest
    assert elsewhere_sentences(ONE_LEFT) == []


def test_nobody_left_is_nothing_to_be_sure_of(catalog: Catalog) -> None:
    look = outlook_of(NOBODY)

    assert versions_view(catalog, look).groups == []
    assert changes_view(catalog, NOBODY, look).leader == ""
    assert ask_rows(catalog, look) == []
    assert elsewhere_sentences(NOBODY) == []
    assert other_voices(look).agreement == ""
    assert shaky_rows(catalog, look) == []


def test_equals_have_readings_but_no_ranges_and_no_rivals(catalog: Catalog) -> None:
    answers = only("async")
    look = outlook_of(answers)
    assert look.status == "tie"

    assert len(versions_view(catalog, look).dots) == 100
    assert changes_view(catalog, answers, look).smallest == []
    assert elsewhere_sentences(answers) == []


def test_the_open_questions_are_listed_the_most_telling_first(catalog: Catalog) -> None:
    look = outlook_of(FEW)
    rows = ask_rows(catalog, look)

    assert [row.question for row in rows] == [q.question for q in look.next_questions]
    assert len(rows) == len(evaluation_of(FEW).open_questions)
    assert rows[0].width == "100.0%"
    bits = [float(row.bits) for row in rows]
    assert bits == sorted(bits, reverse=True)


def test_with_all_answered_nothing_is_worth_asking(catalog: Catalog) -> None:
    assert ask_rows(catalog, outlook_of(dict(catalog.presets["api"].answers))) == []
