#!/usr/bin/env python3
"""How fast other engines decide the same fifty rules over the same thousand calls.

    rules.py FOLDER [--seconds N]

FOLDER is the one of conformance data. The engines are installed from PyPI into a temporary folder,
which is removed afterwards. Each line that is printed is a name, a tab and a number a second of CPU
time; where an engine is not to be had, the line says so and nothing fails.
"""

import argparse
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile
import time
import venv

ENGINES = {"datalogic-py": "datalogic-py==5.9.0", "json-logic-qubit": "json-logic-qubit==0.9.1"}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--engine", help="measure this engine, which is installed")
    options = parser.parse_args()
    if options.engine:
        measure(options)
        return
    with tempfile.TemporaryDirectory(prefix="countersign-peers-") as scratch:
        for name, requirement in ENGINES.items():
            run(name, requirement, pathlib.Path(scratch) / name, options)


def run(name, requirement, place, options):
    """Installs one engine and measures it in a process of its own."""
    try:
        venv.create(place, with_pip=True)
        python = str(place / "bin" / "python")
        install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run(install + [requirement], check=True, capture_output=True, timeout=120)
        again = [python, __file__, str(options.folder), "--engine", name]
        again += ["--seconds", str(options.seconds)]
        said = subprocess.run(again, check=True, capture_output=True, text=True, timeout=300)
    except (OSError, subprocess.SubprocessError) as error:
        print(f"{name}\tnot to be had here ({type(error).__name__})", flush=True)
    else:
        print(said.stdout, end="", flush=True)


def measure(options):
    folder = options.folder / "bench-approvals-policy"
    rules = [entry["when"] for entry in json.loads((folder / "rules-50.json").read_text())]
    calls = json.loads((folder / "contexts-1000.json").read_text())
    figures = datalogic if options.engine == "datalogic-py" else qubit
    for name, value in figures(rules, calls, options.seconds):
        print(f"{options.engine} {name}\t{value}", flush=True)


def datalogic(rules, calls, seconds):
    import datalogic_py

    engine = datalogic_py.Engine()
    compiled = [engine.compile(rule) for rule in rules]
    texts = [json.dumps(call) for call in calls]
    handles = [datalogic_py.DataHandle(text) for text in texts]
    session = engine.session()
    bits = [session.evaluate_truthy(rule, handle) for handle in handles for rule in compiled]
    yield "answers", digest(bits)

    def batches():
        for rule in compiled:
            session.evaluate_batch(rule, handles)
        session.reset()
        return len(compiled) * len(handles)

    def decisions():
        for handle in handles:
            session.evaluate_many(compiled, handle)
            session.reset()
        return len(handles)

    def parsed():
        for text in texts:
            session.evaluate_many(compiled, datalogic_py.DataHandle(text))
            session.reset()
        return len(texts)

    yield "evaluations", rate(batches, seconds)
    yield "decisions", rate(decisions, seconds)
    yield "parsed", rate(parsed, seconds)


def qubit(rules, calls, seconds):
    from json_logic import jsonLogic

    def truth(rule, call):
        try:
            return bool(jsonLogic(rule, call))
        except Exception:
            return False

    yield "answers", digest([truth(rule, call) for call in calls for rule in rules])

    def decisions():
        for call in calls[:100]:
            for rule in rules:
                truth(rule, call)
        return 100

    found = rate(decisions, seconds)
    yield "evaluations", found * len(rules)
    yield "decisions", found


def digest(bits):
    return hashlib.sha256("".join("1" if bit else "0" for bit in bits).encode()).hexdigest()[:16]


def rate(body, seconds):
    body()
    start, count = time.process_time(), 0
    while time.process_time() - start < seconds:
        count += body()
    return round(count / (time.process_time() - start))


if __name__ == "__main__":
    sys.exit(main())
