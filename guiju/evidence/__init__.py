"""Evidence: a run sealed in one file, so that anybody can judge it again offline and get the same bytes."""
