"""Renders a report. Reads records only."""
