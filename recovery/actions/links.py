"""Private links for guests, and the secrets that are filled into letters while they are sent."""

from __future__ import annotations

import datetime as dt
import uuid

from django.urls import NoReverseMatch, reverse
from django.views.decorators.debug import sensitive_variables

from .. import conf
from ..choices import LinkPurpose
from ..errors import GuestPagesMissing, NoBaseUrl
from ..letters import slots
from ..models import Certificate, GuestLink, Letter, Party
from ..rules import codes, tokens
from .engine import Turn

#: Days for which a link works. A certificate's link outlives the certificate, to explain itself.
STATUS_DAYS, STOP_DAYS, CERTIFICATE_EXTRA_DAYS = 90, 400, 90

_SLOT = {
    LinkPurpose.STATUS: slots.STATUS_LINK,
    LinkPurpose.STOP: slots.STOP_LINK,
    LinkPurpose.CERTIFICATE: slots.CERTIFICATE_LINK,
}


def make_link(
    turn: Turn, *, party: Party, purpose: LinkPurpose, certificate: Certificate | None = None
) -> GuestLink:
    """One private door. The token is derived from the row and never stored.

    :raises NoKeys: if the project has no key.
    """
    existing = GuestLink.objects.filter(
        party=party,
        purpose=purpose,
        certificate=certificate,
        revoked_at__isnull=True,
        expires_at__gt=turn.now,
    ).first()
    if existing is not None:
        return existing
    key_id, key = tokens.choose_key(conf.current().KEYS)
    row_uuid = uuid.uuid4()
    token = tokens.derive_token(key=key, uuid=row_uuid, serial=1, purpose=purpose)
    return GuestLink.objects.create(
        uuid=row_uuid,
        complaint=turn.complaint,
        party=party,
        certificate=certificate,
        purpose=purpose,
        key_id=key_id,
        digest=tokens.digest_token(token),
        created_at=turn.now,
        expires_at=_expires(turn.now, purpose, certificate),
    )


@sensitive_variables("token")
def find_link(token: str, *, now: dt.datetime) -> GuestLink | None:
    """The link that this token opens now, or nothing: every bad token looks the same."""
    if not tokens.is_plausible_token(token):
        return None
    link = (
        GuestLink.objects.select_related("complaint__owner", "party", "certificate")
        .filter(digest=tokens.digest_token(token))
        .first()
    )
    return link if link is not None and link.works(now=now) else None


@sensitive_variables("token", "key")
def url_of(link: GuestLink) -> str:
    """The address of the guest's page, with its live token: for a mail that is being sent.

    :raises NoBaseUrl: if the project does not say where its guest pages are.
    :raises GuestPagesMissing: if the project does not include our urls.
    """
    base = conf.current().BASE_URL.rstrip("/")
    if not base:
        raise NoBaseUrl()
    key = tokens.key_named(conf.current().KEYS, link.key_id)
    token = tokens.derive_token(key=key, uuid=link.uuid, serial=1, purpose=link.purpose)
    if not conf.has_addresses():
        raise GuestPagesMissing()
    try:
        return base + reverse("recovery_guest:enter", args=[token])
    except NoReverseMatch as error:
        raise GuestPagesMissing() from error


@sensitive_variables("key")
def code_of(certificate: Certificate) -> str:
    """The live code, shown in fours. Never store, log or show it to staff."""
    key = tokens.key_named(conf.current().KEYS, certificate.key_id)
    return codes.show_code(codes.derive_code(key=key, uuid=certificate.uuid, serial=certificate.code_serial))


@sensitive_variables("secrets")
def secrets_for(letter: Letter) -> dict[str, str]:
    """What stands in the slots of a letter, at the moment of sending or printing."""
    secrets = {
        _SLOT[LinkPurpose(link.purpose)]: url_of(link)
        for link in GuestLink.objects.filter(party=letter.party, revoked_at__isnull=True).order_by("pk")
        if link.certificate_id in (None, letter.certificate_id)
    }
    if letter.certificate is not None:
        secrets[slots.CERTIFICATE_CODE] = code_of(letter.certificate)
    return secrets


def _expires(now: dt.datetime, purpose: LinkPurpose, certificate: Certificate | None) -> dt.datetime:
    if purpose == LinkPurpose.CERTIFICATE and certificate is not None:
        days_left = (certificate.last_arrival_on - now.date()).days
        return now + dt.timedelta(days=max(days_left, 0) + CERTIFICATE_EXTRA_DAYS)
    return now + dt.timedelta(days=STATUS_DAYS if purpose == LinkPurpose.STATUS else STOP_DAYS)
