"""Holds the claims of an article against those of its sources, once, before any rule runs."""
