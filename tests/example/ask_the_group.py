"""Run inside the example project by test_group.py: ask it everything once, print JSON."""

from __future__ import annotations

import datetime as dt
import json
import os
import warnings

import django
from django.utils.deprecation import RemovedAfterNextVersionWarning, RemovedInNextVersionWarning

for warning in (RemovedInNextVersionWarning, RemovedAfterNextVersionWarning):
    warnings.simplefilter("error", warning)
os.environ["DJANGO_SETTINGS_MODULE"] = "example.settings"
django.setup()

from django.contrib.auth.models import User  # noqa: E402 because models come after setup
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from example.clock import set_clock  # noqa: E402
from grandhotel.models import Booking, FolioLine, Guest, Room  # noqa: E402
from recovery import clock  # noqa: E402
from recovery.hotel import get_hotel  # noqa: E402

WEDDING = dt.date(2027, 7, 17)


def counts() -> list[int]:
    return [model.objects.count() for model in (Room, Guest, Booking, User)]


def seed() -> None:
    with open(os.devnull, "w") as nowhere:
        call_command("seed_group", around=WEDDING, stdout=nowhere)


seed()
once = counts()
seed()
hotel = get_hotel()
stay = hotel.get_stay("Q11874")
confirmations = [
    hotel.book_certificate_nights(certificate_ref="FN-1", stay=stay, nights=1, request_key="redeem-1")
    for _ in range(2)
]
set_clock(dt.datetime(2028, 4, 21, 15, 0, tzinfo=dt.UTC))
with connection.cursor() as cursor:
    cursor.execute("PRAGMA journal_mode")
    journal = cursor.fetchone()[0]
asleep = Booking.objects.exclude(status="cancelled").filter(
    hotel__code="QUAY", arrival__lte=WEDDING, departure__gt=WEDDING
)
print(
    json.dumps(
        {
            "once": once,
            "twice": counts(),
            "journal": journal,
            "problems": [str(problem) for problem in hotel.problems()],
            "lost": [
                [match.stay.ref, match.stay.arrival_on.isoformat(), [str(why) for why in match.why]]
                for match in hotel.find_stays("daniel whitfield", WEDDING)
            ][:1],
            "free_rooms": Room.objects.filter(hotel__code="QUAY").exclude(bookings__in=asleep).count(),
            "confirmations": confirmations,
            "folio": [str(amount) for amount in FolioLine.objects.values_list("amount", flat=True)],
            "houses_of": {
                name: sorted(codes)
                if (codes := hotel.properties_for(User.objects.get(username=name)))
                else codes
                for name in ("amelia", "kirsten", "priya", "admin")
            },
            "may_write_to_ruth": hotel.may_write_to(
                hotel.get_guest(str(Guest.objects.get(first_name="Ruth").pk))
            ),
            "now": clock.now().isoformat(),
        }
    )
)
