"""The guest is three columns of the booking; keys are UUIDs; cancelled rows hide; no migrations."""
