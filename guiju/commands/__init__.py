"""The commands of guiju, one module per circle of users; argv in, one pipeline call, one writer, exit code out."""
