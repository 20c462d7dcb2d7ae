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
from .letter_drafts import DraftForm
from .letters import PrintLetter, RecordHandDelivery, ReleaseLetter, StopLetter
from .owning import Assign, NameStaff, RunPlaybook, SetStance
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
    AddTask,
    AskNext,
    Assign,
    BreakTask,
    Close,
    ConfirmRestatement,
    ConfirmTask,
    DraftForm,
    FulfilCompensation,
    GrantCompensation,
    HandOver,
    IssueCertificate,
    KeepTask,
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
    SetStance,
    StartTask,
    StopLetter,
    TakeBackEmergency,
    TellGuest,
    TellHappening,
    VoidCertificate,
    WithdrawTask,
)

#: By verb: the last part of a page's address.
FORMS: dict[str, type[VerbForm]] = {form.verb: form for form in _ALL}

__all__ = ["FORMS", "Subject", "VerbForm"]
