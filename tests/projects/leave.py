"""After ``migrate recovery zero``: the host without us. A process of its own, because apps are read once.

``python -m tests.projects.leave guest_is_user`` – prints what is left of us in the tables that Django keeps.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any


def main(project: str) -> int:
    name = f"tests.projects.{project}.settings"
    settings: Any = importlib.import_module(name)
    settings.INSTALLED_APPS = [app for app in settings.INSTALLED_APPS if app.split(".")[0] != "recovery"]
    # Without looking for admin.py: the two lines in it that named our mixins go with us.
    ours, plain = "django.contrib.admin", "django.contrib.admin.apps.SimpleAdminConfig"
    settings.INSTALLED_APPS = [plain if app == ours else app for app in settings.INSTALLED_APPS]
    settings.DATABASE_ROUTERS = []
    settings.ROOT_URLCONF = "tests.projects.pension.urls"  # an empty one
    os.environ["DJANGO_SETTINGS_MODULE"] = name
    import django  # because settings are changed above

    django.setup()
    return forget()


def forget() -> int:
    """What docs/hosts.md says to run last."""
    from django.contrib.auth.models import Permission
    from django.contrib.contenttypes.models import ContentType
    from django.core.management import call_command

    call_command("check", fail_level="ERROR")
    call_command("remove_stale_contenttypes", include_stale_apps=True, interactive=False, verbosity=0)
    types = ContentType.objects.filter(app_label__startswith="recovery").count()
    permissions = Permission.objects.filter(content_type__app_label__startswith="recovery").count()
    print(f"left: {types} content types, {permissions} permissions")
    return int(bool(types or permissions))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
