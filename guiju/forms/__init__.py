"""Out again: the form to fill, the applicant's own file with its faults marked, and a mended copy; bytes in, bytes out."""
