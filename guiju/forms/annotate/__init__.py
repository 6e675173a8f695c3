"""The applicant's own file, marked."""
