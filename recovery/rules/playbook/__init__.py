"""Playbooks: their form, what may stand in one, what changes for which guest, and when steps are due."""

from .form import LANGUAGES, GuestVariant, Playbook, Question, Step, Worth
from .guests import evidence_of, guide_of, steps_for, worth_of
from .near import Planned, plan
from .problems import Problem, line_of
from .reading import find_problems, read, read_toml
from .shipped import shipped
from .situations import Situation

__all__ = [
    "LANGUAGES",
    "GuestVariant",
    "Planned",
    "Playbook",
    "Problem",
    "Question",
    "Situation",
    "Step",
    "Worth",
    "evidence_of",
    "find_problems",
    "guide_of",
    "line_of",
    "plan",
    "read",
    "read_toml",
    "shipped",
    "steps_for",
    "worth_of",
]
