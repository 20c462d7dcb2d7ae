"""What a playbook is, once it has been read: frozen, complete, and in every language that it has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ...choices import Category, GuestType, RemedyKey, Role

#: Languages whose words may stand beside the main ones: ``title`` and ``title_da``.
LANGUAGES = ("da",)

#: Characters that a task or a screen can keep.
KEY, STEP_KEY, TITLE, DETAIL, FULFILS = 12, 40, 200, 600, 24
CARD, ACTION, QUESTION, BRIEF, LABEL = 200, 140, 200, 400, 120
#: More than these nobody reads at three in the morning.
MOST_STEPS, MOST_LINES, MOST_QUESTIONS = 40, 8, 8

#: What can stand for a finished step: the deed of another verb, or a dated fact of the complaint.
FULFILLED = frozenset(
    {
        "spoken_apology",
        "walk_card",
        "apology_letter",
        "certificate_told",
        "answer",
        "told",
        "follow_up",
        "review",
    }
)
#: What a step can make itself depend on. A step that does not name ``room_free`` is for a guest whom
#: we cannot take in: with a room free only the steps that name it are taken.
CONDITIONS = frozenset({"room_free", "event_today", "no_event_today", "before_travel", "more_nights"})
QUESTION_KINDS = frozenset({"text", "yes_no", "count"})
#: Parts of the written apology that an answer may be offered for as starting words.
STARTS = frozenset({"wrong", "impact"})

#: Asked of everybody who knocked: the job is not done without the two answers (S1-05).
VISIT_EVIDENCE: tuple[Mapping[str, Any], ...] = (
    {
        "key": "apologised",
        "label": "did you apologise?",
        "label_da": "har du sagt undskyld?",
        "kind": "yes_no",
    },
    {"key": "guest_is", "label": "how is the guest?", "label_da": "hvordan har gæsten det?"},
)


@dataclass(frozen=True, kw_only=True)
class Told:
    """Something with words in one or more languages."""

    #: Language → field → words.
    others: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def told(self, name: str, language: str | None) -> Any:
        """The words of a field in that language, else in the main one."""
        code = (language or "").partition("-")[0]
        return self.others.get(code, {}).get(name) or getattr(self, name)


@dataclass(frozen=True, kw_only=True)
class Question(Told):
    """What to ask this guest; the answer is kept as a fact (S2-11)."""

    key: str
    text: str
    kind: str = "text"
    #: The part of an apology for which the answer is offered as starting words; or none.
    starts: str = ""


@dataclass(frozen=True, kw_only=True)
class Worth:
    """What a step puts back: make whole is equal for every kind of guest (S1-10)."""

    remedy: RemedyKey
    #: Of what was lost: of the night's rate for a room, of the price or the cost of anything else.
    percent: int


@dataclass(frozen=True, kw_only=True)
class Step(Told):
    """One task of a playbook."""

    key: str
    title: str
    role: Role
    due: str
    detail: str = ""
    #: What can be done this minute by whoever has the step (S1-04).
    can_do: tuple[str, ...] = ()
    #: What another verb does that finishes this step by itself: "spoken_apology", "walk_card" …
    fulfils: str = ""
    #: False for steps that come after the guest's appointment and are not pulled before it.
    before_deadline: bool = True
    evidence: tuple[Mapping[str, Any], ...] = ()
    #: Names of ``CONDITIONS`` that must all hold.
    when: frozenset[str] = frozenset()
    #: Somebody knocks: reads the brief first, and answers two questions afterwards (S1-05).
    visits_guest: bool = False
    brief: str = ""
    #: The step that comes first; the due time counts from the moment at which it was done.
    after: str = ""
    #: Puts the thing itself right. Skipped when the guest must leave before that can be done …
    repair: bool = False
    #: … and then this, which gets the guest there without it, is due at once.
    alternative: bool = False
    puts_back: Worth | None = None
    #: Beyond repair, chosen for this guest: percent of a night that it may cost (S4-09). 0: no miracle.
    miracle: int = 0


@dataclass(frozen=True, kw_only=True)
class GuestVariant(Told):
    """What changes for one kind of guest: form, order and speed, never the worth."""

    suggest: tuple[str, ...] = ()
    #: Steps that come first among those that are there.
    first: tuple[str, ...] = ()
    #: Step key → the step as it is for this guest.
    changed: Mapping[str, Step] = field(default_factory=dict)
    extra: tuple[Step, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Playbook(Told):
    """What to do for one kind of failure."""

    key: str
    version: int
    title: str
    #: ``None`` for an overlay, which lies over whatever else runs.
    category: Category | None
    steps: tuple[Step, ...]
    #: How to speak about fault, in a sentence for staff.
    stance: str = ""
    #: Remedies that the playbook gives unasked, whatever the giver's own limit (S4-20).
    pre_approved: frozenset[RemedyKey] = field(default_factory=frozenset)
    #: What to give, in this order: the lost thing itself first (S3-12).
    remedies: tuple[RemedyKey, ...] = ()
    make_whole: tuple[str, ...] = ()
    goodwill: str = ""
    questions: tuple[Question, ...] = ()
    cue_cards: tuple[str, ...] = ()
    #: For steps that have none of their own.
    can_do: tuple[str, ...] = ()
    brief: str = ""
    guest_types: Mapping[GuestType, GuestVariant] = field(default_factory=dict)

    @property
    def is_overlay(self) -> bool:
        return self.category is None

    @property
    def roles(self) -> frozenset[Role]:
        """Whoever has a step in it, also for one kind of guest only."""
        extra = [step for variant in self.guest_types.values() for step in variant.extra]
        return frozenset(step.role for step in (*self.steps, *extra))
