"""Who put it right: everybody who had a hand in it, not the desk alone (S2-17). Names, and no figures."""

from __future__ import annotations

from ..choices import ActorKind
from ..models import Complaint, Task, TimelineEvent


def took_part(complaint: Complaint) -> list[str]:
    """Names of the colleagues who did, promised or wrote down something, in the order of their first part."""
    people = (ActorKind.STAFF, ActorKind.STAFF_LINK, ActorKind.API_CLIENT)
    events = TimelineEvent.objects.filter(complaint=complaint, actor_kind__in=people)
    found = list(events.order_by("at", "pk").values_list("actor_name", "at"))
    # Who said yes by voice, or did it while somebody else wrote it down, is in no event by name.
    for task in Task.objects.filter(complaint=complaint).order_by("pk"):
        if task.accepted_at is not None:
            found.append((task.accepted_by, task.accepted_at))
    return list(dict.fromkeys(name for name, _at in sorted(found, key=lambda part: part[1]) if name))
