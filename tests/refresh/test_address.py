"""Where the index is: our setting, pip's configuration, pip itself. pip is made up here."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from framework_picker.refresh.address import ask_pip, index_address
from framework_picker.refresh.errors import RefreshError
from framework_picker.settings import settings_from

HELP = """
Package Index Options:
  -i, --index-url <url>       Base URL of the Python Package Index (default
                              https://index.example.org/deep/simple). This should
                              point to a repository compliant with PEP 503.
  --extra-index-url <url>     Extra URLs of package indexes (default nothing).
"""


class Pip:
    """A pip that says what it is told to say."""

    def __init__(self, configuration: str = "", help_text: str = HELP) -> None:
        self.configuration = configuration
        self.help_text = help_text

    def __call__(self, arguments: Sequence[str]) -> str:
        return self.configuration if arguments[0] == "config" else self.help_text


def test_our_setting_comes_first() -> None:
    pip = Pip("global.index-url='https://pip.example.org/simple'\n")

    found = index_address("https://ours.example.org/simple" + "/", pip)

    assert found.files == "https://ours.example.org/simple"
    assert found.records == "https://ours.example.org"


def test_pip_is_asked_where_there_is_no_setting() -> None:
    found = index_address("", Pip("global.index-url='https://pip.example.org/a/simple'\n"))

    assert found.files == "https://pip.example.org/a/simple"
    assert found.records == "https://pip.example.org/a"


def test_the_environment_wins_over_the_command_and_the_command_over_all() -> None:
    lines = [
        "global.index-url='https://global.example.org/simple'",
        "install.index-url='https://install.example.org/simple'",
        ":env:.index-url='https://env.example.org/simple'",
    ]

    assert "env." in index_address("", Pip("\n".join(lines))).files
    assert "install." in index_address("", Pip("\n".join(lines[:2]))).files
    assert "global." in index_address("", Pip(lines[0])).files


def test_an_extra_index_is_not_the_index() -> None:
    pip = Pip("global.extra-index-url='https://extra.example.org/simple'\n")

    assert index_address("", pip).files == "https://index.example.org/deep/simple"


def test_without_configuration_pip_itself_knows() -> None:
    assert index_address("", Pip()).records == "https://index.example.org/deep"


def test_certificates_and_proxy_of_pip_are_used() -> None:
    pip = Pip(
        "global.cert='/etc/certs.pem'\nglobal.proxy='http://proxy.example.org:3128'\n"
        "global.index-url='https://pip.example.org/simple'\n"
    )

    found = index_address("", pip)

    assert found.certificates == "/etc/certs.pem"
    assert found.proxy == "http://proxy.example.org:3128"


def test_a_password_is_taken_out_of_the_address_and_never_shown() -> None:
    found = index_address("https://me:se%40cret@ours.example.org:8443/simple", Pip())

    assert found.login == ("me", "se@cret")
    assert found.files == "https://ours.example.org:8443/simple"
    assert "cret" not in repr(found)


def test_an_index_of_another_form_has_lists_of_files_only() -> None:
    found = index_address("http://127.0.0.1:3141/index/dev/+files", Pip())

    assert found.files.endswith("/index/dev/+files")
    assert found.records == ""


def test_an_address_of_numbers_is_an_address() -> None:
    assert index_address("http://[::1]:8080/simple", Pip()).files == "http://[::1]:8080/simple"


@pytest.mark.parametrize(
    "address",
    [
        "file:///srv/simple",
        "/srv/simple",
        "ftp://x.example.org/simple",
        "http:///simple",
        "http://[",
    ],
)
def test_what_is_no_web_address_is_refused_with_what_to_do(address: str) -> None:
    with pytest.raises(RefreshError, match="FRAMEWORK_PICKER_INDEX can name another one"):
        index_address("", Pip(f"global.index-url={address!r}\n"))


def test_pip_may_be_told_to_use_no_index() -> None:
    pip = Pip("global.no-index='true'\n")

    with pytest.raises(RefreshError, match="use no package index"):
        index_address("", pip)
    assert index_address("https://ours.example.org/simple", pip).files


@pytest.mark.parametrize("help_text", ["", "--index-url <url> (who knows)"])
def test_without_any_answer_of_pip_the_setting_is_asked_for(help_text: str) -> None:
    with pytest.raises(RefreshError, match="FRAMEWORK_PICKER_INDEX can name one"):
        index_address("", Pip("", help_text))


@pytest.mark.parametrize("line", ["", "nonsense", "global.index-url", "global.index-url=unquoted"])
def test_odd_lines_of_pip_do_no_harm(line: str) -> None:
    pip = Pip(f"{line}\n:env:.index-url='https://env.example.org/simple'\n")

    assert index_address("", pip).files == "https://env.example.org/simple"


def test_the_real_pip_says_what_its_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "https://env.example.org/deep/simple")

    assert index_address("").files == "https://env.example.org/deep/simple"


def test_the_real_pip_reads_its_own_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "pip.conf"
    file.write_text("[global]\nindex-url = https://file.example.org/simple\n", encoding="utf-8")
    monkeypatch.delenv("PIP_INDEX_URL", raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", str(file))

    assert index_address("").files == "https://file.example.org/simple"


def test_the_real_pip_names_an_index_without_any_configuration(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PIP_INDEX_URL", raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    no_configuration = ask_pip(["install", "--help"])

    found = index_address("", Pip("", no_configuration))

    assert found.files.startswith("https://")
    assert found.files.endswith("/simple")


def test_a_pip_that_is_not_there_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")

    assert ask_pip(["config", "list"]) == ""


def test_settings_of_the_refresh_come_from_the_environment() -> None:
    settings = settings_from(
        {
            "FRAMEWORK_PICKER_INDEX": " https://ours.example.org/simple ",
            "FRAMEWORK_PICKER_STARS_API": "off",
            "FRAMEWORK_PICKER_DOWNLOADS_API": "",
            "FRAMEWORK_PICKER_STARS_TOKEN": "secret",
        }
    )

    assert settings.package_index == "https://ours.example.org/simple"
    assert settings.stars_api == "off"
    assert settings.downloads_api.startswith("https://")
    assert settings.stars_token == "secret"
    assert "secret" not in repr(settings)
