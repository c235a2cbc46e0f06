"""Discord: slash commands, buttons, modals and messages over the same use cases as everywhere."""
