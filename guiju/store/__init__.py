"""What is kept between runs: sealed rulesets, past runs, waivers."""
