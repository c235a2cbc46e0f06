"""Where people practise together, who belongs there, and what hosts decide."""
