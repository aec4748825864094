#!/usr/bin/env python3
"""Loads a server ten times beyond what it can, and with a thousand slow connections, and prints what became of it.

    python3 benchmarks/overload.py --binary target/release/rcp-search [--index DIR] [--seconds 10]

The server has one processor core to itself, the load another one. It needs Linux, wrk and taskset (Debian: wrk, util-linux),
and takes some two minutes. Without --index, the sample documents are indexed. Exit code 1: something is not as it must be.
"""

import argparse
import json
import os
import random
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request

PROJECT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SLOW_CONNECTIONS = 1000

# What wrk asks, and what it keeps of the answers: times by the server's own clock, in tenths of a millisecond.
SCRIPT = r"""
local paths = {}
for path in io.lines(os.getenv("OVERLOAD_PATHS")) do paths[#paths + 1] = path end
local threads = {}
function setup(thread) threads[#threads + 1] = thread end
function init() math.randomseed(os.time()); answered, refused, other = 0, 0, 0; good, bad = {}, {} end
function request() return wrk.format("GET", paths[math.random(#paths)]) end
function response(status, headers, body)
  local times
  if status == 200 then answered = answered + 1; times = good
  elseif status == 503 then refused = refused + 1; times = bad
  else other = other + 1; return end
  local time = headers["server-timing"] or headers["Server-Timing"] or ""
  local slot = math.floor((tonumber(time:match("dur=([%d.]+)")) or 0) * 10)
  times[slot] = (times[slot] or 0) + 1
end
function done(summary, latency, requests)
  local function list(times)
    local parts = {}
    for slot, count in pairs(times) do parts[#parts + 1] = string.format("[%d,%d]", slot, count) end
    return "[" .. table.concat(parts, ",") .. "]"
  end
  local thread = threads[1]
  local errors = summary.errors
  print(string.format(
    'RESULT {"seconds":%f,"answered":%d,"refused":%d,"other":%d,"good":%s,"bad":%s,"p50":%f,"p99":%f,"errors":%d}',
    summary.duration / 1e6, thread:get("answered"), thread:get("refused"), thread:get("other"),
    list(thread:get("good")), list(thread:get("bad")),
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    errors.connect + errors.read + errors.write + errors.timeout))
end
"""


class Server:
    """A server on the first core."""

    def __init__(self, args, folder):
        index = args.index or os.path.join(folder, "index")
        command = ["taskset", "-c", args.cores[0], args.binary, "serve", "--index", index, "--listen", "127.0.0.1:0"]
        command += ["--admin-listen", "127.0.0.1:0", "--config", args.config]
        for setting in args.set:
            command += ["--set", setting]
        log = open(os.path.join(folder, "log"), "wb")
        self.process = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=log, text=True)
        text = ""
        for line in self.process.stdout:
            text += line
            if "to stop" in line:
                break
        self.address = re.search(r"answers on http://([^/]+)/", text)[1]
        self.admin = re.search(r"http://([^/]+)/metrics", text)[1]
        self.port = int(self.address.rsplit(":", 1)[1])

    def get(self, path):
        """Status, seconds, body."""
        began = time.perf_counter()
        try:
            with urllib.request.urlopen(f"http://{self.address}{path}", timeout=60) as answer:
                body, status = answer.read(), answer.status
        except urllib.error.HTTPError as error:
            body, status = error.read(), error.code
        return status, time.perf_counter() - began, body

    def anonymous_mb(self):
        with open(f"/proc/{self.process.pid}/status") as status:
            return int(re.search(r"RssAnon:\s+(\d+)", status.read())[1]) / 1024

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


def paths(server, folder):
    """Requests that differ, so that no cache answers them: words of the index, two at a time, with other pages."""
    words = set()
    for first in "abcdefghilmnoprstuv":
        for second in "aeioru":
            _, _, body = server.get(f"/v1/suggest?q={first}{second}")
            words.update(re.findall(r'"text":"([^"]{3,30})"', body.decode()))
    words = sorted(words) or ["migration", "border"]
    chance = random.Random(1)
    file = os.path.join(folder, "paths")
    with open(file, "w") as out:
        for _ in range(50_000):
            query = urllib.parse.quote(" ".join(chance.sample(words, min(2, len(words)))))
            out.write(f"/v1/search?q={query}&offset={chance.randrange(500)}\n")
    return file


def load(args, server, folder, file, connections, seconds):
    script = os.path.join(folder, "load.lua")
    with open(script, "w") as out:
        out.write(SCRIPT)
    command = ["taskset", "-c", args.cores[1], "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s"]
    command += ["-s", script, f"http://{server.address}"]
    environment = {**os.environ, "OVERLOAD_PATHS": file}
    run = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=seconds + 120)
    found = re.search(r"RESULT (.*)", run.stdout)
    if not found:
        sys.exit(f"wrk: {run.stdout}{run.stderr}")
    result = json.loads(found[1])
    result["goodput"] = result["answered"] / result["seconds"]
    return result


def percentile(times, share):
    """Milliseconds by the server's clock, from slots of a tenth."""
    total, seen = sum(count for _, count in times), 0
    for slot, count in sorted(times):
        seen += count
        if seen >= share * total:
            return (slot + 1) / 10
    return 0.0


class Watch(threading.Thread):
    """The most memory that the server has."""

    def __init__(self, server):
        super().__init__(daemon=True)
        self.server, self.most, self.over = server, 0.0, threading.Event()

    def run(self):
        while not self.over.wait(0.1):
            self.most = max(self.most, self.server.anonymous_mb())


class Slow(threading.Thread):
    """So many connections that send a byte a second of head or body, or nothing, or take nothing; cut ones come again."""

    BEGINNINGS = [
        b"GET /health HTTP/1.1\r\nHost: a\r\nX-Slow: ",
        b"POST /v1/search HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n",
        b"",
        b"GET /openapi.json HTTP/1.1\r\nHost: a\r\n\r\n" * 200,
    ]

    def __init__(self, port, count):
        super().__init__(daemon=True)
        self.port, self.count, self.cut, self.over = port, count, 0, threading.Event()
        self.open, self.ready = [None] * count, threading.Event()

    def connect(self, number):
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(5)
        connection.connect(("127.0.0.1", self.port))
        connection.setblocking(False)
        beginning = self.BEGINNINGS[number % len(self.BEGINNINGS)]
        if beginning:
            try:
                connection.send(beginning)
            except OSError:
                pass
        return connection

    def is_cut(self, number):
        connection, kind = self.open[number], number % len(self.BEGINNINGS)
        try:
            if kind < 2:
                connection.send(b"x")
            if kind == 3:
                # It takes nothing; only an error tells of the end.
                return connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) != 0
            return connection.recv(4096) == b""
        except BlockingIOError:
            return False
        except OSError:
            return True

    def run(self):
        while not self.over.is_set():
            for number in range(self.count):
                if self.open[number] is not None and self.is_cut(number):
                    self.open[number].close()
                    self.open[number] = None
                    self.cut += 1
                if self.open[number] is None:
                    try:
                        self.open[number] = self.connect(number)
                    except OSError:
                        pass
            self.ready.set()
            self.over.wait(1)
        for connection in self.open:
            if connection is not None:
                connection.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default=os.path.join(PROJECT, "target/release/rcp-search"))
    parser.add_argument("--index", help="folder of an index; by default the sample documents are indexed")
    parser.add_argument("--config", default=os.path.join(PROJECT, "index-config"))
    parser.add_argument("--seconds", type=int, default=10, help="length of each measurement")
    parser.add_argument("--cores", default="0,1", help="of the server, and of the load")
    parser.add_argument("--set", action="append", default=[], help="a setting of the server: KEY=VALUE")
    args = parser.parse_args()
    args.cores = args.cores.split(",")
    args.binary = os.path.abspath(args.binary)
    for tool in ["wrk", "taskset"]:
        if not shutil.which(tool):
            sys.exit(f"{tool} is missing (Debian: apt install wrk util-linux)")
    with tempfile.TemporaryDirectory() as folder:
        server = Server(args, folder)
        try:
            sys.exit(measure(args, server, folder))
        finally:
            if server.process.poll() is None:
                server.process.kill()


def measure(args, server, folder):
    file = paths(server, folder)
    seconds = args.seconds
    load(args, server, folder, file, 4, 3)
    print("| load | connections | answered/s | refused/s | answered p50 / p99, server ms | refused p95, server ms | MB |")
    print("|---|---:|---:|---:|---:|---:|---:|")

    def row(name, connections, result):
        good, bad = result["good"], result["bad"]
        print(
            f"| {name} | {connections} | {result['goodput']:.0f} | {result['refused'] / result['seconds']:.0f} "
            f"| {percentile(good, 0.5):.1f} / {percentile(good, 0.99):.1f} | {percentile(bad, 0.95):.1f} "
            f"| {server.anonymous_mb():.0f} |",
            flush=True,
        )

    peak, at = 0.0, 1
    for connections in [1, 2, 4, 8, 16, 32]:
        result = load(args, server, folder, file, connections, max(2, seconds // 2))
        row("search for the peak", connections, result)
        if result["goodput"] > peak:
            peak, at = result["goodput"], connections
    quiet_memory = server.anonymous_mb()
    quiet = sorted(server.get(path)[1] for path in probe_paths(file, 100))
    watch = Watch(server)
    watch.start()
    # Ten times as many as run and wait: at least nine of ten find no room.
    most = 10 * (1 + 64)
    results = {}
    for connections in sorted({10 * at, most // 2, most}):
        results[connections] = load(args, server, folder, file, connections, seconds)
        row("overload", connections, results[connections])
    ended = time.perf_counter()
    watch.over.set()
    back = recovery(server, file, ended, limit=max(3 * quiet[95], 0.02))

    alone = load(args, server, folder, file, 4, seconds)
    row("healthy clients alone", 4, alone)
    slow = Slow(server.port, SLOW_CONNECTIONS)
    slow.start()
    slow.ready.wait(60)
    beside = load(args, server, folder, file, 4, max(seconds, 25))
    row(f"beside {SLOW_CONNECTIONS} slow connections", 4, beside)
    slow.over.set()
    slow.join(30)
    with urllib.request.urlopen(f"http://{server.admin}/metrics", timeout=10) as answer:
        metrics = answer.read().decode()
    refused = re.search(r"rcp_search_connections_refused_total (\d+)", metrics)[1]
    code = server.stop()

    overload = results[most]
    ratio = min(result["goodput"] for result in results.values()) / peak
    p95 = max(percentile(result["bad"], 0.95) for result in results.values())
    checks = [
        (f"goodput under overload at least 80 % of the peak ({peak:.0f}/s): {100 * ratio:.0f} %", ratio >= 0.8),
        (f"refusals p95 under 50 ms by the server's clock: {p95:.1f} ms", p95 < 50 and overload["refused"] > 0),
        (f"memory: {quiet_memory:.0f} MB before, {watch.most:.0f} MB at most", watch.most < quiet_memory + 100),
        (f"back to normal within 5 s: {back:.1f} s", back < 5),
        (
            f"healthy clients beside slow ones: {beside['errors']} errors, {beside['refused'] + beside['other']} refused, "
            f"p99 {beside['p99']:.1f} ms ({alone['p99']:.1f} ms alone); slow connections cut {slow.cut} times, "
            f"{refused} for want of room",
            beside["errors"] + beside["refused"] + beside["other"] == 0
            and beside["p99"] <= max(2 * alone["p99"], alone["p99"] + 10),
        ),
        (f"nothing but 200 and 503: {sum(result['other'] for result in results.values())} others",
         all(result["other"] == 0 for result in results.values())),
        (f"stopped in order: exit code {code}", code == 0),
    ]
    print()
    for text, holds in checks:
        print(f"- {'yes' if holds else 'NO '}: {text}")
    return 0 if all(holds for _, holds in checks) else 1


def probe_paths(file, count):
    with open(file) as lines:
        return [line.strip() for line, _ in zip(lines, range(count))]


def recovery(server, file, ended, limit):
    """Seconds after the load until answers come as before, and keep coming so for a second."""
    normal = None
    for path in probe_paths(file, 10_000):
        status, took, _ = server.get(path)
        now = time.perf_counter()
        if status != 200 or took > limit:
            normal = None
        elif normal is None:
            normal = now
        if normal is not None and now - normal > 1:
            return normal - ended
        if now - ended > 30:
            break
    return float("inf")


if __name__ == "__main__":
    main()
