"""A simulated week: hundreds of complaints and promises through the real verbs, sweep and database."""
