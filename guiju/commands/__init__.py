"""The commands of guiju, a folder for each circle of users: options in, one pipeline call, one writer, exit code out."""
