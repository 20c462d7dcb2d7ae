"""How the pages of this folder become a site: ``make docs``."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from recovery import __version__

project = "recovery"
author = "The django-service-recovery authors"
copyright = "2026, the django-service-recovery authors"
release = version = __version__

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["build"]
html_theme = "furo"
html_title = f"recovery {__version__}"
html_show_sphinx = False
html_copy_source = False

# Links to headings work as they do where the pages are read as plain files.
myst_heading_anchors = 3

suppress_warnings = ["misc.highlighting_failure"]  # because blocks hold "…" where the reader fills in
