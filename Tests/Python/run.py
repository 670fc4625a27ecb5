#!/usr/bin/env python3
"""Runs the tests of the Python package with this interpreter; nothing has to be installed.

    run.py [NAME ...]       all tests, or the named modules
"""

import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "Sources" / "python")]


def main():
    """Runs, and says how it went by the status."""
    loader = unittest.TestLoader()
    if len(sys.argv) > 1:
        suite = loader.loadTestsFromNames(sys.argv[1:])
    else:
        suite = loader.discover(str(HERE), "test_*.py", top_level_dir=str(HERE))
    done = unittest.TextTestRunner(verbosity=1, buffer=True).run(suite)
    return 0 if done.wasSuccessful() and done.testsRun else 1


if __name__ == "__main__":
    sys.exit(main())
