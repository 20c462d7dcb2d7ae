"""Tasks and promises, and the people who keep them."""

from __future__ import annotations

from typing import Any

from ... import actions
from .. import answers, filters, inputs, shift_inputs
from ..answers import TaskAnswer
from ..view import Doing, Listing, Reading
from .complaints import ComplaintVerb, OfComplaint


class Staff(Listing):
    """Who works at the caller's houses: keys for owners, assignees and signatories."""

    shows = answers.StaffAnswer
    order = "pk"


class ComplaintTasks(OfComplaint, ComplaintVerb):
    """Who does what by when. POST adds one; ``told_guest`` makes it a promise."""

    shows = TaskAnswer
    filterset_class = filters.TaskFilters
    verb = staticmethod(actions.add_task)
    takes = inputs.TaskIn
    status = 201


class Tasks(Listing):
    """Tasks of every complaint."""

    shows = TaskAnswer
    filterset_class = filters.TaskFilters


class Task(Reading):
    """One task."""

    shows = TaskAnswer


class TaskVerb(Doing):
    """A verb about a task. ``If-Match`` takes the version of its complaint."""

    target = "task"
    shows = TaskAnswer

    def find_target(self, **address: Any) -> Any:
        return self.find(TaskAnswer, pk=address["task"])


class Acceptance(TaskVerb):
    """Record that a named person said yes: here, or by voice to a colleague who heard it."""

    verb = staticmethod(actions.accept_task)
    takes = inputs.Acceptance


class HandingOver(ComplaintVerb):
    """Offer a complaint to a colleague; nobody named: whoever is next. Until a yes it stays where it is."""

    shows = TaskAnswer
    verb = staticmethod(actions.hand_over)
    takes = shift_inputs.HandOver
    status = 201


class TakingOver(TaskVerb):
    """Take over what a colleague offers: the complaint, and the open tasks of the giver in it."""

    verb = staticmethod(actions.accept_hand_over)
    takes = shift_inputs.TakeOver


class DutyLog(Listing, Doing):
    """The duty log of the caller's houses. POST writes a line; lines are never changed."""

    shows = answers.DutyLogAnswer
    filterset_class = filters.DutyLogFilters
    verb = staticmethod(actions.log_duty)
    takes = shift_inputs.DutyLine
    takes_version = False
    status = 201


class Start(TaskVerb):
    """Record that it is really happening."""

    verb = staticmethod(actions.start_task)


class Completion(TaskVerb):
    """Record that it is done, with the proof that the step asks for."""

    verb = staticmethod(actions.keep_task)
    takes = inputs.Completion


class Asking(TaskVerb):
    """Ask the next colleague, or the one who is named: whoever was asked cannot, or does not answer."""

    verb = staticmethod(actions.ask_next)
    takes = inputs.Asking


class Happening(TaskVerb):
    """Record that the guest was told that somebody is on the way. Only after a yes."""

    verb = staticmethod(actions.tell_happening)


class Move(TaskVerb):
    """Promise a later time, once."""

    verb = staticmethod(actions.move_task)
    takes = inputs.Move


class Breaking(TaskVerb):
    """Admit that it will not be done as said."""

    verb = staticmethod(actions.break_task)
    takes = inputs.Reason


class Confirmation(TaskVerb):
    """Record that the guest says it is done."""

    verb = staticmethod(actions.confirm_task)


class Withdrawal(TaskVerb):
    """Take a task off the list because it is not needed any more."""

    verb = staticmethod(actions.withdraw_task)
    takes = inputs.Reason
