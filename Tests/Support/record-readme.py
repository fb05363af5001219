#!/usr/bin/env python3
"""Writes into README.md what its commands print now: TC=PATH Tests/Support/record-readme.py

Each fence marked `output` gets the standard output of the `sh` fence before it. The test that compares
them is in Tests/CLITests; look at the difference before you commit it.
"""

import os
import re
import subprocess
import tempfile

TC = os.path.abspath(os.environ["TC"])
with open("README.md", encoding="utf-8") as file:
    text = file.read()

with tempfile.TemporaryDirectory() as scratch:
    folder = f"{scratch}/work"
    os.makedirs(folder)
    os.makedirs(f"{scratch}/bin")
    os.symlink(TC, f"{scratch}/bin/tc")
    clean = {"PATH": f"{scratch}/bin:{os.environ['PATH']}", "HOME": folder, "TZ": "UTC",
             "LC_ALL": "C.UTF-8"}

    def run(match):
        script, output = match.group(1), match.group(2)
        done = subprocess.run(["sh", "-e", "-c", script], cwd=folder, env=clean, text=True,
                              stdout=subprocess.PIPE, check=True)
        block = f"```sh\n{script}```\n"
        return block if output is None else f"{block}\n```output\n{done.stdout}```\n"

    text = re.sub(r"^```sh\n(.*?)^```\n(?:\n```output\n(.*?)^```\n)?", run, text, flags=re.M | re.S)

with open("README.md", "w", encoding="utf-8") as file:
    file.write(text)
