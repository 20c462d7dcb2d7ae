"""One small form for each verb of a complaint."""

from __future__ import annotations

from .apologies import RecordSpokenApology, SendWrittenApology
from .asking import RecordAnswers, RunOverlay
from .certificates import IssueCertificate, RedeemWithoutCode, ReverseRedemption, VoidCertificate
from .deliveries import RetryDelivery
from .finishing import Close, MarkSolved, Reopen, TellGuest
from .form import Subject, VerbForm
from .giving import FulfilCompensation, GrantCompensation
from .handing_over import AcceptHandOver, HandOver
from .hearing import Acknowledge, AddContact, ConfirmRestatement, RelinkGuest
from .holding import LiftHold, SetHold
from .letter_drafts import DraftForm
from .letters import PrintLetter, RecordHandDelivery, ReleaseLetter, StopLetter
from .owning import Assign, NameStaff, RunPlaybook, SetStance
from .story_people import AddParty, ChangeParty, EndParty, StopWritingTo
from .tasks import (
    AcceptTask,
    AddTask,
    AskNext,
    BreakTask,
    ConfirmTask,
    KeepTask,
    MoveTask,
    StartTask,
    TellHappening,
    WithdrawTask,
)
from .urgency import RaiseUrgency, SetAtRisk, TakeBackEmergency

_ALL: tuple[type[VerbForm], ...] = (
    AcceptHandOver,
    AcceptTask,
    Acknowledge,
    AddContact,
    AddParty,
    AddTask,
    AskNext,
    Assign,
    BreakTask,
    ChangeParty,
    Close,
    ConfirmRestatement,
    ConfirmTask,
    DraftForm,
    EndParty,
    FulfilCompensation,
    GrantCompensation,
    HandOver,
    IssueCertificate,
    KeepTask,
    LiftHold,
    MarkSolved,
    MoveTask,
    NameStaff,
    PrintLetter,
    RecordAnswers,
    RecordHandDelivery,
    RecordSpokenApology,
    RaiseUrgency,
    RedeemWithoutCode,
    ReleaseLetter,
    RelinkGuest,
    Reopen,
    RetryDelivery,
    ReverseRedemption,
    RunOverlay,
    RunPlaybook,
    SendWrittenApology,
    SetAtRisk,
    SetHold,
    SetStance,
    StartTask,
    StopLetter,
    StopWritingTo,
    TakeBackEmergency,
    TellGuest,
    TellHappening,
    VoidCertificate,
    WithdrawTask,
)

#: By verb: the last part of a page's address.
FORMS: dict[str, type[VerbForm]] = {form.verb: form for form in _ALL}

__all__ = ["FORMS", "Subject", "VerbForm"]
