"""Names of mails: one Message-ID for each delivery, one thread for each complaint."""

from __future__ import annotations

from .. import conf
from ..models import Brand, Complaint

#: Characters, so that ``In-Reply-To: <r-7k3m-9qxc@…>`` stays within one line of 78: a longer one is encoded
#: by Python's mail library, and then mail programs no longer see the thread. A Message-ID is a name, not an
#: address, so a longer domain just loses its beginning.
LONGEST = 48


def domain(brand: Brand) -> str:
    """The right-hand side of our Message-IDs."""
    wanted = conf.current().MESSAGE_ID_DOMAIN or brand.sender_email.rpartition("@")[2]
    return wanted[-LONGEST:].lstrip(".-")


def thread_root(complaint: Complaint, brand: Brand) -> str:
    """What every mail of a complaint refers to, so that mail programs show one conversation."""
    return f"<{complaint.reference.lower()}@{domain(brand)}>"
