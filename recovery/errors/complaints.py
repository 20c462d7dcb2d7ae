"""What the state of a complaint or a task does not allow."""

from __future__ import annotations

from .root import InvalidInput, NotAllowed, WrongState, _


class StalePage(WrongState):
    code = "stale_page"
    message = _("Somebody changed this complaint meanwhile. Reload the page and look again.")


class WrongOrder(WrongState):
    code = "wrong_order"
    message = _("This cannot be recorded yet: %(missing)s.")


class AlreadyClosed(WrongState):
    code = "already_closed"
    message = _("This complaint is closed. Reopen it first.")


class NotClosed(WrongState):
    code = "not_closed"
    message = _("This complaint is neither solved nor closed; there is nothing to reopen.")


class ReasonMissing(InvalidInput):
    code = "reason_missing"
    message = _("Please give a reason: it is shown to whoever reads this later.")


class StanceLocked(NotAllowed):
    code = "stance_locked"
    message = _("For %(category)s only the general manager may change the stance.")


class OwnerNotHere(InvalidInput):
    code = "owner_not_here"
    message = _("%(name)s does not work at %(property_code)s any more, or not at all.")


class NotOfThisComplaint(InvalidInput):
    code = "not_of_this_complaint"
    message = _("%(what)s belongs to another complaint. Reload the page and choose again.")


class WritingStopped(WrongState):
    code = "writing_stopped"
    message = _("This guest asked us not to write about this again. Telephone, or hand it over.")


class DoneElsewhere(WrongState):
    code = "done_elsewhere"
    message = _(
        "Nobody ticks off “%(task)s”: it is done when the apology was spoken, the letter went out or the "
        "guest was told. Do that, or withdraw the task with a reason."
    )


class TaskFinished(WrongState):
    code = "task_finished"
    message = _("This task is already %(state)s.")


class NotAccepted(WrongState):
    code = "not_accepted"
    message = _("Nobody has accepted this task yet. First ask a person, then record who said yes.")


class TaskNotDone(WrongState):
    code = "task_not_done"
    message = _("The guest can confirm this only after it is done.")


class AlreadyAccepted(WrongState):
    code = "already_accepted"
    message = _("%(name)s has already accepted this task.")


class AlreadyMoved(WrongState):
    code = "already_moved"
    message = _("This task was moved once already. Mark it broken and promise something new.")


class NobodyToHandOver(WrongState):
    code = "nobody_to_hand_over"
    message = _("There is nobody else at %(property_code)s who could take this. Ring a manager.")


class AlreadyTheirs(WrongState):
    code = "already_theirs"
    message = _("%(name)s has this already. Choose somebody else.")


class NotAHandOver(InvalidInput):
    code = "not_a_hand_over"
    message = _("“%(task)s” is no hand-over. Accept it as a task.")


class IsAHandOver(InvalidInput):
    code = "is_a_hand_over"
    message = _(
        "“%(task)s” is a hand-over: take it over, and it is yours with everything that belongs to it."
    )


class ManagersOnly(NotAllowed):
    code = "managers_only"
    message = _("Only a manager may say whom the guest named. Ask your duty manager.")


class NamedInComplaint(NotAllowed):
    code = "named_in_complaint"
    message = _(
        "The guest named this person, who therefore cannot handle this complaint. Choose somebody else."
    )


class NeedsAName(InvalidInput):
    code = "promise_without_person"
    message = _("A promise needs a named person. Choose who will do it.")


class NobodyLeftToAsk(WrongState):
    code = "nobody_left_to_ask"
    message = _("Everybody who could do this was asked. Ring the duty manager, or give the task to somebody.")


class NoManagerLeft(WrongState):
    code = "no_manager_left"
    message = _(
        "Then nobody could take this over: every manager of the house would be named. Add a manager under "
        "Staff, from another house or the owner, then name them again."
    )


class NotAnEmergency(WrongState):
    code = "not_an_emergency"
    message = _("This complaint is no Emergency, so there is nothing to take back.")


class NotASmallMatter(WrongState):
    code = "not_a_small_matter"
    message = _("Log and done is for small matters only: %(problem)s. Open it as a complaint.")


class NotHappening(WrongState):
    code = "not_happening"
    message = _(
        "Nobody has said yes to “%(task)s”, so do not tell the guest that it is happening. Say: “I am "
        "finding %(who)s and will ring you by %(by)s.”"
    )


class NothingToJoin(WrongState):
    code = "nothing_to_join"
    message = _("There is no open complaint that this belongs to. If it is a complaint, open one.")


class TooLateToTakeBack(WrongState):
    code = "too_late_to_take_back"
    message = _("An Emergency can be taken back for %(minutes)s minutes. Make it good instead.")
