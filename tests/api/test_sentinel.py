"""Everything of the other house carries a marker; no answer of any address shows one byte of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.urls import NoReverseMatch, URLPattern, URLResolver

from recovery import actions
from recovery.actions import Actor, GuestInput
from recovery.actions.links import code_of
from recovery.api import urls
from recovery.choices import Category, Channel, ContactKind, Layer, LetterKind, RemedyKey, Role
from recovery.hotel import Guest
from recovery.models import Certificate, Complaint, Letter, StaffMember, Task
from recovery.models.permissions import VERB_PERMISSIONS
from tests import factories as make
from tests.actions import calls
from tests.factories import House
from tests.hotel_double import METTES

from .asking import VERBS, Caller, arguments_of, at, make_caller, request_of

MARK = "Zwiebelfisch"
#: Known to whoever asks, because they typed it; so it is no marker.
STAY = make.IN_HOUSE


@pytest.fixture
def theirs(strand: House, hotel: Any) -> Complaint:
    """A whole story in the other house, marked in every text that somebody wrote there."""
    guest = Guest(ref=f"{MARK}1", name=f"{MARK} Bjerregaard", email=f"{MARK}@example.com", language="da")
    hotel.put(replace(METTES, guest=guest, room=MARK, agency=MARK, agency_ref=MARK))
    make.edit_brand(code="STRAND", name=f"{MARK}gården", address=MARK, legal_line=MARK)
    for person in (strand.desk, strand.manager, strand.general_manager):
        person.name = f"{MARK} {person.name}"
        person.save()
    by = Actor.for_staff(strand.general_manager)
    complaint = actions.open_complaint(
        by=by,
        stay_ref=STAY,
        category=Category.LOST_RESERVATION,
        channel=Channel.EMAIL,
        summary=f"{MARK} summary",
        description=f"{MARK} description",
        impact=MARK,
        purpose=MARK,
        guest=GuestInput(postal_address=MARK),
    )
    actions.add_contact(
        complaint=complaint, by=by, kind=ContactKind.CHASER, channel=Channel.PHONE, words=f"{MARK} again"
    )
    make.make_task(complaint=complaint, by=by, title=f"{MARK} task", detail=MARK)
    make.find_room(house=strand, complaint=complaint, hotel=f"{MARK} Kro")
    make.hear(house=strand, complaint=complaint)
    actions.grant_compensation(
        complaint=complaint,
        by=by,
        remedy=RemedyKey.TRANSPORT,
        layer=Layer.MAKE_WHOLE,
        what=f"{MARK} taxi",
        face=Decimal(400),
    )
    actions.issue_certificate(complaint=complaint, by=by, why=f"{MARK} why", houses_valid=("STRAND",))
    words = replace(make.WORDS, wrong=f"{MARK} wrong")
    actions.draft_letter(complaint=complaint, by=by, kind=LetterKind.APOLOGY, words=words)
    actions.record_spoken_apology(complaint=complaint, by=by, parts=["regret"])
    return complaint


@pytest.fixture
def ours(quay: House, caller: Caller) -> Complaint:
    complaint = make.make_complaint(house=quay)
    make.make_apology(house=quay, complaint=complaint)
    return complaint


def names(patterns: list[Any]) -> Iterator[str]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from names(each.url_patterns)
        elif isinstance(each, URLPattern):
            yield str(each.name)


def wheres(complaint: Complaint) -> dict[str, Any]:
    """The keys of one record of each kind."""
    certificate = Certificate.objects.filter(complaint=complaint)[0]
    return {
        "reference": complaint.reference,
        "task": Task.objects.filter(complaint=complaint)[0].pk,
        "letter": Letter.objects.filter(complaint=complaint)[0].pk,
        "compensation": complaint.compensations.all()[0].pk,
        "certificate": certificate.uuid,
        "entry": certificate.entries.all()[0].pk,
        "party": complaint.parties.all()[0].pk,
    }


def address(name: str, keys: dict[str, Any]) -> str:
    for given in ({}, *({key: value} for key, value in keys.items())):
        try:
            return at(name, **given)
        except NoReverseMatch:
            pass
    # No key of a complaint's record: what is told of a house is in test_playbooks.py, test_letter_texts.py
    # and test_shifts.py.
    for given in ({"playbook": "PXY"}, {"kind": "receipt", "language": "en"}, {"staff": 10**17}):
        try:
            return at(name, **given)
        except NoReverseMatch:
            pass
    raise AssertionError(name)


def all_names() -> list[str]:
    return list(names(urls.described))


def log_duty(complaint: Complaint) -> None:
    """A line of the house's own log: not about one complaint, so whom a guest named may read it."""
    by = Actor.for_staff(complaint.owner)
    actions.log_duty(by=by, property_code=complaint.property_code, words=f"{MARK} noted")


def test_the_marker_is_really_there(theirs: Complaint, hotel: Any) -> None:
    log_duty(theirs)
    hotel.access = {"kirsten": frozenset({"STRAND"})}
    kirsten = make_caller(username="kirsten", houses=("STRAND",))
    keys = wheres(theirs)

    for name in all_names():
        response = kirsten.get(address(name, keys))
        if response.status_code == 200:
            assert MARK.encode() in response.content, name


def test_every_address_of_the_other_house_is_empty_or_not_there(
    ours: Complaint, theirs: Complaint, caller: Caller
) -> None:
    log_duty(theirs)
    keys = wheres(theirs)

    for name in all_names():
        path = address(name, keys)
        for response in (caller.get(path), caller.post(path, {"reason": "why", "code": "x"})):
            assert MARK.encode() not in response.content + str(dict(response.headers)).encode(), path
            if any(str(key) in path for key in keys.values()):
                assert response.status_code in (404, 405), path


@pytest.mark.parametrize("name", ["complaints", "tasks", "letters", "compensations", "certificates", "staff"])
def test_no_filter_reaches_into_the_other_house(
    ours: Complaint, theirs: Complaint, caller: Caller, name: str
) -> None:
    keys = wheres(theirs)
    queries = [
        "property=STRAND",
        f"search={MARK}",
        f"guest={MARK}1",
        f"stay={STAY}",
        f"complaint={theirs.reference}",
        f"owner={theirs.owner_id}",
        f"assignee={theirs.owner_id}",
        f"uuid={keys['certificate']}",
        f"last_four={Certificate.objects.get(uuid=keys['certificate']).last_four}",
        "page_size=100",
        "cursor=cD0w",
    ]

    for query in queries:
        response = caller.get(f"{at(name)}?{query}")
        rows = response.json().get("results", [])
        assert MARK.encode() not in response.content, query
        assert response.status_code == 400 or "page" in query or "cursor" in query or rows == [], query


@pytest.mark.parametrize("verb", VERBS)
def test_no_verb_answers_with_something_of_the_other_house(
    ours: Complaint, theirs: Complaint, strand: House, caller: Caller, verb: str
) -> None:
    path, body = request_of(verb, _arguments(verb, strand))
    before = calls.contents()

    response = caller.post(path, body)

    assert MARK.encode() not in response.content + str(dict(response.headers)).encode()
    # A certificate of the other house that is valid everywhere can be used here, by whoever has its code.
    assert response.status_code == (201 if verb == "redeem_certificate" else 404)
    assert response.status_code == 201 or calls.contents() == before


def _arguments(verb: str, strand: House) -> dict[str, Any]:
    if verb != "reverse_redemption":
        return arguments_of(verb, strand)
    certificate = make.make_certificate(house=strand, complaint=make.make_complaint(house=strand))
    entry = make.make_entry(house=strand, certificate=certificate, stay_ref=make.SECOND_RETURN)
    return {"entry": entry, "reason": "trip cancelled"}


def test_no_key_in_a_body_points_into_the_other_house(
    ours: Complaint, theirs: Complaint, strand: House, caller: Caller
) -> None:
    party, person = theirs.parties.get().pk, strand.desk.pk
    certificate = str(Certificate.objects.get(complaint=theirs).uuid)
    due = "2027-07-17T15:00:00Z"
    here = {"reference": ours.reference}
    task = Task.objects.filter(complaint=ours)[0].pk
    wishes: list[tuple[str, dict[str, Any]]] = [
        (at("complaint-owner", **here), {"owner": person}),
        (at("complaint-tasks", **here), {"title": "x", "due_at": due, "assignee": person}),
        (at("complaint-letters", **here), {"kind": "apology_letter", "party": party}),
        (at("complaint-letters", **here), {"kind": "apology_letter", "signatory": person}),
        (at("complaint-letters", **here), {"kind": "certificate", "certificate": certificate}),
        (at("complaint-apology", **here), {"words": {}, "party": party}),
        (at("complaint-spoken-apologies", **here), {"parts": ["regret"], "spoken_by": person}),
        (at("complaint-certificates", **here), {"party": party}),
        (at("task-acceptance", task=task), {"person": person}),
    ]
    before = calls.contents()

    for path, body in wishes:
        response = caller.post(path, body)
        unknown = {
            name: 10**9 if name != "certificate" else "00000000-0000-4000-8000-000000000000"
            for name, value in body.items()
            if value in (party, person, certificate)
        }
        nobody = caller.post(path, body | unknown)
        assert (response.status_code, response.content) == (400, nobody.content), path
        assert response.json()["errors"][0]["code"] == "unknown"
    assert calls.contents() == before


@pytest.mark.parametrize("name", ["redemptions", "complaints"])
def test_a_stay_of_the_other_house_is_unknown(
    ours: Complaint, theirs: Complaint, caller: Caller, name: str
) -> None:
    code = code_of(Certificate.objects.get(complaint=ours))
    body = {"category": "noise", "channel": "phone", "summary": "x"}
    body = {"code": code} if name == "redemptions" else body

    there = caller.post(at(name), body | {"stay_ref": STAY})
    nowhere = caller.post(at(name), body | {"stay_ref": "S90009"})

    assert there.status_code == nowhere.status_code == 404
    assert there.content.replace(STAY.encode(), b"S90009") == nowhere.content


def test_a_colleague_of_both_houses_sees_both(ours: Complaint, theirs: Complaint, hotel: Any) -> None:
    hotel.access["group"] = frozenset({"QUAY", "STRAND"})
    group = make_caller(*[name for name, _ in VERB_PERMISSIONS], username="group", houses=())

    rows = group.get(at("complaints")).json()["results"]

    assert {row["property_code"] for row in rows} == {"QUAY", "STRAND"}
    assert Role.DUTY_MANAGER.value in group.get(at("staff")).json()["results"][-1]["roles"]


# --- whom the guest named ------------------------------------------------------------------------


@pytest.fixture
def named(theirs: Complaint, strand: House, hotel: Any) -> Caller:
    """A manager of that very house who may do everything there, and whom the guest named."""
    hotel.access = {"inger": frozenset({"STRAND"})}
    inger = make_caller(*[name for name, _ in VERB_PERMISSIONS], username="inger", houses=("STRAND",))
    person = StaffMember.objects.get(user=inger.user)
    actions.name_staff(complaint=theirs, by=Actor.for_staff(strand.general_manager), people=[person])
    # What is no part of the complaint carries no mark here: the house, its people, the stay.
    make.edit_brand(code="STRAND", name="Strandgaarden", address="1", legal_line="1")
    StaffMember.objects.exclude(pk=person.pk).update(name="Kirsten Bak")
    hotel.put(METTES)
    return inger


def test_every_address_is_empty_or_not_there_for_a_named_employee(named: Caller, theirs: Complaint) -> None:
    keys = wheres(theirs)

    for name in all_names():
        path = address(name, keys)
        for response in (named.get(path), named.post(path, {"reason": "why", "code": "x"})):
            assert MARK.encode() not in response.content + str(dict(response.headers)).encode(), path
            if any(str(key) in path for key in keys.values()):
                assert response.status_code in (404, 405), path


@pytest.mark.parametrize("name", ["complaints", "tasks", "letters", "compensations", "certificates"])
def test_no_filter_finds_it_for_a_named_employee(named: Caller, theirs: Complaint, name: str) -> None:
    queries = ("", f"search={MARK}", f"guest={MARK}1", f"stay={STAY}", f"complaint={theirs.reference}")

    for query in queries:
        response = named.get(f"{at(name)}?{query}")
        assert MARK.encode() not in response.content, query
        assert response.status_code == 400 or response.json()["results"] == [], query


def test_somebody_whom_nobody_named_sees_it(theirs: Complaint, hotel: Any) -> None:
    hotel.access = {"kirsten": frozenset({"STRAND"})}
    kirsten = make_caller(username="kirsten", houses=("STRAND",))

    assert kirsten.get(at("complaint", reference=theirs.reference)).status_code == 200
