"""Local days, time zones, and the periods that boards sum."""
