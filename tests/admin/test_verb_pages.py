"""Every verb's page: GET shows, POST does it once, and nobody does what they may not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from recovery.actions import accept_task, add_contact, keep_task
from recovery.admin.verb_forms import FORMS
from recovery.choices import Channel, ContactKind, TaskKind
from recovery.models import Complaint, Letter, OutboxMessage, RequestKey, Task, TimelineEvent
from tests import factories
from tests.admin.pages import hidden, page_of, text_of, verb_url
from tests.admin.scenes import SCENES, Scene

pytestmark = pytest.mark.django_db


def everything(complaint: Complaint) -> tuple[Any, ...]:
    """What a verb could have changed."""
    return (
        Complaint.objects.values_list("version", flat=True).get(pk=complaint.pk),
        TimelineEvent.objects.count(),
        OutboxMessage.objects.count(),
        Letter.objects.count(),
        Task.objects.count(),
        RequestKey.objects.count(),
    )


def url_of(scene: Scene, verb: str) -> str:
    return verb_url(scene.complaint, verb, **scene.query)


def test_every_form_has_a_scene() -> None:
    assert set(SCENES) == set(FORMS)


@pytest.mark.parametrize("verb", sorted(FORMS))
def test_looking_at_a_verb_does_nothing(verb: str, quay: factories.House, helen: Client) -> None:
    scene = SCENES[verb](quay)
    before = everything(scene.complaint)

    page = text_of(helen, url_of(scene, verb))

    assert everything(scene.complaint) == before
    assert "When you press the button" in page
    assert "Daniel Whitfield" in page


@pytest.mark.parametrize("verb", sorted(FORMS))
def test_the_button_does_it_once(verb: str, quay: factories.House, helen: Client) -> None:
    scene = SCENES[verb](quay)
    url = url_of(scene, verb)
    typed = {**hidden(helen, url), **scene.typed}
    before = everything(scene.complaint)

    first = helen.post(url, typed)
    after = everything(scene.complaint)
    second = helen.post(url, typed)

    assert first.status_code in (200, 302), first.content[:400]
    assert (first.status_code == 200) == FORMS[verb].answers_with_document
    assert after[0] == before[0] + 1
    assert after[1] > before[1]
    # The second press of the same button gets the first answer.
    assert second.status_code == first.status_code
    assert everything(scene.complaint) == after


@pytest.mark.parametrize("verb", sorted(set(FORMS) - {"redeem_without_code"}))
def test_an_old_page_is_refused_and_what_was_typed_stays(
    verb: str, quay: factories.House, helen: Client
) -> None:
    scene = SCENES[verb](quay)
    url = url_of(scene, verb)
    typed = {**hidden(helen, url), **scene.typed}
    accept_task(task=factories.make_task(complaint=scene.complaint, by=quay.by_desk), by=quay.by_desk)
    before = everything(scene.complaint)

    response = helen.post(url, typed)

    page = response.content.decode()
    assert response.status_code == 200
    assert "Somebody changed this complaint meanwhile" in page
    assert "Asha Patel" in page
    assert everything(scene.complaint) == before
    # The page now knows of the change: the next press goes through.
    version = Complaint.objects.get(pk=scene.complaint.pk).version
    assert helen.post(url, {**typed, "version": version}).status_code in (200, 302)
    assert everything(scene.complaint)[1] > before[1]


@pytest.mark.parametrize("verb", sorted(FORMS))
def test_without_the_permission_the_page_is_forbidden(
    verb: str, quay: factories.House, sign_in: Callable[..., Client]
) -> None:
    scene = SCENES[verb](quay)
    before = everything(scene.complaint)
    client = sign_in(verbs=())

    looked, pressed = client.get(url_of(scene, verb)), client.post(url_of(scene, verb), scene.typed)

    assert (looked.status_code, pressed.status_code) == (403, 403)
    assert everything(scene.complaint) == before


@pytest.mark.parametrize("verb", sorted(FORMS))
def test_for_the_other_house_there_is_no_such_page(
    verb: str, quay: factories.House, strand: factories.House, sign_in: Callable[..., Client]
) -> None:
    scene = SCENES[verb](quay)
    client = sign_in(strand.general_manager, houses=("STRAND",), username="inger")

    assert client.get(url_of(scene, verb)).status_code == 404
    assert client.post(url_of(scene, verb), scene.typed).status_code == 404


def test_a_verb_that_does_not_exist_is_not_found(quay: factories.House, helen: Client) -> None:
    complaint = factories.make_complaint(house=quay)

    assert helen.get(verb_url(complaint, "delete_everything")).status_code == 404


@pytest.mark.parametrize("task", ["", "0", "999999", "abc", "1' OR 1=1", "9" * 40])
def test_a_task_that_is_not_there_is_not_found(task: str, quay: factories.House, helen: Client) -> None:
    complaint = factories.make_complaint(house=quay)

    assert helen.get(verb_url(complaint, "keep_task"), {"task": task}).status_code == 404


def test_a_task_of_another_complaint_is_not_found(quay: factories.House, helen: Client) -> None:
    one, other = factories.make_complaint(house=quay), factories.make_complaint(house=quay)

    task = other.tasks.first()

    assert task is not None
    assert helen.get(verb_url(one, "keep_task", task=task.pk)).status_code == 404


def test_a_refusal_stands_in_the_form_as_a_sentence(quay: factories.House, helen: Client) -> None:
    scene = SCENES["keep_task"](quay)
    url = url_of(scene, "keep_task")
    typed = {**hidden(helen, url), **scene.typed, "proof_distance_km": "just around the corner"}

    page = helen.post(url, typed).content.decode()

    assert "needs: distance to where the guest must be, km" in page
    assert 'role="alert"' in page


def test_a_state_that_forbids_it_says_so_before_anybody_types(quay: factories.House, helen: Client) -> None:
    complaint = factories.make_complaint(house=quay)

    page = text_of(helen, verb_url(complaint, "tell_guest"))

    assert "first record what was done" in page
    assert "<textarea" not in page
    assert "rcv-button--main" not in page


def test_above_ones_authority_the_page_names_who_may(
    quay: factories.House, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(quay.desk, username="asha")
    complaint = factories.make_complaint(house=quay)
    url = verb_url(complaint, "grant_compensation")
    typed = {"remedy": "refund", "layer": "goodwill", "what": "Sorry", "face": "9000", "units": "1"}

    shown = text_of(client, url)
    page = client.post(url, {**hidden(client, url), **typed}).content.decode()

    assert "You may, now, without asking" in shown
    assert "above what you may give" in page
    assert "Helen Marsh" in page


def test_an_account_without_a_staff_record_is_told_why_it_may_give_nothing(
    quay: factories.House, sign_in: Callable[..., Client]
) -> None:
    client = sign_in()

    page = text_of(client, verb_url(factories.make_complaint(house=quay), "grant_compensation"))

    assert "belongs to no staff member" in page


def test_a_page_without_its_request_key_does_nothing(quay: factories.House, helen: Client) -> None:
    scene = SCENES["mark_solved"](quay)
    before = everything(scene.complaint)

    response = helen.post(url_of(scene, "mark_solved"), scene.typed)

    assert response.status_code == 200
    assert "Reload it and try again" in response.content.decode()
    assert everything(scene.complaint) == before


def test_the_restatement_begins_in_the_guests_language_and_must_be_finished(
    strand: factories.House, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(strand.general_manager, houses=("STRAND",))
    complaint = factories.make_complaint(house=strand)
    url = verb_url(complaint, "confirm_restatement")

    assert "Det, du fortæller mig" in text_of(client, url)
    typed = {"restatement": "Det, du fortæller mig, er altså, at ", "confirmation": "yes"}
    page = client.post(url, {**hidden(client, url), **typed}).content.decode()
    assert "not finished yet" in page
    assert Complaint.objects.get(pk=complaint.pk).heard_at is None


def test_an_address_that_was_not_touched_keeps_its_trust(quay: factories.House, helen: Client) -> None:
    complaint = factories.make_complaint(house=quay)
    guest = complaint.parties.get()
    url = verb_url(complaint, "relink_guest")
    typed = {"name": guest.name, "email": guest.email, "phone": "+44 7700 900212", "reason": "New phone"}

    helen.post(url, {**hidden(helen, url), **typed})

    guest.refresh_from_db()
    assert (guest.address_class, guest.phone, guest.name) == ("own", "+44 7700 900212", "Daniel Whitfield")


def test_what_was_done_stands_in_the_log_without_the_guests_story(
    quay: factories.House, helen: Client
) -> None:
    scene = SCENES["mark_solved"](quay)
    url = url_of(scene, "mark_solved")
    helen.post(url, {**hidden(helen, url), **scene.typed})

    page = text_of(helen, page_of(scene.complaint).replace("change", "history"))

    assert "mark_solved" in page
    from django.contrib.admin.models import LogEntry

    assert LogEntry.objects.get().object_repr == scene.complaint.reference


def test_a_task_is_accepted_from_the_complaints_page_with_one_press(
    quay: factories.House, helen: Client
) -> None:
    complaint = factories.make_complaint(house=quay)
    posted = hidden(helen, page_of(complaint))
    task = complaint.tasks.order_by("due_at", "pk")[0]

    response = helen.post(
        verb_url(complaint, "accept_task", task=task.pk),
        {"request_key": posted["request_key"], "version": posted["version"]},
    )

    task.refresh_from_db()
    assert response.status_code == 302
    assert task.accepted_by == "Helen Marsh"


def test_after_a_second_complaint_the_colleague_is_found_before_the_guest_is_answered(
    quay: factories.House, helen: Client
) -> None:
    complaint = factories.make_complaint(house=quay)
    factories.make_task(complaint=complaint, by=quay.by_manager, told_guest=True, assignee=quay.desk)
    add_contact(
        complaint=complaint,
        by=quay.by_desk,
        kind=ContactKind.COMPLAINT,
        channel=Channel.PHONE,
        words="Nobody has come.",
    )
    locate = complaint.tasks.get(kind=TaskKind.LOCATE)
    way = f"keep_task/?task={locate.pk}"

    for verb in ("acknowledge", "confirm_restatement"):
        page = text_of(helen, verb_url(complaint, verb))
        assert "Before you answer the guest" in page
        assert way in page

    assert "Before you answer the guest" not in text_of(helen, verb_url(complaint, "add_task"))
    keep_task(
        task=locate,
        by=quay.by_desk,
        evidence={field["key"]: "in the lift" for field in locate.evidence_fields},
    )
    assert "Before you answer the guest" not in text_of(helen, verb_url(complaint, "acknowledge"))
