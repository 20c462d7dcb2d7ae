"""Who may do what: asked for every verb, before anything is written."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User

from recovery import actions
from recovery.actions import Actor
from recovery.actions.authority import GUEST_VERBS, SYSTEM_VERBS
from recovery.choices import ActorKind, Channel, LinkPurpose, Role
from recovery.errors import NotAllowed, NotOfThisComplaint, RecoveryError, WrongState
from recovery.models import GuestLink, Party
from recovery.models.permissions import VERB_PERMISSIONS
from tests import factories as make
from tests.factories import House

from . import calls, travel

VERBS = sorted(calls.CALLS)
STAFF_VERBS = [name for name in VERBS if name not in GUEST_VERBS]


def signed_in(*verbs: str, username: str = "visitor", houses: tuple[str, ...] = ("QUAY",)) -> Actor:
    every = (Role.FRONT_DESK, Role.DUTY_MANAGER, Role.GENERAL_MANAGER)
    return make.make_signed_in(username=username, verbs=verbs, roles=every, houses=houses)


def needed(name: str) -> tuple[str, ...]:
    return (calls.PERMISSION.get(name, name), *calls.ALSO_NEEDS.get(name, ()))


def refuse_everything(user: Any, verb: str, property_code: str) -> bool:
    """A host's own ``AUTHORIZE``."""
    return False


def allow_friends(user: Any, verb: str, property_code: str) -> bool:
    """A host whose users have no ``has_perm``."""
    return bool(getattr(user, "is_friend", False)) and property_code == "QUAY"


def test_every_exported_verb_has_an_example_here() -> None:
    assert set(calls.CALLS) | calls.NOT_VERBS == set(actions.__all__)


def test_every_verb_of_staff_has_its_own_permission() -> None:
    names = {name for name, _label in VERB_PERMISSIONS}

    assert {calls.PERMISSION.get(name, name) for name in STAFF_VERBS} | calls.SETUP == names


@pytest.mark.parametrize("name", VERBS)
def test_without_the_permission_nothing_happens(quay: House, name: str) -> None:
    arguments = calls.CALLS[name](quay)
    all_but = [p for p, _ in VERB_PERMISSIONS if p not in needed(name)]
    by = signed_in(*all_but)
    before = calls.contents()

    with pytest.raises(NotAllowed):
        calls.verb(name)(by=by, **arguments)

    assert calls.contents() == before


@pytest.mark.parametrize("name", STAFF_VERBS)
def test_with_the_permission_alone_it_happens(quay: House, name: str) -> None:
    arguments = calls.CALLS[name](quay)

    answer = calls.verb(name)(by=signed_in(*needed(name)), **arguments)

    assert answer.pk


@pytest.mark.parametrize("name", STAFF_VERBS)
def test_staff_of_another_house_may_do_nothing_here(quay: House, hotel: Any, name: str) -> None:
    arguments = calls.CALLS[name](quay)
    hotel.access = {"visitor": frozenset({"STRAND"})}
    by = signed_in(*[p for p, _ in VERB_PERMISSIONS], houses=("STRAND",))
    before = calls.contents()

    with pytest.raises(NotAllowed):
        calls.verb(name)(by=by, **arguments)

    assert calls.contents() == before


@pytest.mark.parametrize("name", STAFF_VERBS)
def test_a_colleague_without_an_account_acts_only_in_the_own_house(quay: House, name: str) -> None:
    arguments = calls.CALLS[name](quay)
    visitor = make.make_staff(name="Kirsten Bak", roles=tuple(Role), houses=("STRAND",))
    before = calls.contents()

    with pytest.raises(NotAllowed):
        calls.verb(name)(by=Actor.for_staff(visitor), **arguments)

    assert calls.contents() == before


@pytest.mark.parametrize("name", sorted(set(VERBS) - SYSTEM_VERBS - {"send_written_apology"}))
def test_the_system_does_only_what_a_schedule_does(quay: House, name: str) -> None:
    arguments = calls.CALLS[name](quay)
    before = calls.contents()

    with pytest.raises(NotAllowed):
        calls.verb(name)(by=Actor.system(), **arguments)

    assert calls.contents() == before


@pytest.mark.parametrize("name", STAFF_VERBS)
def test_a_guest_link_does_nothing_but_stop_our_writing(quay: House, name: str) -> None:
    arguments = calls.CALLS[name](quay)
    link = make.make_link(complaint=make.make_complaint(house=quay, channel=Channel.EMAIL))
    before = calls.contents()

    with pytest.raises(NotAllowed):
        calls.verb(name)(by=Actor.for_link(link), **arguments)

    assert calls.contents() == before


def test_a_guest_stops_our_writing_and_takes_it_back(quay: House) -> None:
    link = make.make_link(complaint=make.make_complaint(house=quay, channel=Channel.EMAIL))

    actions.stop_writing(link=link, by=Actor.for_link(link), stop=True)
    stopped = Party.objects.get().stopped_writing_at
    actions.stop_writing(link=link, by=Actor.for_link(link), stop=False)

    assert stopped == travel.now()
    assert Party.objects.get().stopped_writing_at is None
    assert [e.data["stopped"] for e in link.complaint.timeline.filter(kind="writing.stopped")] == [
        True,
        False,
    ]


def test_a_guest_cannot_use_the_link_of_another(quay: House) -> None:
    mine, theirs = (
        make.make_link(complaint=make.make_complaint(house=quay, channel=Channel.EMAIL)) for _ in range(2)
    )

    with pytest.raises(NotAllowed):
        actions.stop_writing(link=theirs, by=Actor.for_link(mine), stop=True)


@pytest.mark.parametrize("change", ["purpose", "expired", "revoked"])
def test_a_link_that_is_not_for_this_stops_nothing(quay: House, change: str) -> None:
    link = make.make_link(complaint=make.make_complaint(house=quay, channel=Channel.EMAIL))
    if change == "purpose":
        link = GuestLink.objects.get(purpose=LinkPurpose.STATUS)
    elif change == "expired":
        travel.later(days=500)
    else:
        GuestLink.objects.update(revoked_at=travel.now())

    with pytest.raises(WrongState):
        actions.stop_writing(link=link, by=Actor.for_link(link), stop=True)

    assert Party.objects.get().stopped_writing_at is None


def test_an_inactive_account_may_do_nothing(quay: House) -> None:
    arguments = calls.CALLS["acknowledge"](quay)
    by = signed_in("acknowledge")
    User.objects.update(is_active=False)

    with pytest.raises(NotAllowed):
        actions.acknowledge(by=Actor.for_user(User.objects.get()), **arguments)
    assert by.staff is not None


def test_nobody_signed_in_is_nobody(quay: House) -> None:
    arguments = calls.CALLS["acknowledge"](quay)

    nobody = Actor.for_user(AnonymousUser())

    assert nobody.staff is None
    assert nobody.roles == ()
    with pytest.raises(NotAllowed):
        actions.acknowledge(by=nobody, **arguments)


class _Host:
    """A host's own user, without groups and permissions."""

    pk = 4711
    is_active = True
    is_friend = False

    def get_username(self) -> str:
        return "host"


class _Friend(_Host):
    is_friend = True


def test_a_user_model_without_permissions_is_refused(quay: House) -> None:
    with pytest.raises(NotAllowed):
        actions.acknowledge(by=Actor.for_user(_Host()), **calls.CALLS["acknowledge"](quay))


def test_a_host_replaces_the_whole_question(quay: House, settings: Any) -> None:
    settings.RECOVERY = {
        **settings.RECOVERY,
        "AUTHORIZE": "tests.actions.test_permissions.allow_friends",
    }
    arguments = calls.CALLS["acknowledge"](quay)

    with pytest.raises(NotAllowed):
        actions.acknowledge(by=Actor.for_user(_Host()), **arguments)
    assert actions.acknowledge(by=Actor.for_user(_Friend()), **arguments).acknowledged_at


def test_a_superuser_is_refused_where_the_host_says_so(quay: House, settings: Any) -> None:
    settings.RECOVERY = {
        **settings.RECOVERY,
        "AUTHORIZE": "tests.actions.test_permissions.refuse_everything",
    }
    boss = User.objects.create_superuser("boss")

    with pytest.raises(NotAllowed):
        actions.acknowledge(by=Actor.for_user(boss), **calls.CALLS["acknowledge"](quay))


def test_the_button_and_the_verb_ask_the_same_question(quay: House) -> None:
    by = signed_in("acknowledge")

    assert actions.may(by, "acknowledge", property_code="QUAY")
    assert not actions.may(by, "close", property_code="QUAY")


def test_an_api_client_is_a_person_with_the_permissions_of_its_account(quay: House) -> None:
    account = make.make_user(username="pms", verbs=["acknowledge"])

    client = Actor.for_user(account, kind=ActorKind.API_CLIENT)
    actions.acknowledge(by=client, **calls.CALLS["acknowledge"](quay))

    assert client.is_person
    with pytest.raises(NotAllowed):
        actions.mark_solved(by=client, **calls.CALLS["mark_solved"](quay))


@pytest.mark.parametrize(
    ("verb", "row"),
    [
        ("draft_letter", "party"),
        ("draft_letter", "certificate"),
        ("send_written_apology", "party"),
        ("issue_certificate", "party"),
        ("grant_compensation", "party"),
    ],
)
def test_a_row_of_another_complaint_is_refused(quay: House, strand: House, verb: str, row: str) -> None:
    arguments = calls.CALLS[verb](quay)
    other = make.make_complaint(house=strand)
    stranger = other.parties.get() if row == "party" else make.make_certificate(house=strand, complaint=other)
    before = calls.contents()

    with pytest.raises(NotOfThisComplaint):
        calls.verb(verb)(by=quay.by_general_manager, **(arguments | {row: stranger}))

    assert calls.contents() == before


def test_writing_down_what_expired_asks_too(quay: House) -> None:
    with pytest.raises(NotAllowed):
        actions.expire_due_certificates(by=signed_in("close"), now=travel.now())


def test_the_loss_of_a_code_needs_a_manager_whatever_the_permission(quay: House) -> None:
    arguments = calls.CALLS["redeem_without_code"](quay)
    by = make.make_signed_in(username="desk", verbs=needed("redeem_without_code"))
    before = calls.contents()

    with pytest.raises(RecoveryError) as refusal:
        actions.redeem_without_code(by=by, **arguments)

    assert refusal.value.code == "code_needed"
    assert calls.contents() == before
