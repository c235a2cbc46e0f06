"""The application: who asked, what is next, what was learnt. Knows no platform and no SQL."""
