"""Tests of what make and run.py offer."""

import re

from house.commands import COMMANDS, TAKES_MORE
from house.places import ROOT


def test_every_target_of_the_makefile_is_a_command_and_the_other_way_round() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    commands = re.findall(r"run\.py ([a-z-]+)", makefile)

    assert sorted(commands) == sorted(COMMANDS)
    assert set(TAKES_MORE) <= set(COMMANDS)


def test_every_target_says_what_it_does() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    targets = re.findall(r"^([a-z-]+):", makefile, re.MULTILINE)
    explained = re.findall(r"^([a-z-]+):  ## \w", makefile, re.MULTILINE)

    assert targets == explained
