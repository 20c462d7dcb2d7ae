"""What is special about this host. Run by ``drive.py``."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from recovery import actions
from recovery.hotel import get_hotel
from recovery.models import Complaint, HouseProfile
from tests.projects import steps
from tests.projects.story import TODAY

from .rows import make_colleague, make_lost_reservation, make_stay

pytestmark = pytest.mark.django_db

SECRET = "Aroha Tūī Māhina"


@pytest.fixture
def far() -> Complaint:
    """A complaint at the other house, about a guest whom nobody in Copenhagen may hear of."""
    lost = make_lost_reservation()
    by = steps.prepare(lost)
    make_stay("A-1", SECRET, TODAY, house="akl")
    actions.prepare_property(property_code="akl")
    steps.open_complaint(lost, by)
    return actions.open_complaint(
        by=by, category="noise", channel="phone", summary=f"Drums, says {SECRET}", stay_ref="A-1"
    )


def client_of(*houses: str) -> Client:
    client = Client()
    client.force_login(make_colleague("at-" + "-".join(houses), *houses))
    return client


def test_each_house_reckons_in_its_own_time_and_money(far: Complaint) -> None:
    zones = dict(HouseProfile.objects.values_list("property_code", "time_zone"))
    stay = get_hotel().get_stay("A-1")

    assert zones == {"cph": "Europe/Copenhagen", "akl": "Pacific/Auckland"}
    assert stay is not None
    assert (stay.arrival_on, stay.nightly_rate, stay.currency) == (TODAY, Decimal(1200), "NZD")
    assert far.currency == "NZD"


def test_the_houses_days_are_their_own(far: Complaint) -> None:
    near = Complaint.objects.get(property_code="cph")
    starts = dt.timedelta(hours=5)  # of the hotel's business day

    for complaint, zone in ((near, "Europe/Copenhagen"), (far, "Pacific/Auckland")):
        assert complaint.opened_on == (complaint.opened_at.astimezone(ZoneInfo(zone)) - starts).date()


@pytest.mark.parametrize(
    ("page", "needs"),
    [
        ("admin:recovery_complaint_changelist", ""),
        ("admin:recovery_complaint_find", ""),
        ("admin:recovery_certificate_changelist", ""),
        ("admin:recovery_houseprofile_changelist", ""),
        ("admin:recovery_complaint_change", "object_id"),
        ("recovery_api:complaints", ""),
        ("recovery_api:complaint", "reference"),
    ],
)
def test_two_houses_never_see_each_other(far: Complaint, page: str, needs: str) -> None:
    kwargs = {"object_id": {"object_id": far.pk}, "reference": {"reference": far.reference}, "": {}}[needs]
    address = reverse(page, kwargs=kwargs)
    words = {"words": "Aroha Tui Mahina"} if "find" in page else {}  # as it is typed: the page repeats it

    here, there = client_of("cph").get(address, words), client_of("akl").get(address, words)

    assert SECRET not in here.content.decode()
    assert far.reference not in here.content.decode()
    assert there.status_code == 200
    if needs:
        assert here.status_code == 404


def test_who_works_nowhere_sees_nothing(far: Complaint) -> None:
    listed = client_of().get(reverse("admin:recovery_complaint_changelist"))

    assert listed.status_code == 200
    assert "0 complaints" in listed.content.decode()


def test_a_colleague_may_act_at_their_own_houses_only(far: Complaint) -> None:
    near = Complaint.objects.get(property_code="cph")
    actor = actions.Actor.for_user(make_colleague("ida", "cph"))

    assert actions.may(actor, "add_contact", property_code=near.property_code)
    assert not actions.may(actor, "add_contact", property_code=far.property_code)


def test_a_guest_without_an_account_has_no_address() -> None:
    make_stay("N-1", "Ole Dam", TODAY)

    stay = get_hotel().get_stay("N-1")

    assert stay is not None
    assert stay.guest is not None
    assert stay.guest.email == ""


def test_the_hosts_own_api_and_guest_stand_beside_ours() -> None:
    labels = {config.label: config.name for config in apps.get_app_configs()}

    assert labels["api"] == "tests.projects.chain.api"
    assert labels["guest"] == "tests.projects.chain.guest"
    assert (labels["recovery_api"], labels["recovery_guest"]) == ("recovery.api", "recovery.guest")
