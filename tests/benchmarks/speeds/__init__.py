"""What `speed.py` is made of: invented texts, child processes that are timed, and figures."""
