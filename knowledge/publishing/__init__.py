"""The bank to read and to learn from elsewhere: a static site, a booklet, a deck of cards."""
