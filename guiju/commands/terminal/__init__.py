"""Words to a terminal and options from it. Imports nothing else of the commands."""
