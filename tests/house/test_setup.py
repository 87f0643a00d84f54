"""Tests of what set-up says when something is missing, taken or broken: never a traceback."""

import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from house import browser, installation
from house.build import fingerprint as build_fingerprint
from house.build import tidy_lock
from house.installation import fingerprint, install, is_usable
from house.places import ROOT, python_of
from house.problems import SetupError
from house.progress import Steps, failure, last_lines, run_step
from house.server import AppServer, check_port, free_port, only_one_server, port_number

pytestmark = pytest.mark.slow

ON_POSIX = os.name == "posix"


def program(path: Path, text: str) -> Path:
    """A small shell program."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n" + textwrap.dedent(text))
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port on which somebody else listens."""
    with socket.socket() as somebody:
        somebody.bind(("0.0.0.0", 0))
        somebody.listen()
        yield somebody.getsockname()[1]


def run_py(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """What `python3 run.py` does in a folder."""
    return subprocess.run(
        [sys.executable, "run.py", *arguments],
        cwd=folder,
        env=os.environ | variables,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project folder with this environment's packages, whose app is up to each test."""
    shutil.copy(ROOT / "run.py", tmp_path)
    shutil.copytree(ROOT / "house", tmp_path / "house")
    for name in installation.PINNED:
        shutil.copy(ROOT / name, tmp_path)
    environment = tmp_path / ".venv"
    subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", "--system-site-packages", environment],
        check=True,
    )
    # pip is asked for, but nothing is to be installed: the stamp says that all is there.
    here = environment / "lib" / f"python3.{sys.version_info.minor}" / "site-packages" / "here.pth"
    here.write_text(str(Path(installation.__file__).parent) + "\n")
    (here.parent / "pip.py").write_text("")
    python = python_of(environment)
    wanted = fingerprint(tmp_path, python)
    installation.stamp(environment, installation.FOR_TESTS).write_text(wanted)
    package = tmp_path / "framework_picker"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "__main__.py").write_text("")
    return tmp_path


def reflex_that(project: Path, text: str) -> None:
    """Put a program in the place of Reflex."""
    (project / "reflex.py").write_text(textwrap.dedent(text))


class TestPort:
    """The port somebody asks for."""

    @pytest.mark.parametrize("text", ["", "abc", "0", "-1", "65536", "30 00", "3000.5"])
    def test_what_is_no_port_is_named_in_the_message(self, text: str) -> None:
        with pytest.raises(SetupError, match="PORT must be a number from 1 to 65535"):
            port_number(text)

    def test_a_number_is_a_port(self) -> None:
        assert port_number("3001") == 3001

    def test_a_free_port_is_fine(self) -> None:
        check_port(free_port())

    def test_a_taken_port_leads_to_a_free_one(self, taken_port: int) -> None:
        with pytest.raises(SetupError, match=f"Port {taken_port} is taken") as caught:
            check_port(taken_port)

        check_port(int(str(caught.value).rpartition("PORT=")[2]))

    def test_serving_on_a_taken_port_is_refused_before_anything_is_installed(
        self, project: Path, taken_port: int
    ) -> None:
        shutil.rmtree(project / ".venv")

        answer = run_py(project, PORT=str(taken_port))

        assert answer.returncode == 1
        assert f"Port {taken_port} is taken by another program" in answer.stderr
        assert "Traceback" not in answer.stderr
        assert not (project / ".venv").exists()


class TestPython:
    """The Python somebody has."""

    def test_run_py_is_readable_by_any_python(self) -> None:
        """No syntax younger than the oldest Python that may try to read it."""
        text = (ROOT / "run.py").read_text(encoding="utf-8")

        compile(text, "run.py", "exec", dont_inherit=True)
        assert "print(" not in text
        assert not [line for line in text.splitlines() if " f'" in line or ' f"' in line]
        assert "->" not in text

    def test_an_old_python_is_told_what_is_needed(self, tmp_path: Path) -> None:
        """Told to any Python by claiming a version that does not exist yet."""
        text = (ROOT / "run.py").read_text(encoding="utf-8")
        assert "OLDEST = (3, 11)" in text
        claim = tmp_path / "run.py"
        claim.write_text(text.replace("OLDEST = (3, 11)", "OLDEST = (3, 99)"))

        answer = run_py(tmp_path)

        assert answer.returncode == 1
        assert "needs Python 3.11 or newer; this is Python 3." in answer.stderr
        assert "Traceback" not in answer.stderr

    @pytest.mark.skipif(not ON_POSIX, reason="shell programs")
    def test_a_newer_python_beside_an_old_one_is_used(self, tmp_path: Path) -> None:
        text = (ROOT / "run.py").read_text(encoding="utf-8")
        (tmp_path / "run.py").write_text(text.replace("OLDEST = (3, 11)", "OLDEST = (3, 99)"))
        program(tmp_path / "bin" / "python3.12", 'echo "newer: $*" | cut -c1-6\n')

        answer = run_py(tmp_path, PATH=f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")

        assert (answer.returncode, answer.stdout.split()) == (0, ["newer:"])

    def test_an_environment_that_does_not_start_is_not_used(self, tmp_path: Path) -> None:
        assert not is_usable(tmp_path / "bin" / "python")
        assert not is_usable(program(tmp_path / "python", "exit 1"))
        assert is_usable(Path(sys.executable))

    def test_a_python_that_cannot_make_environments_is_told_the_missing_package(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        broken = program(tmp_path / "python", 'echo "No module named ensurepip"; exit 1')
        monkeypatch.setattr(sys, "executable", str(broken))

        with pytest.raises(SetupError, match=r"apt-get install python3\.\d+-venv"):
            install(tmp_path, installation.FOR_THE_APP, Steps())

    def test_packages_are_installed_again_only_when_a_pin_changes(self, project: Path) -> None:
        python = python_of(project / ".venv")
        before = fingerprint(project, python)
        assert install(project, installation.FOR_THE_APP, Steps()) == python  # nothing to do

        with (project / "constraints.txt").open("a") as pins:
            pins.write("another==1.0\n")

        assert fingerprint(project, python) != before


class TestBuild:
    """The build and the server."""

    def test_a_failed_build_shows_the_end_of_its_log(self, project: Path) -> None:
        reflex_that(
            project,
            """
            import sys
            print("Compiling: 100%")
            print("npm silly noise")
            print("Error: Rolldown failed to resolve import")
            print("    at build (file:///vite/node.js:34716:66)")
            sys.exit(1)
            """,
        )

        answer = run_py(project, PORT=str(free_port()))

        assert answer.returncode == 1
        assert "The app could not be built or started." in answer.stderr
        assert "Error: Rolldown failed to resolve import" in answer.stderr
        assert "serve.log" in answer.stderr
        for noise in ("Traceback", "npm silly", "node.js:34716"):
            assert noise not in answer.stderr

    def test_bad_data_is_reported_before_the_build(self, project: Path) -> None:
        report = 'data/frameworks/flask.yaml: facts.stars: expected a number, got "many"'
        (project / "framework_picker" / "__main__.py").write_text(
            f"import sys\nsys.stderr.write({report!r})\nsys.exit(2)\n"
        )
        reflex_that(project, "raise SystemExit('built all the same')")

        answer = run_py(project, PORT=str(free_port()))

        assert answer.returncode == 1
        assert report in answer.stderr
        assert "built all the same" not in answer.stderr

    def test_a_build_that_never_served_a_page_is_not_built_upon(self, project: Path) -> None:
        (project / ".web").mkdir()
        (project / ".web" / "half-installed").write_text("")
        reflex_that(project, "raise SystemExit(1)")

        run_py(project, PORT=str(free_port()))

        assert not (project / ".web" / "half-installed").exists()

    def test_a_build_is_as_old_as_the_files_and_settings_it_was_made_from(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def now(port: int = 3000) -> str:
            return build_fingerprint(tmp_path, tmp_path / ".venv" / "bin" / "python", port)

        data = tmp_path / "data" / "facts.yaml"
        data.parent.mkdir()
        data.write_text("a: 1")
        seen = [now()]
        (data.parent / "__pycache__").mkdir()
        (data.parent / "__pycache__" / "facts.pyc").write_text("")
        assert now() == seen[0]

        data.write_text("a: 2")
        seen.append(now())
        data.rename(data.with_name("other.yaml"))
        seen.append(now())
        seen.append(now(port=3001))
        monkeypatch.setenv("REFLEX_API_URL", "http://picker.example")
        seen.append(now())
        (tmp_path / ".venv").mkdir()
        (tmp_path / ".venv" / ".installed-requirements").write_text("other pins")
        seen.append(now())

        assert len(set(seen)) == len(seen)

    @pytest.mark.skipif(not ON_POSIX, reason="signals")
    @pytest.mark.parametrize("wish", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "terminate"])
    def test_it_ends_with_the_address_and_stops_with_all_its_processes(
        self, project: Path, wish: signal.Signals
    ) -> None:
        reflex_that(
            project,
            """
            import http.server, os, subprocess, sys
            helper = subprocess.Popen(["sleep", "600"])
            port = int(sys.argv[sys.argv.index("--backend-port") + 1])
            with open("pids", "w") as file:
                file.write(f"{os.getpid()} {helper.pid}")
            os.makedirs(".web", exist_ok=True)
            http.server.test(http.server.SimpleHTTPRequestHandler, port=port, bind="0.0.0.0")
            """,
        )
        port = free_port()
        process = subprocess.Popen(
            [sys.executable, "run.py"],
            cwd=project,
            env=os.environ | {"PORT": str(port)},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        shown = []
        for line in process.stdout:
            shown.append(line)
            if "is ready" in line:
                break
        again = run_py(project, PORT=str(free_port()))

        process.send_signal(wish)

        assert process.wait(20) == 0
        assert f"Framework Picker is ready: http://localhost:{port}" in shown[-1]
        assert f"served already, at http://localhost:{port}" in again.stderr
        check_port(port)
        for pid in (project / "pids").read_text().split():
            assert is_gone(int(pid)), pid

    def test_the_list_of_node_packages_is_written_in_one_order(self, tmp_path: Path) -> None:
        path = tmp_path / "reflex.lock" / "package.json"
        path.parent.mkdir()
        written = set()
        for text in ('{"b": {"d": 1, "c": 2}, "a": 3}', '{"a": 3, "b": {"c": 2, "d": 1}}'):
            path.write_text(text)
            tidy_lock(tmp_path)
            written.add(path.read_text())

        assert len(written) == 1
        tidy_lock(tmp_path / "without a lock")

    def test_a_server_that_does_not_answer_in_time_is_stopped(self, project: Path) -> None:
        reflex_that(project, "import time; print('Compiling'); time.sleep(600)")
        server = AppServer(
            project, python_of(project / ".venv"), free_port(), "127.0.0.1", project / "log"
        )

        with pytest.raises(SetupError, match="did not answer within 1 s"):
            server.start(patience_s=1)

        assert server.process is None

    def test_two_servers_of_one_folder_would_build_over_each_other(self, tmp_path: Path) -> None:
        with (
            only_one_server(tmp_path, "http://localhost:3000"),
            pytest.raises(SetupError, match="already, at http://localhost:3000"),
            only_one_server(tmp_path, "http://localhost:3001"),
        ):
            pass
        with only_one_server(tmp_path, "http://localhost:3001"):
            pass


def is_gone(pid: int) -> bool:
    """Whether a process has ended, given a moment."""
    for _ in range(50):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if (status := Path(f"/proc/{pid}/stat")).exists() and ") Z " in status.read_text():
            return True  # ended; its parent has not asked yet
        time.sleep(0.1)
    return False


class TestLog:
    """What is shown of a log."""

    @pytest.mark.parametrize(
        ("line", "hint"),
        [
            ("npm error code ENOTFOUND", "check the network or proxy settings"),
            ("npm error code SELF_SIGNED_CERT_IN_CHAIN", "NODE_EXTRA_CA_CERTS"),
            ("OSError: [Errno 28] No space left on device", "The disk is full."),
        ],
    )
    def test_a_known_cause_gets_a_hint(self, tmp_path: Path, line: str, hint: str) -> None:
        log = tmp_path / "log"
        log.write_text(f"{line}\n")

        assert hint in failure("It failed.", log)

    def test_blank_lines_chatter_and_stack_frames_are_left_out(self, tmp_path: Path) -> None:
        log = tmp_path / "log"
        log.write_text("first\n\n  npm warn old\n    at f (file.js:1:2)\nlast\n")

        assert last_lines(log) == ["first", "last"]
        assert last_lines(tmp_path / "never written") == []

    def test_a_step_that_fails_says_which(self, tmp_path: Path) -> None:
        with pytest.raises(SetupError, match=r"(?s)Fetching: this failed.*because"):
            run_step(
                Steps(),
                "Fetching",
                [sys.executable, "-c", "print('because'); raise SystemExit(3)"],
                log=tmp_path / "log",
                folder=tmp_path,
                environment=os.environ,
            )


@pytest.mark.skipif(not ON_POSIX, reason="shell programs")
class TestBrowser:
    """The browser the tests drive."""

    WORKS = 'echo "<p>ready</p>"'

    @pytest.fixture
    def bare_machine(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A machine without a browser; the folder in which to install programs."""
        programs = tmp_path / "bin"
        programs.mkdir()
        for name in ("sh", "env", "cat", "chmod", "echo"):
            if (found := shutil.which(name)) is not None:
                (programs / name).symlink_to(found)
        monkeypatch.setenv("PATH", str(programs))
        monkeypatch.delenv(browser.OWN_CHOICE, raising=False)
        monkeypatch.setattr(browser, "PLACES", ())
        return programs

    @pytest.fixture
    def python(self, bare_machine: Path) -> Path:
        """A Python whose Playwright has no browser and cannot download one."""
        return program(bare_machine.parent / "venv" / "bin" / "python", "exit 1")

    def installer(self, programs: Path, text: str) -> None:
        """An apt-get that carries out some shell lines when asked to install."""
        program(programs / "apt-get", f'[ "$1" = install ] || exit 0\n{text}\n')

    def test_an_installed_one_is_used(self, bare_machine: Path, python: Path) -> None:
        installed = program(bare_machine / "google-chrome", self.WORKS)

        assert browser.ensure_browser(python, Steps()) == installed

    def test_one_that_does_not_start_is_passed_over(self, bare_machine: Path, python: Path) -> None:
        program(bare_machine / "chromium", 'echo "see another package"; exit 1')
        works = program(bare_machine / "google-chrome", self.WORKS)

        assert browser.find_browser(python) == works

    def test_ones_own_choice_comes_first_and_must_work(
        self, bare_machine: Path, python: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        program(bare_machine / "chromium", self.WORKS)
        own = program(bare_machine.parent / "my-chrome", self.WORKS)
        monkeypatch.setenv(browser.OWN_CHOICE, str(own))
        assert browser.find_browser(python) == own

        monkeypatch.setenv(browser.OWN_CHOICE, "/nowhere/chrome")
        with pytest.raises(SetupError, match="CHROMIUM names /nowhere/chrome"):
            browser.find_browser(python)

    def test_playwrights_own_is_used_when_it_was_downloaded(self, bare_machine: Path) -> None:
        own = program(bare_machine.parent / "ms-playwright" / "chrome", self.WORKS)
        python = program(bare_machine.parent / "venv" / "bin" / "python", f"echo {own}")

        assert browser.ensure_browser(python, Steps()) == own

    def test_the_systems_package_is_the_last_resort(
        self, bare_machine: Path, python: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(os, "geteuid", lambda: 0)
        target = bare_machine / "chromium"
        self.installer(
            bare_machine,
            f"printf '#!/bin/sh\\n{self.WORKS}\\n' > {target}\nchmod +x {target}",
        )

        assert browser.ensure_browser(python, Steps()) == target

    @pytest.mark.parametrize("user", [0, 1000])
    def test_without_any_way_one_line_says_how_to_get_one(
        self,
        bare_machine: Path,
        python: Path,
        monkeypatch: pytest.MonkeyPatch,
        user: int,
    ) -> None:
        monkeypatch.setattr(os, "geteuid", lambda: user)
        self.installer(bare_machine, "exit 100")

        with pytest.raises(SetupError, match="apt-get install chromium") as caught:
            browser.ensure_browser(python, Steps())

        assert "\n" not in str(caught.value)

    def test_sudo_is_used_only_when_it_asks_no_password(
        self, bare_machine: Path, python: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(os, "geteuid", lambda: 1000)
        target = bare_machine / "chromium"
        self.installer(
            bare_machine,
            f"printf '#!/bin/sh\\n{self.WORKS}\\n' > {target}\nchmod +x {target}",
        )
        program(bare_machine / "sudo", "exit 1")
        with pytest.raises(SetupError):
            browser.ensure_browser(python, Steps())

        program(bare_machine / "sudo", 'shift\n[ "$1" = true ] && exit 0\nexec "$@"')
        assert browser.ensure_browser(python, Steps()) == target
