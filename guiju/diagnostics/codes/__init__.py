"""Every code that a diagnostic may carry, one table per phase."""
