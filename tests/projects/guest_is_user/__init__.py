"""The guest is the project's own user; several houses; a room is a many-to-many relation."""
