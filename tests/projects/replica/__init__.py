"""Everything is read from a replica that never catches up."""
