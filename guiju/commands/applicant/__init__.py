"""Commands of the applicant: check, read, fix, template, complete."""
