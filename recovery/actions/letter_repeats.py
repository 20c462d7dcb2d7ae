"""No guest is apologised to twice, or sent the same words twice."""

from __future__ import annotations

from ..choices import ApologyMode
from ..errors import AlreadyApologised, LetterUnchanged
from ..letters import Rendered
from ..models import Apology, Complaint, HouseProfile, Letter, Party
from . import houses


def check_not_again(letter: Letter, party: Party, rendered: Rendered) -> None:
    """:raises LetterUnchanged: if this guest got exactly this text before, on this or another complaint."""
    # With another certificate it is another letter: its code stands in a slot.
    same = Letter.objects.filter(
        body_hash=rendered.body_hash,
        certificate=letter.certificate,
        released_at__isnull=False,
        stopped_at__isnull=True,
    )
    same = same.filter(party__email=party.email) if party.email else same.filter(party=party)
    if same.exclude(pk=letter.pk).exists():
        raise LetterUnchanged()


def check_first_apology(complaint: Complaint, letter: Letter, party: Party, profile: HouseProfile) -> None:
    """:raises AlreadyApologised: if this guest has a written apology, and nothing changed since."""
    before = Apology.objects.filter(
        complaint=complaint,
        mode=ApologyMode.WRITTEN,
        stance=complaint.stance,  # first regret, then responsibility once it is clear: that is a new letter
        letter__party=party,
        letter__stopped_at__isnull=True,
    ).exclude(letter=letter)
    if complaint.reopened_at is not None:
        before = before.filter(at__gt=complaint.reopened_at)
    if (last := before.order_by("-at").first()) is not None:
        on = houses.local_date(profile, last.at)
        raise AlreadyApologised(name=party.name, on=on.isoformat())
