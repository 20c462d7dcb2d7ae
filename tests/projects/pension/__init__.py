"""A German guest house: e-mail two hops away, dates as text, house behind the room, a computed price."""
