"""One valid call of every verb, so that what all verbs promise is tested on all of them."""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.apps import apps

from recovery import actions
from recovery.actions import GuestInput
from recovery.actions.links import code_of
from recovery.choices import (
    ApologyPart,
    AtRisk,
    Category,
    Channel,
    Confirmation,
    ContactKind,
    HoldKind,
    Layer,
    LetterKind,
    OutboxState,
    Outcome,
    PartyRight,
    PartyRole,
    RemedyKey,
    Stance,
    Urgency,
)
from recovery.models import Certificate, Complaint, Letter, OutboxMessage, Party, Task
from tests import factories as make
from tests.factories import House

from . import travel

Arguments = dict[str, Any]


def _complaint(house: House, **given: Any) -> Complaint:
    return make.make_complaint(house=house, **given)


def _task(house: House) -> Task:
    return make.make_task(complaint=_complaint(house), by=house.by_desk)


def _certificate(house: House) -> Certificate:
    return make.make_certificate(house=house, complaint=_complaint(house))


def _released(house: House, **given: Any) -> Letter:
    return make.make_apology(house=house, complaint=_complaint(house), **given)


def _failed(house: House) -> Letter:
    letter = _released(house)
    OutboxMessage.objects.filter(kind="letter.mail").update(state=OutboxState.DEAD)
    return letter


def _solved(house: House) -> Complaint:
    return make.solve(house=house, complaint=_complaint(house))


def _told(house: House) -> Complaint:
    complaint = _solved(house)
    make.apologise(house=house, complaint=complaint)
    return make.tell(house=house, complaint=complaint)


def _closed(house: House) -> Complaint:
    complaint = _complaint(house)
    return make.close(house=house, complaint=complaint)


def _accepted(house: House) -> Task:
    return actions.accept_task(task=_task(house), by=house.by_desk)


def _done(house: House) -> Task:
    return actions.keep_task(task=_task(house), by=house.by_desk)


def _emergency(house: House) -> Complaint:
    return actions.raise_urgency(
        complaint=_complaint(house), by=house.by_desk, urgency=Urgency.EMERGENCY, reason="in tears"
    )


def _offered(house: House) -> Task:
    return actions.hand_over(complaint=_complaint(house), by=house.by_desk, receiver=house.manager)


def _payer(house: House) -> Party:
    return actions.add_party(
        complaint=_complaint(house),
        by=house.by_desk,
        role=PartyRole.PAYER,
        person=GuestInput(name="The Firm", email="books@firm.example"),
    )


def _held(house: House) -> Complaint:
    return actions.set_hold(
        complaint=_complaint(house), by=house.by_manager, kind=HoldKind.LAWYER, reason="a letter came"
    )


def _link(house: House) -> Any:
    return make.make_link(complaint=_complaint(house, channel=Channel.EMAIL))


#: Each builds what the verb needs and returns its arguments, without ``by``.
CALLS: dict[str, Callable[[House], Arguments]] = {
    "accept_hand_over": lambda h: {"task": _offered(h), "person": h.manager},
    "accept_task": lambda h: {"task": _task(h), "person": h.manager, "heard_by": "Asha"},
    "acknowledge": lambda h: {"complaint": _complaint(h), "channel": Channel.PHONE},
    "add_contact": lambda h: {
        "complaint": _complaint(h),
        "kind": ContactKind.CHASER,
        "channel": Channel.EMAIL,
        "words": "I am still waiting",
        "link": "https://reviews.example/1",
    },
    "add_party": lambda h: {
        "complaint": _complaint(h),
        "role": PartyRole.BOOKER,
        "person": GuestInput(name="Clara Whitfield", email="clara@example.com", phone="0117 4961"),
        "may": [PartyRight.STATUS],
        "agreed_how": "at the desk, to Asha",
    },
    "add_task": lambda h: {
        "complaint": _complaint(h),
        "title": "Ring the church",
        "detail": "about parking",
        "due_at": travel.now() + dt.timedelta(hours=1),
    },
    "assign": lambda h: {"complaint": _complaint(h), "owner": h.general_manager},
    "break_task": lambda h: {"task": _task(h), "reason": "nobody was there"},
    "change_party": lambda h: {
        "party": _payer(h),
        "reason": "another office pays",
        "person": GuestInput(name="Books Ltd", email="pay@firm.example"),
        "may": [PartyRight.MONEY, PartyRight.STATUS],
        "agreed_how": "on the phone",
    },
    "close": lambda h: {
        "complaint": _told(h),
        "outcome": Outcome.RECOVERED,
        "no_apology_reason": "said in person",
    },
    "confirm_restatement": lambda h: {
        "complaint": _complaint(h),
        "restatement": "July, not June",
        "confirmation": Confirmation.YES,
        "reason": "on the phone",
        "impact": "late for church",
    },
    "confirm_task": lambda h: {"task": _done(h)},
    "draft_letter": lambda h: {"complaint": _complaint(h), "kind": LetterKind.APOLOGY, "words": make.WORDS},
    "end_party": lambda h: {"party": _payer(h), "reason": "not of this booking"},
    "fulfil_compensation": lambda h: {
        "compensation": make.make_compensation(house=h, complaint=_complaint(h)),
        "proof": "folio 4711",
    },
    "grant_compensation": lambda h: {
        "complaint": _complaint(h),
        "remedy": RemedyKey.TRANSPORT,
        "layer": Layer.MAKE_WHOLE,
        "what": "Taxi to church",
        "face": Decimal("34.00"),
        "currency": "GBP",
    },
    "hand_over": lambda h: {
        "complaint": _complaint(h),
        "receiver": make.make_staff(name="Ida Awake", houses=(h.code,)),
        "note": "She wants a quiet room",
    },
    "issue_certificate": lambda h: {
        "complaint": _complaint(h),
        "why": make.WHY,
        "houses_valid": (h.code,),
        "reason": "as promised",
    },
    "keep_task": lambda h: {
        "task": _complaint(h).tasks.get(step_key="substitute_room"),
        "evidence": dict(make.ROOM),
    },
    "lift_hold": lambda h: {"complaint": _held(h), "reason": "the insurer pays"},
    "log_and_done": lambda h: {
        "property_code": h.code,
        "what": "No towels",
        "done": "Brought three",
        "content": True,
        "guest": GuestInput(name="Wilma Small", phone="+44 7700 900377"),
    },
    "log_duty": lambda h: {"property_code": h.code, "words": "The lift man comes at six"},
    "mark_solved": lambda h: {"complaint": _complaint(h), "solution": "A room next door"},
    "move_task": lambda h: {
        "task": _task(h),
        "due_at": travel.now() + dt.timedelta(hours=3),
        "reason": "the taxi is late",
    },
    "name_staff": lambda h: {"complaint": _complaint(h), "people": [h.desk]},
    "open_complaint": lambda h: {
        "stay_ref": make.LOST if h.code == "QUAY" else make.IN_HOUSE,
        "category": Category.LOST_RESERVATION,
        "channel": Channel.EMAIL,
        "summary": "No room",
        "description": "I booked in January",
        "impact": "late for church",
        "purpose": "a wedding",
        "purpose_place": "the church",
        "guest": GuestInput(name="Daniel Whitfield", phone="+44 7700 900211", postal_address="1 High Street"),
    },
    "raise_urgency": lambda h: {
        "complaint": _complaint(h),
        "urgency": Urgency.EMERGENCY,
        "reason": "The guest is in tears",
    },
    "set_at_risk": lambda h: {"complaint": _complaint(h), "at_risk": AtRisk.LEAVING},
    "set_hold": lambda h: {
        "complaint": _complaint(h),
        "kind": HoldKind.INSURER,
        "reason": "their letter of Monday",
    },
    "take_back_emergency": lambda h: {"complaint": _emergency(h), "reason": "It was the room next door"},
    "ask_next": lambda h: {"task": _task(h), "person": h.general_manager},
    "tell_happening": lambda h: {"task": _accepted(h)},
    "print_letter": lambda h: {"letter": _released(h, by_hand=True)},
    "record_answers": lambda h: {
        "complaint": _complaint(h),
        "answers": {"booked": "In January, by telephone", "with_you": "2"},
    },
    "record_hand_delivery": lambda h: {"letter": _released(h, by_hand=True)},
    "record_spoken_apology": lambda h: {"complaint": _complaint(h), "parts": [ApologyPart.REGRET]},
    "redeem_certificate": lambda h: {"stay_ref": make.RETURN, "code": code_of(_certificate(h))},
    "redeem_without_code": lambda h: {
        "certificate": _certificate(h),
        "stay_ref": make.RETURN,
        "guest_name": "Daniel Whitfield",
        "id_seen": True,
        "reason": "lost the letter",
    },
    "release_letter": lambda h: {"letter": make.make_letter(house=h, complaint=_complaint(h))},
    "relink_guest": lambda h: {
        "complaint": _complaint(h),
        "guest": GuestInput(name="Dan Whitfield", postal_address="1 High Street\nBristol", phone="0117 4960"),
        "reason": "misspelt",
    },
    "reopen": lambda h: {"complaint": _closed(h), "reason": "the refund never came"},
    "retry_delivery": lambda h: {"letter": _failed(h)},
    "reverse_redemption": lambda h: {
        "entry": make.make_entry(house=h, certificate=_certificate(h)),
        "reason": "trip cancelled",
    },
    "run_overlay": lambda h: {"complaint": _complaint(h), "overlay": "P21"},
    "run_playbook": lambda h: {
        "complaint": _complaint(h, category=Category.NOISE),
        "category": Category.LOST_RESERVATION,
    },
    "send_written_apology": lambda h: {
        "complaint": _complaint(h, category=Category.WIFI),
        "words": make.WORDS,
        "why": make.WHY,
    },
    "set_stance": lambda h: {"complaint": _complaint(h), "stance": Stance.REGRET, "reason": "still open"},
    "start_task": lambda h: {"task": _accepted(h)},
    "stop_letter": lambda h: {"letter": _released(h), "reason": "the wrong tone"},
    "stop_writing": lambda h: {"link": _link(h), "stop": True},
    "stop_writing_to": lambda h: {
        "party": make.guest_of(_complaint(h)),
        "stop": True,
        "reason": "said so on the phone",
    },
    "tell_guest": lambda h: {"complaint": _solved(h), "how": "by telephone"},
    "void_certificate": lambda h: {"certificate": _certificate(h), "reason": "issued twice"},
    "withdraw_task": lambda h: {"task": _task(h), "reason": "not needed"},
}

#: What is about a house and no complaint, and so writes no complaint's history.
WITHOUT_HISTORY = {"log_duty"}

#: Exported, and no verb on a complaint.
NOT_VERBS = {
    "HANDLERS",
    "Actor",
    "GuestInput",
    "LetterWords",
    "SetAside",
    "may",
    "prepare_property",
    "joinable",
    "receive_report",
    "take_roster",
    "inherit_work",
    "change_shifts",
    "hand_over_all",
    "keep_shifts",
    "plan_morning_sheets",
    "expire_due_certificates",
    "acknowledge_playbook",
    "edit_playbook",
    "restore_playbook",
    "word_letter_text",
    "withdraw_letter_text",
    "lock_letter_text",
}

#: Verbs of staff about a house and not about a complaint; ``test_playbook_copies.py`` and
#: ``test_letter_texts.py`` have them.
SETUP = {
    "acknowledge_playbook",
    "edit_playbook",
    "restore_playbook",
    "word_letter_text",
    "withdraw_letter_text",
    "lock_letter_text",
}

#: The permission where it is not the verb's own name.
PERMISSION = {"send_written_apology": "release_letter"}

#: These take the property from the stay, and need both permissions.
ALSO_NEEDS = {"redeem_without_code": ("redeem_certificate",)}


def verb(name: str) -> Callable[..., Any]:
    found: Callable[..., Any] = getattr(actions, name)
    return found


def parameters(name: str) -> set[str]:
    return set(inspect.signature(verb(name)).parameters)


def rows() -> dict[str, int]:
    """How many rows every table of ours has: a refusal changes none of them."""
    return {m.__name__: m._default_manager.count() for m in apps.get_app_config("recovery").get_models()}


def contents() -> dict[str, list[tuple[Any, ...]]]:
    """Everything that is stored, so that a refusal can be seen to have changed nothing."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values_list())
        for model in apps.get_app_config("recovery").get_models()
    }
