"""What a process of the service does besides checking: write a form, try a rule, judge a record, verify a pack, make the texts of rules."""
