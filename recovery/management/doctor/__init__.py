"""What ``recovery_doctor`` looks at, one module for each part of the house."""

from __future__ import annotations
