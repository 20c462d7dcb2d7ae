"""Small host projects, each with one awkward but real shape of data."""
