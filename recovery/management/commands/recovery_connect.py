"""``manage.py recovery_connect``: look at the host's models, propose the adapter, show its first letter.

Reads models and a few rows; writes nothing but the files it is asked for.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, OutputWrapper

from ... import conf
from ...errors import RecoveryError
from ...hotel.connecting.building import adapter_of
from ...hotel.connecting.proposal import Proposal, class_name
from ...hotel.connecting.read_only import read_only
from ...hotel.connecting.samples import MOST_ROWS, NoSamples, RowSamples
from ...hotel.connecting.source import LOOK_AGAIN, bare_adapter, model_adapter
from ...hotel.facts import is_zone
from ...hotel.loading import get_hotel, import_adapter, make_hotel
from ...hotel.path_check import type_of_model
from ...hotel.problems import ProblemKind
from ...hotel.protocol import Hotel
from .. import connect_report, host_project, letter_preview
from ..doctor.from_checks import bad_settings, mail_waits_for_ever
from ..host_models import adapter_file, models_of_host, proposal_of, unreadable, write_adapter

FOLDER = Path("build/recovery-preview")


class Command(BaseCommand):
    help = "Propose the adapter of this project from its models; with --preview, show its first letter."
    # None, because the first thing that a new project lacks is the adapter: an error of the checks.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--write", type=Path, metavar="FILE", help="write the adapter there; default: print it"
        )
        parser.add_argument("--force", action="store_true", help="overwrite that file if it is there")
        parser.add_argument("--model", metavar="APP.MODEL", help="take this model for the stay")
        parser.add_argument("--no-rows", action="store_true", help="look at the models alone, at no row")
        parser.add_argument(
            "--preview",
            action="store_true",
            help="write the letter that a real guest would get; sends nothing",
        )
        parser.add_argument("--stay", metavar="REF", help="with --preview: this stay, not a recent one")
        parser.add_argument(
            "--out", type=Path, default=FOLDER, metavar="FOLDER", help=f"with --preview: default {FOLDER}"
        )

    def handle(self, *args: Any, write: Path | None, force: bool, **options: Any) -> None:
        if options["stay"] and not options["preview"]:
            raise CommandError("--stay belongs to --preview: add --preview.")
        wrong = [f"{message.msg} {message.hint}" for message in bad_settings()]
        if wrong:
            raise CommandError("\n".join(wrong))
        try:
            with read_only():
                if options["preview"]:
                    self._preview(options)
                else:
                    self._connect(write, force, options)
        except RecoveryError as error:
            raise CommandError(f"{error.sentence} [{error.code}]") from error
        except CommandError:
            raise
        except Exception as error:  # because a stranger's models and rows may do anything
            raise CommandError(
                f"This project surprised us ({type(error).__name__}: {error}). Run it again with --traceback "
                f"and please report it; writing the adapter by hand works meanwhile (docs/adapter.md)."
            ) from error

    # --- the proposal ----------------------------------------------------------------------------

    def _connect(self, write: Path | None, force: bool, options: dict[str, Any]) -> None:
        file = adapter_file(write, force) if write else None
        # The adapter alone goes to stdout, so that "> bookings/recovery.py" works as well as --write.
        self.say = self.stdout if file else _plain(self.stderr)
        models, chosen = models_of_host(options["model"])
        samples = NoSamples() if options["no_rows"] else RowSamples()
        proposal = proposal_of(models, samples, chosen)
        rows = "no row" if options["no_rows"] else f"at most {MOST_ROWS} rows of each"
        self.say.write(f"Looked at {len(models)} models and {rows}. Nothing was changed.\n")
        for line in unreadable(samples):
            self.say.write(self.style.WARNING(line))
        if proposal.stay is None:
            source, name = self._nothing_found(models)
        else:
            source, name = self._found(proposal, proposal.stay)
        about = proposal.stay or models[0]
        self._hand_over(source, name, file or host_project.suggested_file(about), is_written=bool(file))
        self._next_steps(f"{self._module}.{name}", is_ready=proposal.stay is not None)
        if proposal.stay is None:
            raise CommandError(
                "No model of a stay was found. If there is one, name it: --model app.Model. If the bookings "
                "are in another system, fill in the three methods of the adapter above."
            )

    def _found(self, proposal: Proposal, stay: type_of_model) -> tuple[str, str]:
        runners_up = ", ".join(f"{label} {sure} %" for label, sure in proposal.others[:3] if sure)
        self.say.write(
            self.style.MIGRATE_HEADING(f"Stays are in {stay._meta.label}: {proposal.sure} % sure.")
            + (f"  Less likely: {runners_up}." if runners_up else "")
        )
        for title, part in connect_report.table(proposal):
            self.say.write(self.style.MIGRATE_LABEL(f"\n{title}"))
            for line, is_doubtful in part:
                self.say.write(self.style.WARNING(line) if is_doubtful else line)
        missed = connect_report.missed(proposal)
        if missed:
            self.say.write(self.style.MIGRATE_LABEL("\nNot found"))
            for name, consequence in missed:
                self.say.write(f"  {name}: {consequence}")
        if proposal.notes:
            self.say.write(self.style.MIGRATE_LABEL("\nTo know"))
            for note in proposal.notes:
                self.say.write(f"  · {note}")
        self.say.write(
            f"\nLook again at everything below {LOOK_AGAIN} %. Names and addresses are shown masked."
        )
        name = class_name(stay._meta.app_label)
        return model_adapter(proposal, name), name

    def _nothing_found(self, models: list[type_of_model]) -> tuple[str, str]:
        labels = [model._meta.label for model in models]
        self.say.write(self.style.ERROR("None of these models looks like a stay of a guest:"))
        for label in labels[:40]:
            self.say.write(f"  {label}")
        if len(labels) > 40:
            self.say.write(f"  … and {len(labels) - 40} more")
        self.say.write(
            "A stay has a day of arrival, a departure or nights, and a guest: a related row, or columns such "
            "as guest_name."
        )
        house = host_project.site_name()
        zone = conf.host_time_zone()
        name = class_name(house.replace(" ", ""))
        return bare_adapter(
            name, looked_at=len(labels), zone=zone if is_zone(zone) else "UTC", house=house
        ), name

    def _hand_over(self, source: str, name: str, file: Path, *, is_written: bool) -> None:
        """Write or print the adapter, then the lines that switch it on."""
        if is_written:
            write_adapter(file, source)
            self.say.write(self.style.SUCCESS(f"\nWritten: {file}"))
        else:
            self.say.write(f"\nThe adapter, for {file} (--write {file}):\n")
            self.say.flush()
            self.stdout.write(source)
            self.stdout.flush()
        self._module = host_project.dotted_path(file) or "yourpackage.recovery"
        if is_written and self._module != "yourpackage.recovery":
            self._try_out(f"{self._module}.{name}")

    def _try_out(self, hotel: str) -> None:
        """What ``manage.py check`` will say about the new file."""
        # The checks of a moment ago have imported what stood there before.
        sys.modules.pop(self._module, None)
        importlib.invalidate_caches()
        adapter = make_hotel(hotel, import_adapter(hotel))
        problems = [problem for problem in adapter.problems() if problem.kind is not ProblemKind.DOUBT]
        for problem in problems:
            self.say.write(self.style.ERROR(f"{problem.where} {problem.what}. {problem.fix}"))
        if not problems:
            self.say.write(f"It can be imported as {hotel}, and every path in it leads somewhere.")

    def _next_steps(self, hotel: str, *, is_ready: bool) -> None:
        lines = host_project.settings_lines(hotel)
        if mail_waits_for_ever():
            lines.append(
                "EMAIL_TIMEOUT = 20  # on Django 6.1 in MAILERS: a silent mail server must not hold us"
            )
        if lines:
            self.say.write(self.style.MIGRATE_LABEL(f"\nIn {host_project.settings_file()}"))
        for line in lines:
            self.say.write(f"  {line}")
        if not _has_guest_pages():
            self.say.write(self.style.MIGRATE_LABEL(f"\nIn {host_project.urls_file()}, in urlpatterns"))
            self.say.write('  path("recovery/", include("recovery.urls")),')
        self.say.write(self.style.MIGRATE_LABEL("\nThen"))
        preview = ("recovery_connect --preview", "the letter that one of your guests would get")
        for command, why in (
            *([preview] if is_ready else [("…", "fill in the methods of the adapter")]),
            ("check --tag recovery", "settings, adapter and what surrounds them"),
            ("migrate recovery", "our tables; none of yours is touched"),
            ("recovery_init", "profile, brand and limits of each house"),
            ("recovery_doctor", "what is still missing, with the fix"),
        ):
            line = f"  python manage.py {command}" if command != "…" else "  …"
            self.say.write(f"{line:<48} # {why}")

    # --- the preview -----------------------------------------------------------------------------

    def _preview(self, options: dict[str, Any]) -> None:
        hotel = self._hotel(options["model"])
        shown = letter_preview.make(hotel, stay_ref=options["stay"] or "", folder=options["out"])
        self.stdout.write(f"The letter that {shown.guest} would get for the stay {shown.stay}:\n")
        for path in shown.paths:
            self.stdout.write(f"  {path}")
        for note in shown.notes:
            self.stdout.write(self.style.WARNING(f"  · {note}"))
        self.stdout.write(
            "\nNothing was sent and nothing was changed. Words, signature, code and links are made up; the "
            "guest is real: delete the folder when you have looked."
        )

    def _hotel(self, model: str | None) -> Hotel:
        """The adapter of the settings; without one, what we would propose."""
        if conf.raw().get("HOTEL") and not model:
            hotel = get_hotel()
            for problem in hotel.problems():
                if problem.kind is not ProblemKind.DOUBT:
                    raise CommandError(
                        f"{type(hotel).__name__}.{problem.where} {problem.what}. {problem.fix}\n"
                        f"Run “manage.py check --tag recovery” for all of them."
                    )
            return hotel
        models, chosen = models_of_host(model)
        proposal = proposal_of(models, RowSamples(), chosen)
        if proposal.stay is None:
            raise CommandError(
                'No adapter is named in RECOVERY["HOTEL"], and none could be proposed: run '
                "“manage.py recovery_connect” to see what was looked at."
            )
        self.stdout.write(
            f"No adapter is set yet: this uses the proposed one ({proposal.stay._meta.label}).\n"
        )
        return adapter_of(proposal)


def _plain(stderr: OutputWrapper) -> OutputWrapper:
    """The same stream without the red of an error."""
    stderr.style_func = None
    return stderr


def _has_guest_pages() -> bool:
    try:
        return host_project.has_guest_pages()
    except Exception:  # because a broken urls.py is the doctor's to tell; the line to add is the same
        return False
