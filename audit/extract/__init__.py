"""Turns a document into typed claims. Reads documents, writes records, knows no rule."""
