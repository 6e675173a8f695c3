"""What is written of several runs beside one another."""
