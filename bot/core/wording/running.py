"""What an operator is told when the coach cannot serve a platform."""
