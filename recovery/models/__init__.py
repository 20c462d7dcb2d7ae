"""The stored shape. Rows are written by ``recovery.actions`` and ``recovery.outbox`` only."""

from .certificates import Certificate, CertificateEntry, CoveredStay
from .compensation import AuthorityLimit, Compensation, Remedy
from .complaints import Complaint, Contact, Party, TimelineEvent
from .duty_log import DutyLogEntry
from .letter_texts import LetterText
from .letters import Apology, Letter
from .links import GuestLink, StaffLink
from .outbox import Heartbeat, OutboxMessage
from .overrides import Override
from .people import StaffMember
from .playbooks import Playbook
from .profiles import Brand, HouseProfile
from .requests import RequestKey
from .tasks import Alarm, Task

__all__ = [
    "Alarm",
    "Apology",
    "AuthorityLimit",
    "Brand",
    "Certificate",
    "CertificateEntry",
    "Compensation",
    "Complaint",
    "Contact",
    "CoveredStay",
    "DutyLogEntry",
    "GuestLink",
    "Heartbeat",
    "HouseProfile",
    "Letter",
    "LetterText",
    "OutboxMessage",
    "Override",
    "Party",
    "Playbook",
    "Remedy",
    "RequestKey",
    "StaffLink",
    "StaffMember",
    "Task",
    "TimelineEvent",
]
