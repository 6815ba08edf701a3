"""Turns files, standard input and addresses into documents."""
