"""What the outlook says about one evaluation, in slugs, criterion ids and question ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from framework_picker.domain.cross_checks import Method
from framework_picker.domain.cross_checks import Reason as CrossCheckReason
from framework_picker.domain.evaluation import Status
from framework_picker.domain.robustness import Sureness

OutlookStatus = Status | Literal["split"]


@dataclass(frozen=True, slots=True)
class Standing:
    """How one surviving alternative stands across what the answers and facts may mean.

    ``first_share``: share of samples in which it is first. ``rank_shares``: the same for rank 1,
    2, ... ``low`` and ``high``: its score at the 5th and 95th percentile. ``central_weights``:
    mean weights of the samples it wins, None when it wins none; ``confidence``: share of value
    samples in which it wins at those weights, None also where it wins less than one in a hundred.
    """

    slug: str
    first_share: float
    rank_shares: tuple[float, ...]
    low: float
    high: float
    expected_rank: float
    central_weights: Mapping[str, float] | None
    confidence: float | None


@dataclass(frozen=True, slots=True)
class StableInterval:
    """How far one importance may move, all others as they are, before the first place changes.

    ``question`` and ``criteria``: what moves. In points of the five-level scale (0, 1, 2, 4, 8):
    ``points`` now, the leader stays alone in front strictly between ``low`` and ``high`` (None:
    no upper end). ``below`` and ``above``: who draws level at each end. ``*_share``: the same as
    share of all weight. ``steps``, ``low_steps``, ``high_steps``: the same as places on a scale
    whose levels are one step apart; ``high_steps`` is None when the end lies beyond everything
    that an answer may mean. ``distance``: steps to the nearest end within the scale, None
    when there is none.
    """

    question: str
    criteria: tuple[str, ...]
    points: float
    low: float
    high: float | None
    share: float
    low_share: float
    high_share: float | None
    below: tuple[str, ...]
    above: tuple[str, ...]
    steps: float
    low_steps: float
    high_steps: float | None
    distance: float | None


@dataclass(frozen=True, slots=True)
class ShakyValue:
    """One value that could change the first place without leaving its evidence band.

    ``change``: value points it takes, negative for a fall of the leader's value; ``room``: what
    the evidence allows. ``rival`` draws level. ``is_known`` is false where nobody has verified it.
    """

    slug: str
    criterion: str
    rival: str
    change: float
    room: float
    is_known: bool


@dataclass(frozen=True, slots=True)
class Flip:
    """One or two answers given differently, after which somebody else is first.

    ``answers``: question id to new answer, ready for ``with_answer``. ``leaders``: who is first
    then. ``margin``: the new leader's lead in points, None when nobody else is left.
    ``toggles``: must-haves that are switched on or off on the way.
    """

    answers: Mapping[str, str]
    cost: int
    leaders: tuple[str, ...]
    margin: float | None
    toggles: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """An open question and what its answer can be expected to bring.

    ``gain_bits``: what it tells about the winner; ``worth_points``: by how many points the choice
    is expected to improve. ``can_change_first`` as in ``Settlement.can_change_first``.
    """

    question: str
    gain_bits: float
    worth_points: float
    can_change_first: bool


@dataclass(frozen=True, slots=True)
class Settlement:
    """What the answers so far prove about the first place (METHOD section 9).

    ``is_settled``: every way to answer what is open has this leader as its only winner.
    ``beaten``: rivals that can no longer catch it, among ``rivals``. ``can_change_first``: open
    questions that can still matter: some answer would rule the leader out, or would change
    the gap between the leader and a rival that is not beaten yet. So it is at most these; an open
    question outside the list changes the first place under no answers at all.
    ``is_evidence_proven``: stronger, no reading of the answers and no value inside its evidence
    band changes the leader. ``is_probably_settled``: advice without proof.
    """

    is_settled: bool
    rivals: tuple[str, ...]
    beaten: tuple[str, ...]
    can_change_first: tuple[str, ...]
    is_evidence_proven: bool
    is_probably_settled: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class OtherMethod:
    """What another method says about the leader; ``sentence`` gives its reason in words."""

    method: Method
    agrees: bool
    leaders: tuple[str, ...]
    reason: CrossCheckReason | None
    about: str
    criterion: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Band:
    """Where one surviving alternative stands in the samples; as in ``Standing``."""

    first_share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Glance:
    """The part of an outlook that the ranking shows at every click; fields as in ``Outlook``.

    A fraction of the work, from the same samples: every number is the one the outlook has.
    ``standings`` holds the survivors, by slug.
    """

    status: OutlookStatus
    is_available: bool
    leader: str
    standings: Mapping[str, Band]
    words: Sureness | Literal[""]
    split_with: str
    proof: Settlement

    @property
    def is_split(self) -> bool:
        """As in ``Outlook``."""
        return self.status == "split"


@dataclass(frozen=True, slots=True)
class Outlook:
    """How sure an evaluation is, what would change it, what to ask next, and when to stop.

    ``status`` is that of the evaluation, or ``split`` when another framework than the headline's
    leader is first across most readings of the answers: then ``split_with`` names it.
    ``is_available`` is false when nobody survives or nothing matters: then there is nothing to be
    sure of, and everything but the flips and the open questions is empty.

    ``leader`` is the headline's first; empty when several share the first place. ``standings``
    holds the survivors, most often first on top; ``beats[a, b]`` the share of samples in which a
    beats b. ``entropy``: how open the first place is, in bits. ``words``: how sure the leader is.
    ``shortlist``: the leader, then who beats it in a quarter of the samples.

    ``error_factor``: every importance may be wrong at once by so much, up or down, before
    ``nearest_rival`` draws level; None: nobody ever does. ``intervals`` per question, the nearest
    end first; ``criterion_intervals`` per criterion, by id. ``value_drops``: by how much the
    leader's value may fall before the runner-up draws level. ``shaky``: values worth checking
    first. ``flips``: the smallest changes on top; ``must_have_flips``: every single must-have
    whose switch changes the first place; ``no_flip_sentence`` where no change does.
    ``next_questions``: open questions, the most telling on top.
    """

    status: OutlookStatus
    samples: int
    is_available: bool
    leader: str
    standings: Mapping[str, Standing]
    beats: Mapping[tuple[str, str], float]
    entropy: float
    words: Sureness | Literal[""]
    split_with: str
    shortlist: tuple[str, ...]
    error_factor: float | None
    nearest_rival: str
    intervals: tuple[StableInterval, ...]
    criterion_intervals: tuple[StableInterval, ...]
    value_drops: Mapping[str, float | None]
    shaky: tuple[ShakyValue, ...]
    flips: tuple[Flip, ...]
    must_have_flips: tuple[Flip, ...]
    no_flip_sentence: str
    next_questions: tuple[NextQuestion, ...]
    proof: Settlement
    cross_checks: tuple[OtherMethod, ...]

    @property
    def is_split(self) -> bool:
        """Whether two frameworks lead: one for the answers as given, one across their readings."""
        return self.status == "split"

    @property
    def is_open(self) -> bool:
        """Whether questions are open."""
        return bool(self.next_questions)

    @property
    def next_question(self) -> str:
        """The open question that tells most; empty when none is open."""
        return self.next_questions[0].question if self.next_questions else ""
