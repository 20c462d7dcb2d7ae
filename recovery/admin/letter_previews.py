"""What the guest would get, exactly, without anything being written or sent.

The secrets are plainly not real ones: no live code ever stands on a screen.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import router
from django.utils.translation import gettext

from .. import conf
from ..actions import (
    LetterWords,
    certificate_steps,
    houses,
    letter_facts,
    letter_reading,
    letter_steps,
    letter_wording,
    mail_situation,
    second_readers,
    signatories,
)
from ..actions.engine import Turn
from ..actions.parties import recipient
from ..choices import AddressClass, ApologyPart, LetterKind, LetterState, Stance
from ..errors import HostVeto, HotelUnreachable, RecoveryError
from ..hotel import get_hotel
from ..letters import Filled, LetterFacts, Rendered, attachments, fill, sample_secrets
from ..models import Certificate, Complaint, Letter, Party, StaffMember
from ..rules import expiry, mail_policy, stances
from .desk import Desk


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A letter as it would go, with its made-up secrets."""

    kind: LetterKind
    facts: LetterFacts
    rendered: Rendered
    filled: Filled
    #: What an apology in this stance still lacks.
    missing: tuple[str, ...]
    logo: bytes
    complaint: Complaint
    party: Party
    signatory: StaffMember

    def remarks(self, language: str) -> list[letter_reading.Remark]:
        """What a careful reader would say. ``language``: of whoever writes."""
        return letter_reading.read_through(
            complaint=self.complaint,
            party=self.party,
            signatory=self.signatory,
            facts=self.facts,
            rendered=self.rendered,
            told_in=language,
        )

    def pdf(self) -> bytes | None:
        """The paper form; ``None`` for texts that exist only as mail.

        :raises PdfNotInstalled: if PDFs cannot be made here.
        """
        secrets = sample_secrets(self.rendered.language)
        return attachments.document(self.kind, self.facts, self.rendered, secrets, self.logo)


def letter(desk: Desk, row: Letter) -> Shown:
    """A letter as it was frozen, or as it would be if it were released now."""
    complaint = row.complaint
    if row.state is LetterState.DRAFT:
        profile = houses.profile_of(complaint.property_code)
        facts = letter_steps.facts_today(row, complaint, profile, desk.now)
        rendered = letter_wording.write(facts).rendered
    else:
        facts, rendered = LetterFacts.from_json(row.facts), letter_steps.frozen(row)
    return _shown(LetterKind(row.kind), complaint, facts, rendered, party=row.party, signatory=row.signatory)


def apology(
    desk: Desk,
    complaint: Complaint,
    *,
    words: LetterWords,
    signatory: StaffMember | None,
    nights: int,
    why: str,
) -> Shown:
    """The apology with these words; with ``nights``, with a certificate that does not exist yet.

    :raises RecoveryError: if the letter cannot be made.
    """
    kind = LetterKind.APOLOGY
    party, signer = party_of(complaint), signatory or signatory_of(desk, complaint, kind)
    facts = letter_facts.build(
        kind=kind,
        complaint=complaint,
        party=party,
        signatory=signer,
        now=desk.now,
        words=words,
        certificate=_certificate(desk, complaint, nights, why) if nights else None,
    )
    rendered = letter_wording.write(facts).rendered
    return _shown(kind, complaint, facts, rendered, party=party, signatory=signer)


def _certificate(desk: Desk, complaint: Complaint, nights: int, why: str) -> Certificate:
    """The one that waits for its letter, else one as it would be issued now; never saved."""
    today = houses.local_date(houses.profile_of(complaint.property_code), desk.now)
    months = conf.current().CERTIFICATE_MONTHS
    return certificate_steps.unsent(complaint) or Certificate(
        complaint=complaint,
        party=party_of(complaint),
        property_code=complaint.property_code,
        houses=[],
        nights=nights,
        nights_left=nights,
        valid_from_on=today,
        last_arrival_on=expiry.last_arrival(issued_on=today, months=months),
        why=why,
    )


def _shown(
    kind: LetterKind,
    complaint: Complaint,
    facts: LetterFacts,
    rendered: Rendered,
    *,
    party: Party,
    signatory: StaffMember,
) -> Shown:
    missing: list[str] = []
    if kind == LetterKind.APOLOGY:
        parts: tuple[ApologyPart, ...] = rendered.parts
        missing = [gettext(part) for part in stances.missing_parts(Stance(facts.stance), parts)]
    return Shown(
        kind=kind,
        facts=facts,
        rendered=rendered,
        filled=fill(rendered, sample_secrets(rendered.language)),
        missing=tuple(missing),
        logo=bytes(houses.brand_of(complaint.property_code).logo),
        complaint=complaint,
        party=party,
        signatory=signatory,
    )


def party_of(complaint: Complaint) -> Party:
    """Whom a letter is for unless somebody else is named."""
    return recipient(complaint)


def signatory_of(desk: Desk, complaint: Complaint, kind: LetterKind) -> StaffMember:
    """Who signs when nobody else is named.

    :raises NeedsSignatory: if the role that must sign is not staffed.
    """
    # A turn outside a verb, because the step asks it for the complaint and the time only.
    turn = Turn(by=desk.actor, now=desk.now, using=router.db_for_read(Complaint), complaint=complaint)
    return signatories.default(turn, kind)


def check_reading(desk: Desk, row: Letter) -> None:
    """Whether this person may be the one who sends it.

    :raises NeedsSecondReader, SelfCheckTooSoon, NeedsSelfCheck: as the release would.
    """
    turn = Turn(by=desk.actor, now=desk.now, using=router.db_for_read(Complaint), complaint=row.complaint)
    second_readers.read(turn, row, is_self_checked=False)


def mail_refusal(party: Party, kind: LetterKind) -> RecoveryError | None:
    """Why a letter of this kind cannot go to this guest by mail; ``None`` where it can."""
    try:
        mail_policy.check_address(
            kind,
            name=party.name,
            address_class=AddressClass(party.address_class),
            stopped=party.stopped_writing_at is not None,
        )
    except RecoveryError as error:
        return error
    try:
        guest = get_hotel().get_guest(party.guest_ref) if party.guest_ref else None
        is_vetoed = guest is not None and not get_hotel().may_write_to(guest)
    except HotelUnreachable:
        return None  # because the delivery asks again, and waits for the answer
    return HostVeto() if is_vetoed else None


def send_at(desk: Desk, row: Letter) -> dt.datetime:
    """The first moment at which a letter released now may go."""
    complaint = row.complaint
    profile = houses.profile_of(complaint.property_code)
    return mail_policy.send_at(
        LetterKind(row.kind),
        now=desk.now,
        zone=profile.time_zone,
        departed=mail_situation.is_departed(complaint, profile, desk.now),
        guest_wrote_at=mail_situation.guest_wrote_at(complaint),
    )
