"""What is shown of a record: every field by name, so that a new column is not shown by accident.

Never shown: a live code or link, the internal cause, the supplier, what a thing costs the house.
"""

from .complaints import (
    ComplaintAnswer,
    ComplaintRow,
    ContactAnswer,
    EventAnswer,
    PartyAnswer,
    ReportAnswer,
    SuppressionAnswer,
)
from .giving import CertificateAnswer, CertificateRow, CompensationAnswer, EntryAnswer, Face
from .letter_texts import LetterTextAnswer, LetterTextRow
from .letters import ApologyAnswer, LetterAnswer
from .playbooks import PlaybookAnswer, PlaybookRow
from .problems import Problem
from .shape import Answer
from .shifts import MorningSheetAnswer, OnOfferAnswer, ReadinessAnswer
from .tasks import DutyLogAnswer, StaffAnswer, TaskAnswer

__all__ = [
    "Answer",
    "ApologyAnswer",
    "CertificateAnswer",
    "CertificateRow",
    "CompensationAnswer",
    "ComplaintAnswer",
    "ComplaintRow",
    "ContactAnswer",
    "DutyLogAnswer",
    "EntryAnswer",
    "EventAnswer",
    "Face",
    "LetterAnswer",
    "LetterTextAnswer",
    "LetterTextRow",
    "MorningSheetAnswer",
    "OnOfferAnswer",
    "PartyAnswer",
    "PlaybookAnswer",
    "PlaybookRow",
    "Problem",
    "ReadinessAnswer",
    "ReportAnswer",
    "StaffAnswer",
    "SuppressionAnswer",
    "TaskAnswer",
]
