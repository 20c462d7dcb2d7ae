"""Who signs a guest text: the role that must, one hand a thread, and who does not suit."""

from __future__ import annotations

import datetime as dt

from ..choices import LetterKind, MailMode, Severity
from ..errors import NeedsSignatory, OwnerNotHere, WrongSignatory
from ..models import Complaint, StaffMember
from ..rules import mail_policy
from ..rules.mail_contract import CONTRACT
from . import houses
from .engine import Turn


def default(turn: Turn, kind: LetterKind) -> StaffMember:
    """Who signs when nobody else is named: the role that must, else the owner.

    :raises NeedsSignatory: if the role that must sign is not staffed.
    """
    complaint = turn.complaint
    role = mail_policy.signed_by(kind, Severity(complaint.severity))
    today = houses.local_date(houses.profile_of(complaint.property_code), turn.now)
    if role is None:
        return (_last_signatory(complaint, today=today) if _is_automatic(kind) else None) or complaint.owner
    for able in mail_policy.able_to_sign(role):
        people = houses.staff_in(complaint.property_code, able, today=today)
        if people:
            return people[0]
    raise NeedsSignatory(role=role.label, property_code=complaint.property_code)


def _is_automatic(kind: LetterKind) -> bool:
    return CONTRACT[kind].mode == MailMode.AUTO


def _last_signatory(complaint: Complaint, *, today: dt.date) -> StaffMember | None:
    """Who signed the last letter of this complaint and still works here: one hand a thread (L14)."""
    sent = complaint.letters.filter(released_at__isnull=False, stopped_at__isnull=True)
    last = sent.select_related("signatory").order_by("-released_at", "-pk").first()
    if last is None:
        return None
    signer: StaffMember = last.signatory
    try:
        houses.check_works_here(signer, complaint.property_code, today=today)
    except OwnerNotHere:
        return None
    return signer


def check(complaint: Complaint, kind: LetterKind, signer: StaffMember) -> None:
    """:raises WrongSignatory: if the contract wants another role; a higher one may always sign."""
    role = mail_policy.signed_by(kind, Severity(complaint.severity))
    if role is not None and not mail_policy.may_sign(role, signer.roles):
        raise WrongSignatory(role=role.label, name=signer.name)
