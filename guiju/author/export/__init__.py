"""Rules in the forms of other tools, each with a list of what is lost."""
