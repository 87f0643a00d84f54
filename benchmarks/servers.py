"""How each application is started: one worker process, logs of requests off, the same for all."""

from pathlib import Path

from benchmarks.entries import ASGI, OWN, WSGI, Entry

SAME_SERVER = "same-server"
DOCUMENTED_SERVER = "documented-server"
MATRICES = (SAME_SERVER, DOCUMENTED_SERVER)

THREADS = 16
"""Threads of every WSGI application, on both servers."""

HOST = "127.0.0.1"
PROJECT = Path(__file__).resolve().parent.parent

DATABASE = "BENCHMARK_DATABASE"
TRACE = "BENCHMARK_TRACE"


def matrices_of(entry: Entry) -> tuple[str, ...]:
    """The matrices an entry takes part in: not every framework runs on a foreign server."""
    if entry.interface == OWN and not entry.has_asgi:
        return (DOCUMENTED_SERVER,)
    return MATRICES


def command(entry: Entry, matrix: str, python: str, port: int) -> list[str]:
    """The command line of the server, to be started in any folder with `environment`.

    Raises:
        ValueError: the entry does not take part in this matrix.
    """
    if matrix not in matrices_of(entry):
        raise ValueError(f"{entry.id} does not take part in the matrix {matrix}.")
    return [python, *_arguments(entry, matrix, port)]


def shown_command(entry: Entry, matrix: str) -> str:
    """The same command line as people may copy it: without the paths of a machine."""
    return " ".join(["python", *_arguments(entry, matrix, 8000)])


def environment(
    entry: Entry, database_file: Path, trace_file: Path | None = None
) -> dict[str, str]:
    """The variables to add for a server.

    With `trace_file`, every SQL statement is written to it; for conformance only, as it takes time.
    """
    variables = {
        DATABASE: str(database_file),
        "PYTHONPATH": str(PROJECT),
        "PYTHONDONTWRITEBYTECODE": "",
        "BENCHMARK_THREADS": str(THREADS),
    }
    if trace_file is not None:
        variables[TRACE] = str(trace_file)
    return variables


def _arguments(entry: Entry, matrix: str, port: int) -> list[str]:
    """Everything after the Python."""
    application = f"{entry.module}:app"
    if matrix == SAME_SERVER:
        return _granian(entry, application, port)
    if entry.interface == WSGI:
        return [
            *("-m", "gunicorn", "--bind", f"{HOST}:{port}"),
            *("--workers", "1", "--worker-class", "gthread", "--threads", str(THREADS)),
            *("--keep-alive", "75", "--log-level", "warning", "--no-control-socket"),
            application,
        ]
    if entry.interface == ASGI:
        return [
            *("-m", "uvicorn", "--host", HOST, "--port", str(port), "--workers", "1"),
            *("--loop", "uvloop", "--http", "httptools"),
            *("--log-level", "warning", "--no-access-log"),
            application,
        ]
    own = entry.own_server or ("-m", entry.module, "{port}")
    return [argument.format(port=port) for argument in own]


def _granian(entry: Entry, application: str, port: int) -> list[str]:
    interface = WSGI if entry.interface == WSGI else ASGI
    own = ["--blocking-threads", str(THREADS)] if interface == WSGI else ["--loop", "uvloop"]
    return [
        *("-m", "granian", "--interface", interface, "--host", HOST, "--port", str(port)),
        *("--workers", "1", *own, "--http", "1", "--no-ws", "--log-level", "error"),
        application,
    ]
