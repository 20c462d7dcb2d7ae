"""What a colleague sees behind the link in an alarm: the brief, and one question."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models

from ..actions import Actor, accept_hand_over, accept_task, ask_next, houses, start_task
from ..choices import TaskKind
from ..models import StaffLink, Task
from ..rules import text
from .house import House, house_of
from .words import Words

YES, BEGUN, CANNOT = "yes", "begun", "cannot"


class AnswerForm(forms.Form):
    """One required choice. Nothing is preselected: a mail scanner presses buttons, it does not choose."""

    choice = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, *args: Any, offered: tuple[str, ...], words: Words, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        #: What the template lays out.
        self.options = tuple((name, words[name]) for name in offered)
        self.fields["choice"].choices = self.options  # type: ignore[attr-defined]  # because fields are declared as plain ones
        self.fields["choice"].error_messages = dict.fromkeys(("required", "invalid_choice"), words["error"])

    def act(self, link: StaffLink) -> models.Model:
        """Call the one verb that the choice means."""
        by = Actor.for_staff_link(link)
        choice = self.cleaned_data["choice"]
        # The choice is part of the key: who says yes and later “I cannot” means both.
        key = f"{link.uuid}:{choice}:{link.task.level}"
        if choice == CANNOT:
            return ask_next(task=link.task, by=by, request_key=key)
        if choice == BEGUN:
            return start_task(task=link.task, by=by, request_key=key)
        if link.task.kind == TaskKind.HAND_OVER:
            return accept_hand_over(task=link.task, by=by, request_key=key)
        return accept_task(task=link.task, by=by, request_key=key)


@dataclass(frozen=True, kw_only=True)
class AnswerPage:
    language: str
    tab: str
    error_tab: str
    house: House
    until: str
    what: str
    where: str
    guest: str
    due: str
    story: str
    times: str
    state: str
    desk: str
    #: Empty when there is nothing left to answer.
    offered: tuple[str, ...]
    words: Words


def answer_page(link: StaffLink, *, now: dt.datetime) -> AnswerPage:
    """The brief, and what can be answered now.

    :raises NoBrand, NoProfile: if the project lacks what the page needs.
    """
    task, complaint = link.task, link.complaint
    words = Words(str(link.person.languages[0]) if link.person.languages else "", "answer")
    house = house_of(complaint.property_code, words.language)
    profile = houses.profile_of(complaint.property_code)
    guest = complaint.parties.order_by("pk").first()
    contacts = complaint.contacts.count()
    due = task.due_at.astimezone(houses.zone_of(complaint.property_code))
    room = complaint.room_reported
    return AnswerPage(
        language=words.language,
        tab=f"{task.title} – {house.name}",
        error_tab=words.say("error_tab", title=task.title),
        house=house,
        until="",
        what=task.title,
        where=words.say("room", room=room) if room else "",
        guest=words.say("guest", name=guest.name) if guest is not None else "",
        due=words.say("late" if task.due_at < now else "due", time=f"{due:%H:%M}"),
        story=text.soft_line(complaint.summary, limit=160),
        times=words.say("times", count=str(contacts)) if contacts > 1 else "",
        state=_state(task, link, words),
        desk=words.say("desk", phone=profile.on_call_phone) if profile.on_call_phone else "",
        offered=_offered(task, link),
        words=words,
    )


def _offered(task: Task, link: StaffLink) -> tuple[str, ...]:
    if not task.is_open or task.started_at is not None:
        return ()
    if task.accepted_at is None or task.is_not_happening:
        return (YES, CANNOT)
    return (BEGUN, CANNOT) if task.accepted_by == link.person.name else ()


def _state(task: Task, link: StaffLink, words: Words) -> str:
    if not task.is_open:
        return words["over"]
    if task.accepted_at is None or task.is_not_happening:
        return words["asked"]
    mine = task.accepted_by == link.person.name
    if task.started_at is not None:
        return words["mine_begun"] if mine else words.say("theirs", name=task.accepted_by)
    return words["mine"] if mine else words.say("theirs", name=task.accepted_by)
