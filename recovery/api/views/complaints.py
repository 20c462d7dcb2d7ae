"""Complaints: read, open, and every verb about one of them."""

from __future__ import annotations

from typing import Any, ClassVar

from ... import actions
from .. import answers, filters, inputs
from ..answers import ComplaintAnswer
from ..view import Doing, Listing, Reading


class Complaints(Listing, Doing):
    """Complaints. POST writes down a guest's failure story and starts its playbook."""

    shows = ComplaintAnswer
    lists = answers.ComplaintRow
    filterset_class = filters.ComplaintFilters
    verb = staticmethod(actions.open_complaint)
    takes = inputs.Opening
    takes_version = False
    status = 201


class Complaint(Reading):
    """One complaint."""

    shows = ComplaintAnswer
    by = "reference"


class OfComplaint(Listing):
    """The records of one complaint, oldest first."""

    order = "pk"

    def rows(self, **address: Any) -> Any:
        complaint = self.find(ComplaintAnswer, **address)
        return super().rows().filter(complaint=complaint)


class ComplaintVerb(Doing):
    """A verb about a complaint."""

    target = "complaint"
    shows: ClassVar[Any] = ComplaintAnswer

    def find_target(self, **address: Any) -> Any:
        return self.find(ComplaintAnswer, **address)


class Parties(OfComplaint, ComplaintVerb):
    """The people in the story. POST adds one; the class of their address is reckoned."""

    shows = answers.PartyAnswer
    verb = staticmethod(actions.add_party)
    takes = inputs.PartyIn
    status = 201


class PartyVerb(Doing):
    """A verb about a person in the story. ``If-Match`` takes the version of the complaint."""

    target = "party"
    shows = answers.PartyAnswer

    def find_target(self, **address: Any) -> Any:
        return self.find(answers.PartyAnswer, pk=address["party"])


class PartyChange(PartyVerb):
    """Change how we reach a person, and what they may receive."""

    verb = staticmethod(actions.change_party)
    takes = inputs.PartyChange


class PartyEnding(PartyVerb):
    """Take a person out of the story."""

    verb = staticmethod(actions.end_party)
    takes = inputs.Reason


class PartyWriting(PartyVerb):
    """They asked us not to write about this again, or took that back."""

    verb = staticmethod(actions.stop_writing_to)
    takes = inputs.WritingIn


class Hold(ComplaintVerb):
    """Put it on hold: nothing goes to the guest. Managers only."""

    verb = staticmethod(actions.set_hold)
    takes = inputs.HoldIn


class HoldLifting(ComplaintVerb):
    """Lift the hold. Managers only."""

    verb = staticmethod(actions.lift_hold)
    takes = inputs.Reason


class Timeline(OfComplaint):
    """What happened, by whom: ids and figures only."""

    shows = answers.EventAnswer


class Contacts(OfComplaint, ComplaintVerb):
    """Each time that somebody raised it. POST writes down one more."""

    shows = answers.ContactAnswer
    verb = staticmethod(actions.add_contact)
    takes = inputs.ContactIn
    status = 201


class Guest(ComplaintVerb):
    """Correct who the guest is and how we reach them."""

    shows = answers.PartyAnswer
    verb = staticmethod(actions.relink_guest)
    takes = inputs.GuestChange


class Acknowledgement(ComplaintVerb):
    """Record the first answer of a person."""

    verb = staticmethod(actions.acknowledge)
    takes = inputs.Acknowledgement


class Restatement(ComplaintVerb):
    """Record what we understood, and that the guest said yes or corrected it."""

    verb = staticmethod(actions.confirm_restatement)
    takes = inputs.Restatement


class Stance(ComplaintVerb):
    """Decide whether we regret or take responsibility."""

    verb = staticmethod(actions.set_stance)
    takes = inputs.StanceIn


class Owner(ComplaintVerb):
    """Give the complaint to another named employee of the house."""

    verb = staticmethod(actions.assign)
    takes = inputs.OwnerIn


class NamedStaff(ComplaintVerb):
    """Say which employees the guest named: they neither see nor handle it. Managers only."""

    verb = staticmethod(actions.name_staff)
    takes = inputs.NamedIn


class Urgency(ComplaintVerb):
    """Make it fast, or an Emergency. Never less urgent."""

    verb = staticmethod(actions.raise_urgency)
    takes = inputs.UrgencyIn


class EmergencyRetraction(ComplaintVerb):
    """Take an Emergency back: within half an hour, with a reason."""

    verb = staticmethod(actions.take_back_emergency)
    takes = inputs.Reason


class Risk(ComplaintVerb):
    """The guest is leaving, will post, or threatens us."""

    verb = staticmethod(actions.set_at_risk)
    takes = inputs.RiskIn


class Reports(Doing):
    """A word from anywhere: it joins the open complaint that it certainly belongs to, or opens one."""

    shows = answers.ReportAnswer
    verb = staticmethod(actions.receive_report)
    takes = inputs.Report
    takes_version = False
    status = 201


class SmallMatters(Doing):
    """A small matter that is over: opened, heard, solved, told and closed in one save."""

    shows = ComplaintAnswer
    verb = staticmethod(actions.log_and_done)
    takes = inputs.SmallMatter
    takes_version = False
    status = 201


class Playbooks(ComplaintVerb):
    """Start the playbook of a kind of failure."""

    verb = staticmethod(actions.run_playbook)
    takes = inputs.PlaybookIn


class Overlays(ComplaintVerb):
    """Start what comes before everything else, such as P21: a colleague is at risk."""

    verb = staticmethod(actions.run_overlay)
    takes = inputs.OverlayIn


class Answers(ComplaintVerb):
    """Write down what the guest answered to the questions of the playbooks."""

    verb = staticmethod(actions.record_answers)
    takes = inputs.AnswersIn


class Solution(ComplaintVerb):
    """Record that the fix is delivered. It starts the clock for telling the guest."""

    verb = staticmethod(actions.mark_solved)
    takes = inputs.Solution


class Told(ComplaintVerb):
    """Record that the guest knows that it is solved."""

    verb = staticmethod(actions.tell_guest)
    takes = inputs.Told


class Closing(ComplaintVerb):
    """Close: the guest was told, we apologised or say why not, and the outcome is known."""

    verb = staticmethod(actions.close)
    takes = inputs.Closing


class Reopening(ComplaintVerb):
    """It is not right after all: solved, told and closed are cleared, history stays."""

    verb = staticmethod(actions.reopen)
    takes = inputs.Reason
