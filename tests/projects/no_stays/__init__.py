"""A project without a stay: a shop, whose members subscribe and whose records cannot be printed."""
