"""Runs one command and prints its time and memory as JSON; started anew for each, so that it is small.

    python -I -S stopwatch.py SECONDS BYTES OUTPUT ERRORS COMMAND ...

The peak memory of a child that Linux reports is at least that of the process which started it. This one holds next to
nothing. After SECONDS the command is ended, and it gets no more memory than BYTES, so that it takes nothing from others
on the machine. With several processes the peak is that of the largest.
"""

import os
import resource
import signal
import subprocess
import sys
import threading
import time


def main() -> None:
    limit, memory, output, errors, *command = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    gave_up = threading.Event()

    def give_up() -> None:
        gave_up.set()
        os.killpg(child.pid, signal.SIGKILL)

    with open(output, "wb") as out, open(errors, "wb") as err:
        start = time.perf_counter()
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, start_new_session=True)
        alarm = threading.Timer(float(limit), give_up)
        alarm.start()
        try:
            _, status, usage = os.wait4(child.pid, 0)
        except KeyboardInterrupt:
            os.killpg(child.pid, signal.SIGKILL)
            raise
        finally:
            alarm.cancel()
        seconds = time.perf_counter() - start
    peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)  # bytes there, kibibytes elsewhere
    code, late = os.waitstatus_to_exitcode(status), "true" if gave_up.is_set() else "false"
    cpu = usage.ru_utime + usage.ru_stime
    print(f'{{"seconds": {seconds!r}, "cpu": {cpu!r}, "peak": {peak}, "code": {code}, "gave_up": {late}}}')


if __name__ == "__main__":
    main()
