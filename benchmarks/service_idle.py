"""What the service costs while nothing runs: memory and processor time of all its processes together.

    python -m benchmarks.service_idle [--settle 60] [--watch 60]

Memory is PSS: pages that several processes share are divided among them, so that the sum is what the machine gives.
USS is what would be free again if that process alone ended.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time

import psutil

JOSI = [sys.executable, "-m", "cli.main"]
LIMIT_MB = 700
MB = 1_000_000


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--settle", type=float, default=60, help="seconds before the first reading")
    options.add_argument("--watch", type=float, default=60, help="seconds between the first and the last")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "JOSI_HOME": home}
        begun = time.monotonic()
        up = [*JOSI, "up", "--port", "0", "--bucket-port", "0", "--json"]
        told = subprocess.run(up, env=environment, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
        ready = time.monotonic() - begun
        try:
            show(json.loads(told)["processes"], ready, given.settle, given.watch)
        finally:
            subprocess.run([*JOSI, "down"], env=environment, check=True, stdout=subprocess.DEVNULL)


def show(pids: dict[str, int], ready: float, settle: float, watch: float) -> None:
    """A table for the README of the benchmarks; exit code 1 where the service is larger than it may be."""
    time.sleep(settle)
    processes = {role: psutil.Process(pid) for role, pid in pids.items()}
    before = {role: used(process) for role, process in processes.items()}
    time.sleep(watch)
    print(f"ready after {ready:.1f} s; read after {settle + watch:.0f} s\n")
    print("| process | PSS MB | USS MB | processor, % of one core |\n|---|---|---|---|")
    total = 0.0
    for role, process in processes.items():
        memory = process.memory_full_info()
        total += memory.pss / MB
        share = 100 * (used(process) - before[role]) / watch
        print(f"| {role} | {memory.pss / MB:.0f} | {memory.uss / MB:.0f} | {share:.1f} |")
    print(f"| all | {total:.0f} | | |")
    if total > LIMIT_MB:
        sys.exit(f"more than {LIMIT_MB} MB")


def used(process: psutil.Process) -> float:
    """Seconds of processor time."""
    times = process.cpu_times()
    return float(times.user + times.system)


if __name__ == "__main__":
    main()
