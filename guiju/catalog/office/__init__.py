"""What office files hold that the libraries of values do not tell."""
