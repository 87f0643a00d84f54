"""What each test asks of an application, and with how many connections it is measured."""

from dataclasses import dataclass, field

RAW = "raw"
ORM = "orm"
NO_DATABASE = ""
KEEP_ALIVE = "keep-alive"
CLOSE = "close"

VALIDATION_BODY = (
    b'{"customer":"Ada Lovelace","lines":['
    b'{"article":"A-100","quantity":2,"price_cents":1250},'
    b'{"article":"B-200","quantity":1,"price_cents":4999},'
    b'{"article":"C-300","quantity":10,"price_cents":35}]}'
)


@dataclass(frozen=True)
class Scenario:
    """One test.

    `path` may hold `{database}`, which `path_for` fills in: one application serves both classes.
    `says_not` is the sentence that stands beside its figures.
    `keeps_cookies`: a visitor comes back. Before the load, one request without cookies is made,
    and the cookies of its answer go with every request of the load.
    """

    id: str
    label: str
    path: str
    says_not: str
    method: str = "GET"
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    connections: int = 32
    databases: tuple[str, ...] = (NO_DATABASE,)
    modes: tuple[str, ...] = (KEEP_ALIVE,)
    keeps_cookies: bool = False

    def path_for(self, database: str) -> str:
        """The path with its query string, for one database class."""
        return self.path.format(database=database)


SCENARIOS: tuple[Scenario, ...] = (
    Scenario(
        "plaintext",
        "Plain text",
        "/plaintext",
        "The least a framework can do per request. No application answers only this.",
    ),
    Scenario(
        "json",
        "JSON",
        "/json",
        "Five words as JSON: routing and writing headers, hardly any serialisation.",
        modes=(KEEP_ALIVE, CLOSE),
    ),
    Scenario(
        "validation",
        "JSON body, validated",
        "/validation",
        "An order of three lines. The validation library weighs more here than the framework.",
        method="POST",
        body=VALIDATION_BODY,
        headers={"Content-Type": "application/json"},
    ),
    Scenario(
        "query",
        "One query",
        "/db/{database}",
        "SQLite in the server's own process: no network, no waiting for a database host.",
        databases=(RAW, ORM),
    ),
    Scenario(
        "queries",
        "20 queries",
        "/queries/{database}?queries=20",
        "20 separate SELECTs of one row. The driver and the ORM weigh more than the framework.",
        databases=(RAW, ORM),
    ),
    Scenario(
        "fortunes",
        "List from a template",
        "/fortunes/{database}",
        "13 rows in a tiny template. Real pages have larger ones, and fragments they cache.",
        databases=(RAW, ORM),
    ),
    Scenario(
        "updates",
        "20 updates",
        "/updates/{database}?queries=20",
        "SQLite takes one writer at a time and does not wait for the disk here:"
        " this says nothing about a database server.",
        databases=(RAW, ORM),
    ),
    Scenario(
        "upstream",
        "Waiting 20 ms for another service",
        "/upstream",
        "A timer stands for the other service. WSGI applications wait with 16 threads here, so 800"
        " requests/s are the most they can answer; more threads would allow more.",
        connections=64,
    ),
    Scenario(
        "page",
        "Full page",
        "/page/{database}",
        "Session, form, one query and a template, for one visitor who comes back."
        " No sign-in, no permissions, no translation.",
        databases=(ORM,),
        keeps_cookies=True,
    ),
)

BY_ID = {scenario.id: scenario for scenario in SCENARIOS}
