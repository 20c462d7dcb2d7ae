"""Houses in two time zones and currencies, found through the room; who works where is a table of the host."""
