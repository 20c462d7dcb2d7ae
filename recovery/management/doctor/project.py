"""What surrounds the app in this project: its tables, its pages and its paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from django.db import connections, router
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse

from ... import conf
from ...choices import LetterKind, Stance
from ...errors import RecoveryError
from ...letters import CertificateFacts, HouseFacts, LetterFacts, SignatoryFacts, sample_secrets
from ...letters.pdf import certificate_pdf, is_pdf_available
from ...models import Complaint
from .. import host_project
from .line import Line, green, red

#: Letters of the alphabets in which guests have names; the own fonts know all of them.
_NAME = "Ærø Ångström Łódź Þór Ñandú Çelik Ğül Ŵyn"


def tables() -> Iterator[Line]:
    """Whether our migrations have run in the database that we write to."""
    executor = MigrationExecutor(connections[router.db_for_write(Complaint)])
    targets = [node for node in executor.loader.graph.leaf_nodes() if node[0] == "recovery"]
    waiting = [
        migration for migration, _ in executor.migration_plan(targets) if migration.app_label == "recovery"
    ]
    if waiting:
        names = ", ".join(migration.name for migration in waiting[:3])
        yield red("tables", f"not there yet: {names}", "manage.py migrate recovery")
    else:
        yield green("tables", "every migration has run")


def guest_pages() -> Iterator[Line]:
    """Whether the private links of letters lead somewhere."""
    name = "guest pages"
    if host_project.has_guest_pages():
        yield green(name, reverse("recovery_guest:enter", args=["TOKEN"]))
    else:
        fix = f'Add path("recovery/", include("recovery.urls")) to urlpatterns in {host_project.urls_file()}.'
        yield red(name, "not reachable: links in letters would lead nowhere", fix)


def paper() -> Iterator[Line]:
    """Whether a certificate can be printed here, with the letters that guests' names have."""
    name = "PDF and fonts"
    lost = [folder for folder in conf.current().PDF_FONT_DIRS if not Path(folder).is_dir()]
    if lost:
        yield red("font folders", f"{lost[0]} does not exist", 'Correct RECOVERY["PDF_FONT_DIRS"].')
    if not is_pdf_available():
        fix = 'For letters on paper: pip install "django-service-recovery[pdf]".'
        yield green(name, "not installed: certificates are pages that print well", fix=fix)
        return
    try:
        pages = [certificate_pdf(_sample(code), sample_secrets(code)) for code in conf.current().LANGUAGES]
    except RecoveryError as error:
        fix = 'Put a font that has these letters into a folder and name it in RECOVERY["PDF_FONT_DIRS"].'
        yield red(name, error.sentence, fix)
        return
    yield green(name, f"a certificate in {len(pages)} languages, {sum(map(len, pages)) // 1024} kB")


def _sample(language: str) -> LetterFacts:
    day = dt.date(2026, 7, 11)
    return LetterFacts(
        kind=LetterKind.CERTIFICATE,
        language=language,
        house=HouseFacts(property_code="x", name="Hotel", address=(), phone="+45 00 00 00 00", email=""),
        guest_name=_NAME,
        guest_first_name=_NAME,
        signatory=SignatoryFacts(name="Alex Example", first_name="Alex", title="General Manager"),
        reference="R-XXXX-XXXX",
        written_on=day,
        stance=Stance.RESPONSIBILITY,
        certificate=CertificateFacts(
            nights=1,
            houses=("Hotel",),
            valid_from_on=day,
            last_arrival_on=day,
            tax_included=True,
            breakfast_included=False,
            transferable=True,
            named_for=_NAME,
            nights_left=1,
        ),
    )
