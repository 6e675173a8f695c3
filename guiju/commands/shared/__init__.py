"""Rulesets, inputs, waivers and runs as commands read them. Imports no command."""
