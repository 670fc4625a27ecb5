"""Adapters for agent frameworks, one module each; a module needs its framework installed.

All of them hold a call at the point where it would run, claim there, run the decided arguments
once, send the receipt, and tell the model what happened.
"""
