"""Makes Python look as Debian packages it without python3-venv."""

import sys

sys.modules["ensurepip"] = None  # type: ignore[assignment]
