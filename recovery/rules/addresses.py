"""How far an e-mail address can be trusted with a guest's matter."""

from __future__ import annotations

import re
import unicodedata

from .. import errors
from ..choices import AddressClass

SHARED_FROM = 3  # guests
LONGEST_ADDRESS = 254  # characters, what SMTP can carry

# Domains that agencies put in front of the guest's own address. They forward for the time of the
# stay, read along, and the alias dies afterwards. Subdomains count.
_RELAYS = (
    "guest.booking.com",
    "guest.airbnb.com",
    "reply.airbnb.com",
    "m.expediapartnercentral.com",
    "messages.homeaway.com",
    "agoda-messaging.com",
    "guest.trip.com",
)
# What desks type when the field must not stay empty; compared without dots, hyphens and underscores.
_NOBODY = re.compile(
    "no(email|mail|address|reply|body|one)|donotreply|not(provided|given)|unknown|none|dummy|xx+"
    "|ingen(e?mail)?|ukendt"
)
# Only as word@word.tld, because na@ and no@ alone can be somebody's initials.
_TWICE = re.compile(r"(na|no|nil|null|none|test|abc|asdf|e?mail|guest|dummy)@\1\..+")
_NOBODYS_LABELS = frozenset({"noemail", "nomail", "none", "noreply", "nowhere", "noaddress"})
_NOBODYS_ENDING = ".invalid"

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_ONE_LETTER = re.compile(r"(.)\1*@\1+\..+")  # x@x.x, aa@aa.com
# Python's codec follows the rules of 2003, which rewrite these letters and so reach another domain.
_KEPT_SINCE_2008 = re.compile("[\u00df\u03c2]")


def classify_address(email: str, *, shared_by: int, proven: bool) -> AddressClass:
    """The class of an address; where two fit, the stricter.

    ``shared_by`` counts the different guests who have it; ``proven`` means that the guest was seen
    to read it, or that the hotel's own system vouches for it.
    """
    if not email.strip():
        return AddressClass.NONE
    try:
        address = check_email(email).lower()
    except errors.BadEmail:
        return AddressClass.DUMMY  # "n/a", "-", "ask guest": nobody reads that
    if _is_placeholder(address):
        return AddressClass.DUMMY
    if shared_by >= SHARED_FROM:
        return AddressClass.SHARED
    domain = address.rpartition("@")[2]
    if any(domain == relay or domain.endswith("." + relay) for relay in _RELAYS):
        return AddressClass.RELAY
    return AddressClass.OWN if proven else AddressClass.UNPROVEN


def check_email(value: str) -> str:
    """The address as a mail server wants it: one line, ASCII, the domain in small letters.

    :raises BadEmail: if no mail can be sent to it.
    """
    address = value.strip(" ")
    local, at, domain = address.rpartition("@")
    if not at or len(address) > LONGEST_ADDRESS or len(local) > 64 or not _LOCAL.fullmatch(local):
        raise errors.BadEmail
    address = f"{local}@{_ascii_domain(domain)}"
    if len(address) > LONGEST_ADDRESS:
        raise errors.BadEmail
    return address


def may_carry_secret(address_class: AddressClass) -> bool:
    """Whether a certificate code or a health word may go there."""
    return address_class == AddressClass.OWN


def is_held(address_class: AddressClass) -> bool:
    """Whether nothing at all goes there and a person must deliver it."""
    return address_class in (AddressClass.SHARED, AddressClass.DUMMY, AddressClass.NONE)


def _is_placeholder(address: str) -> bool:
    local, _, domain = address.rpartition("@")
    if _NOBODY.fullmatch(re.sub(r"[._-]", "", local)) or domain.endswith(_NOBODYS_ENDING):
        return True
    label = domain.partition(".")[0].replace("-", "")
    return label in _NOBODYS_LABELS or any(p.fullmatch(address) for p in (_ONE_LETTER, _TWICE))


def _ascii_domain(domain: str) -> str:
    labels = [_ascii_label(label) for label in unicodedata.normalize("NFKC", domain).lower().split(".")]
    if len(labels) < 2 or labels[-1].isdigit():
        raise errors.BadEmail
    return ".".join(labels)


def _ascii_label(label: str) -> str:
    if not label.isascii():
        # Letters, marks and digits only, because the codec drops other characters without a word.
        if any(unicodedata.category(letter)[0] not in "LMN" and letter != "-" for letter in label):
            raise errors.BadEmail
        try:
            if _KEPT_SINCE_2008.search(label):
                label = "xn--" + label.encode("punycode").decode()
            else:
                label = label.encode("idna").decode()
        except UnicodeError:
            raise errors.BadEmail from None
    if not _LABEL.fullmatch(label):
        raise errors.BadEmail
    return label
