"""The hotel group's own system, older than ``recovery`` and knowing nothing about it."""
