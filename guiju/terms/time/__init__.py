"""Civil days, periods and working days."""
