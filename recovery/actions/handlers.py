"""How each kind of outbox row is delivered. The door that runs the relay passes ``HANDLERS`` to it."""

from __future__ import annotations

from ..outbox.relay import Handler
from .alarms import STAFF_ALARM, STAFF_DIGEST
from .follow_ups import NEWS_DUE, QUESTION_ONCE_MORE, NewsHandler, QuestionHandler
from .hotel_nights import BOOK_NIGHTS, CANCEL_NIGHTS, NightsHandler
from .letter_mail import LetterMail
from .letter_steps import LETTER_MAIL, LETTER_VETO
from .morning_sheets import SHEET_DEPARTMENT, SHEET_MAIL, DepartmentHandler, SheetMail
from .staff_mail import AlarmHandler, DigestHandler
from .waiting_letters import VetoHandler
from .watch_handler import WatchHandler
from .watches import TASK_WATCH

HANDLERS: dict[str, Handler] = {
    LETTER_MAIL: LetterMail(),
    LETTER_VETO: VetoHandler(),
    QUESTION_ONCE_MORE: QuestionHandler(),
    NEWS_DUE: NewsHandler(),
    BOOK_NIGHTS: NightsHandler(BOOK_NIGHTS),
    CANCEL_NIGHTS: NightsHandler(CANCEL_NIGHTS),
    TASK_WATCH: WatchHandler(),
    STAFF_ALARM: AlarmHandler(),
    STAFF_DIGEST: DigestHandler(),
    SHEET_DEPARTMENT: DepartmentHandler(),
    SHEET_MAIL: SheetMail(),
}
