"""What the project or the hotel's system lacks."""

from __future__ import annotations

from .root import Misconfigured, Unreachable, WrongState, _


class NoHotel(Misconfigured):
    code = "no_hotel"
    message = _(
        'RECOVERY["HOTEL"] is not set: name your adapter class, as in "grandhotel.recovery.GrandHotel".'
    )


class BadHotel(Misconfigured):
    code = "bad_hotel"
    message = _("Your hotel adapter: %(problem)s")


class HotelCannot(Misconfigured):
    code = "hotel_cannot"
    message = _("Your hotel system cannot do this from here (%(capability)s). Do it there by hand.")


class HotelUnreachable(Unreachable):
    code = "hotel_unreachable"
    message = _(
        "The hotel's own system does not answer (%(problem)s). Nothing was changed. "
        "Try again in a minute, or go on without the stay."
    )


class HostWrites(Misconfigured):
    code = "host_writes"
    message = _(
        "Something of your project tried to write (%(statement)s) while it was only looked at; "
        "it was refused."
    )


class NoKeys(Misconfigured):
    code = "no_keys"
    message = _(
        'RECOVERY["KEYS"] is empty: certificate codes and guest links need a key of 32 or more characters.'
    )


class KeyTooShort(NoKeys):
    code = "key_too_short"
    message = _('The key “%(key_id)s” in RECOVERY["KEYS"] is too short: use 32 or more random characters.')


class KeyGone(NoKeys):
    code = "key_gone"
    message = _('The key “%(key_id)s” is missing in RECOVERY["KEYS"]: put it back, links and codes need it.')


class NoBaseUrl(Misconfigured):
    code = "no_base_url"
    message = _('RECOVERY["BASE_URL"] is not set: links in letters need it, as in "https://www.example.com".')


class GuestPagesMissing(Misconfigured):
    code = "guest_pages_missing"
    message = _(
        'The guest pages are not reachable: add path("recovery/", include("recovery.urls")) to your urls.'
    )


class NoSender(Misconfigured):
    code = "no_sender"
    message = _("%(property_code)s has no sender address: fill it in under Brands.")


class LeaseTooShort(Misconfigured):
    code = "lease_too_short"
    message = _(
        "LEASE is %(lease)s s, but sending may take %(timeout)s s: it must be at least twice as long."
    )


class NotDurable(WrongState):
    code = "not_durable"
    message = _("Delivery cannot run inside a database transaction.")
