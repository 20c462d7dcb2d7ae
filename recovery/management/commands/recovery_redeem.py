"""``manage.py recovery_redeem CODE --stay REF``: redeem at the terminal, by the same verb as the desk."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ...actions import Actor, redeem_certificate
from ...errors import RecoveryError


class Command(BaseCommand):
    help = "Redeem nights of a certificate for a stay. Exit code 1 when it is refused."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="the twelve letters, with or without hyphens")
        parser.add_argument("--stay", required=True, metavar="REF", help="the stay in the hotel system")
        parser.add_argument("--nights", type=int, default=1)
        parser.add_argument("--json", action="store_true", help="one line of JSON")

    def handle(self, *args: Any, code: str, stay: str, nights: int, json: bool, **options: Any) -> None:
        try:
            entry = redeem_certificate(
                by=Actor.system("command line"), code=code, stay_ref=stay, nights=nights
            )
        except RecoveryError as error:
            # The code that was typed is not repeated: output ends up in logs.
            self._say(json, {"redeemed": False, "code": error.code, "message": error.sentence})
            sys.exit(1)
        self._say(
            json,
            {
                "redeemed": True,
                "certificate": str(entry.certificate),
                "stay": entry.stay_ref,
                "nights": -entry.nights,
                "nights_left": entry.certificate.nights_left,
            },
        )

    def _say(self, as_json: bool, answer: dict[str, Any]) -> None:
        if as_json:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        elif answer["redeemed"]:
            self.stdout.write(
                f"Redeemed {answer['nights']} night(s) of {answer['certificate']} for stay {answer['stay']}; "
                f"{answer['nights_left']} left."
            )
        else:
            self.stdout.write(f"Refused: {answer['message']} [{answer['code']}]")
