"""News of what happened while somebody was not there, told or sent."""
