"""A host app that is called as ours could be."""
