"""What the coach is measured on, and by what command. Nothing here ships."""
