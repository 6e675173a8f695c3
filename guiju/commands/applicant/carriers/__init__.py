"""The ways in which a check is carried out that does not hold its input in memory."""
