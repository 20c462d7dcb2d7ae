"""Nobody sees a byte of the other house's guests: on no page, in no search, filter or error."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from recovery.actions import (
    GuestInput,
    edit_playbook,
    name_staff,
    record_answers,
    relink_guest,
    word_letter_text,
)
from recovery.admin.verb_forms import FORMS
from recovery.choices import LetterKind
from recovery.letters.wording import starting_words
from recovery.models import Certificate, CertificateEntry, Complaint, Letter, OutboxMessage
from recovery.rules.playbook.shipped import text_of
from tests import factories
from tests.admin.pages import LIST
from tests.hotel_double import METTES

pytestmark = pytest.mark.django_db

MARK = "Zwxqv"


@pytest.fixture
def marked(strand: factories.House, hotel: Any) -> Complaint:
    """A complaint of the other house in which every text carries the mark."""
    guest = dataclasses.replace(
        METTES.guest, name=f"Mette {MARK}", last_name=MARK, email=f"mette@{MARK.lower()}.example"
    )
    hotel.put(dataclasses.replace(METTES, guest=guest, room=f"R{MARK}", source_note=MARK))
    complaint = factories.make_complaint(
        house=strand,
        summary=f"{MARK} summary",
        description=f"{MARK} description",
        impact=f"{MARK} impact",
        purpose=MARK,
    )
    relink_guest(
        complaint=complaint,
        by=strand.by_manager,
        guest=GuestInput(name=f"Mette {MARK}", postal_address=MARK),
        reason=MARK,
    )
    factories.make_task(complaint=complaint, by=strand.by_desk, title=f"{MARK} task")
    factories.make_compensation(house=strand, complaint=complaint, what=f"{MARK} gift")
    words = dataclasses.replace(factories.WORDS, own_sentence=f"{MARK} sentence")
    factories.make_apology(house=strand, complaint=complaint, why=f"{MARK} why", words=words)
    certificate = complaint.certificates.get()
    factories.make_entry(house=strand, certificate=certificate, stay_ref=factories.SECOND_RETURN)
    OutboxMessage.objects.filter(property_code="STRAND").update(state="dead", last_error=f"550 {MARK}")
    factories.make_staff(name=f"Inger {MARK}", houses=("STRAND",))
    edit_playbook(
        by=strand.by_general_manager,
        playbook="P03",
        property_code="STRAND",
        words=text_of("P03").replace("Go there, listen", f"{MARK} goes there, listens"),
    )
    word_letter_text(
        by=strand.by_general_manager,
        kind=LetterKind.RECEIPT,
        language="en",
        property_code="STRAND",
        words=starting_words(LetterKind.RECEIPT, "en").replace("Thank you", f"{MARK}, thank you"),
    )
    record_answers(complaint=complaint, by=strand.by_desk, answers={"booked": f"{MARK} by telephone"})
    return complaint


def addresses(complaint: Complaint) -> Iterator[str]:
    admin = "/admin/recovery"
    yield from ("/admin/", f"{admin}/", LIST)
    for query in (
        "queue=all", "queue=late", "queue=mine", f"q={MARK}", "house=STRAND", "queue=all&_facets=True",
        "severity__exact=5&queue=all", f"parties__name__contains={MARK}", "o=3.2",
    ):  # fmt: skip
        yield f"{LIST}?{query}"
    for part in ("change/", "history/", "delete/", ""):
        yield f"{LIST}{complaint.pk}/{part}"
    for page in ("morning-sheet", "duty-log", "shift-end", "readiness"):
        yield f"{LIST}{page}/"
        yield f"{LIST}{page}/?house=STRAND"
        yield f"{LIST}{page}/?house=QUAY&day=2027-07-19"
    yield f"{LIST}find/?words=Mette"
    yield f"{LIST}find/?words={factories.IN_HOUSE}"
    yield f"{LIST}open/?stay={factories.IN_HOUSE}"
    yield f"{LIST}open/?property=STRAND"
    for letter in Letter.objects.filter(complaint=complaint):
        for part in ("", "html/", "preview.pdf"):
            yield f"{LIST}{complaint.pk}/letter/{letter.pk}/{part}"
    rows = {
        "task": complaint.tasks.first(),
        "letter": complaint.letters.first(),
        "certificate": complaint.certificates.first(),
        "entry": CertificateEntry.objects.last(),
        "compensation": complaint.compensations.first(),
    }
    named = "&".join(f"{name}={row.pk}" for name, row in rows.items() if row is not None)
    for verb in FORMS:
        yield f"{LIST}{complaint.pk}/do/{verb}/?{named}"
    certificate = Certificate.objects.get(complaint=complaint)
    for page in (
        "certificate/", f"certificate/?q={MARK}", f"certificate/?q={certificate.last_four}",
        "certificate/?house=STRAND", f"certificate/{certificate.pk}/change/",
        f"certificate/{certificate.pk}/history/", "certificate/redeem/", "certificate/redeem/?words=Mette",
        f"certificate/redeem/?stay={factories.IN_HOUSE}", "outboxmessage/",
        "outboxmessage/?state__exact=dead",
        "outboxmessage/?house=STRAND", "staffmember/", f"staffmember/?q={MARK}", "brand/", "houseprofile/",
        "remedy/", "authoritylimit/", "playbook/", "playbook/?house=STRAND", "playbook/P03/?house=STRAND",
        "playbook/P03/edit/?house=STRAND", "lettertext/", "lettertext/?house=STRAND",
        "lettertext/receipt/en/?house=STRAND", "lettertext/receipt/en/?house=every",
    ):  # fmt: skip
        yield f"{admin}/{page}"
    for message in OutboxMessage.objects.filter(property_code=complaint.property_code):
        yield f"{admin}/outboxmessage/{message.pk}/change/"
    yield "/admin/autocomplete/?app_label=recovery&model_name=complaint&field_name=owner&term=I"


def test_the_marks_are_there_for_who_may_see_them(
    marked: Complaint, strand: factories.House, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(strand.general_manager, houses=("STRAND",))

    seen = [client.get(address).content.decode(errors="replace") for address in addresses(marked)]

    # The search echoes its own words, so the test counts pages and not the list of them.
    assert sum(MARK in page for page in seen) > 40


@pytest.mark.parametrize("role", ["general_manager", "desk"])
def test_no_page_shows_a_byte_of_the_other_houses_guests(
    role: str, marked: Complaint, quay: factories.House, sign_in: Callable[..., Client]
) -> None:
    own = factories.make_complaint(house=quay)
    factories.make_apology(house=quay, complaint=own)
    client = sign_in(getattr(quay, role), username=role)

    for address in addresses(marked):
        response = client.get(address, follow=True)
        page = response.content.decode(errors="replace")
        if f"={MARK}" in address:  # the search box shows what was typed
            page = page.replace(f'value="{MARK}"', "").replace(f"={MARK}", "")
        assert MARK not in page, address
        assert MARK.lower() not in page.lower(), address


def test_pressing_the_other_houses_buttons_finds_nothing(
    marked: Complaint, quay: factories.House, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(quay.general_manager)
    before = marked.timeline.count()

    for verb in FORMS:
        response = client.post(f"{LIST}{marked.pk}/do/{verb}/", {"request_key": "x"})
        assert response.status_code == 404
        assert MARK not in response.content.decode()
    together = client.post(
        LIST, {"action": "send_written_apology", "_selected_action": [marked.pk], "index": 0}, follow=True
    )
    assert MARK not in together.content.decode()
    assert marked.timeline.count() == before


def test_the_finder_only_says_where_colleagues_may_know_more(
    marked: Complaint, quay: factories.House, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(quay.desk)

    page = client.get(f"{LIST}find/?words={MARK}").content.decode()

    assert "There may be something at Strandgården" in page
    assert "mette@" not in page


def test_group_rows_are_changed_only_by_who_works_for_every_house(
    quay: factories.House, sign_in: Callable[..., Client]
) -> None:
    from recovery.models import AuthorityLimit

    client = sign_in(quay.general_manager, verbs=("change_authoritylimit", "delete_authoritylimit"))
    group = AuthorityLimit.objects.filter(property_code="").first()
    assert group is not None
    page = f"/admin/recovery/authoritylimit/{group.pk}/change/"

    assert client.get(page).status_code == 200
    assert client.post(page, {"role": "FD", "amount": "99999"}).status_code == 403
    everywhere = sign_in(houses=None, username="group", verbs=("change_authoritylimit",))
    assert 'name="_save"' in everywhere.get(page).content.decode()


# --- whom the guest named ------------------------------------------------------------------------

SECRET = "Qyvbx"


@pytest.fixture
def about_asha(quay: factories.House) -> Complaint:
    """A complaint of the own house about a colleague; every text in it carries the mark."""
    complaint = factories.make_complaint(
        house=quay,
        summary=f"{SECRET} summary",
        description=f"{SECRET} description",
        impact=f"{SECRET} impact",
        purpose=SECRET,
    )
    relink_guest(
        complaint=complaint,
        by=quay.by_manager,
        guest=GuestInput(name=f"Daniel {SECRET}", postal_address=SECRET),
        reason=SECRET,
    )
    factories.make_task(complaint=complaint, by=quay.by_desk, title=f"{SECRET} task", assignee=quay.desk)
    factories.make_compensation(house=quay, complaint=complaint, what=f"{SECRET} gift")
    words = dataclasses.replace(factories.WORDS, own_sentence=f"{SECRET} sentence")
    factories.make_apology(house=quay, complaint=complaint, why=f"{SECRET} why", words=words)
    factories.make_entry(house=quay, certificate=complaint.certificates.get())
    OutboxMessage.objects.update(state="dead", last_error=f"550 {SECRET}")
    return complaint


def named_pages(client: Client, complaint: Complaint) -> dict[str, str]:
    """Every page that this person can ask for, without the words that they typed themselves."""
    found = {}
    for address in addresses(complaint):
        asked = address.replace(MARK, SECRET).replace("STRAND", "QUAY")
        page = client.get(asked, follow=True).content.decode(errors="replace")
        found[asked] = page.replace(f'value="{SECRET}"', "").replace(f"={SECRET}", "")
    return found


def test_a_colleague_whom_nobody_named_sees_the_marks(
    about_asha: Complaint, quay: factories.House, sign_in: Callable[..., Client]
) -> None:
    pages = named_pages(sign_in(quay.desk, username="asha"), about_asha)

    assert sum(SECRET in page for page in pages.values()) > 40


@pytest.mark.parametrize("role", ["desk", "manager"])
def test_a_named_employee_sees_not_a_byte_of_it(
    role: str, about_asha: Complaint, quay: factories.House, sign_in: Callable[..., Client]
) -> None:
    name_staff(complaint=about_asha, by=quay.by_general_manager, people=[getattr(quay, role)])

    pages = named_pages(sign_in(getattr(quay, role), username=role), about_asha)

    assert [address for address, page in pages.items() if SECRET.lower() in page.lower()] == []


def test_a_named_employee_can_press_no_button_of_it(
    about_asha: Complaint, quay: factories.House, sign_in: Callable[..., Client]
) -> None:
    name_staff(complaint=about_asha, by=quay.by_general_manager, people=[quay.manager])
    client = sign_in(quay.manager, username="tom")
    before = about_asha.timeline.count()

    for verb in FORMS:
        response = client.post(f"{LIST}{about_asha.pk}/do/{verb}/", {"request_key": "x"})
        assert response.status_code == 404
        assert SECRET not in response.content.decode()
    assert about_asha.timeline.count() == before
