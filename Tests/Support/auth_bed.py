"""What the suites of the daemons stand on: PostgreSQL and Redis that may be killed, daemons
whose log is read while they run, commands, and a client without the comfort of a browser."""

import hashlib
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
import urllib.parse

TC = os.path.abspath(os.environ["TC"])
FULL = bool(os.environ.get("FULL"))
PASSWORD = "correct horse battery staple"
# A guess at a password is as cheap as it may be, where guessing is not what is tested.
CHEAP = {"TC_AUTH_SCRYPT": "ln=4,r=8,p=1"}

_open = []
_folders = []


def folder(name):
    """A new folder, removed by `close_all`; the user of PostgreSQL may pass through."""
    path = tempfile.mkdtemp(prefix=f"tc-{name}-")
    os.chmod(path, 0o711)
    _folders.append(path)
    return path


def close_all():
    """Ends everything that was started, the latest first, whatever state it is in."""
    while _open:
        _open.pop().end()
    while _folders:
        shutil.rmtree(_folders.pop(), ignore_errors=True)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def until(condition, seconds=20, what="what was waited for"):
    """Asks again until `condition()` is true, and gives what it gave."""
    deadline = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        assert time.monotonic() < deadline, f"{what} did not come within {seconds} s"
        time.sleep(0.01)


# --- Servers


class Postgres:
    """A server of one's own, made by Tests/Support/postgres.sh."""

    def __init__(self):
        self.folder = folder("postgres")
        _open.append(self)
        self.start()

    def _shell(self, script):
        lines = ". Tests/Support/setup.sh; . Tests/Support/postgres.sh; " + script
        done = subprocess.run(["bash", "-c", lines, "bash", f"{self.folder}/server"],
                              capture_output=True, text=True, stdin=subprocess.DEVNULL)
        assert done.returncode == 0, f"{script}: {done.stdout}{done.stderr}"
        return done.stdout.strip()

    def start(self):
        self.url = self._shell('start_postgres "$1" >&2 && printf %s "$TC_TEST_POSTGRES"')

    def kill(self):
        """As a power cut does: no process says goodbye."""
        self.signal("KILL")
        pid = int(self._pid)
        until(lambda: not os.path.exists(f"/proc/{pid}"), what="the end of PostgreSQL")

    def signal(self, name):
        with open(f"{self.folder}/server/data/postmaster.pid") as file:
            self._pid = file.readline().strip()
        self._shell(f'signal_postgres "$1" {name}')

    def end(self):
        self._shell('signal_postgres "$1" CONT 2>&1 || true; stop_postgres "$1" || true')


class Redis:
    """A server of one's own, which comes back on the same port."""

    def __init__(self):
        self.folder = folder("redis")
        self.port = free_port()
        self.process = None
        _open.append(self)
        self.start()

    @property
    def url(self):
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self):
        self.process = subprocess.Popen(
            ["redis-server", "--bind", "127.0.0.1", "--port", str(self.port), "--dir", self.folder,
             "--save", "", "--appendonly", "no"], stdout=subprocess.DEVNULL)
        until(self._answers, what="Redis")

    def _answers(self):
        assert self.process.poll() is None, "Redis ended"
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(7) == b"+PONG\r\n"
        except OSError:
            return False

    def kill(self):
        self.process.kill()
        self.process.wait()

    end = kill


class Database:
    """A new database on the server of a URL."""

    def __init__(self, server_url, name):
        self._server = server_url
        self._name = f"{name.replace('-', '_')}_{os.getpid()}_{len(_open)}"
        sql(server_url, f"CREATE DATABASE {self._name}")
        self.url = server_url.rsplit("/", 1)[0] + "/" + self._name
        _open.append(self)

    def end(self):
        # The connections of daemons that were killed may still be there.
        sql(self._server, f"DROP DATABASE {self._name} WITH (FORCE)")


def sql(url, statement):
    """The lines that psql prints for a statement."""
    done = subprocess.run(["psql", "-XAtq", "-c", statement, url], capture_output=True, text=True,
                          stdin=subprocess.DEVNULL)
    assert done.returncode == 0, f"{statement}: {done.stderr}"
    return done.stdout.splitlines()


# --- tc


class Site:
    """One installation: a folder for state, and settings."""

    def __init__(self, name, **settings):
        self.folder = folder(name)
        keep = {key: value for key, value in os.environ.items()
                if not key.startswith("TC_") or key == "TC_SUITE"}
        self.environment = keep | {"TC_HOME": self.folder, "HOME": self.folder} | settings
        self.passwords = self.write("password", PASSWORD + "\n")

    def write(self, name, text):
        """The path of a private file with this text."""
        path = f"{self.folder}/{name}"
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(text)
        return path

    def start(self, *arguments, **more):
        """A process of `tc auth …`."""
        return subprocess.Popen([TC, "auth", *arguments], env=self.environment, text=True,
                                stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, **more)

    def run(self, *arguments, lines=()):
        """What `tc auth …` came to: its status, records and standard error."""
        text = "".join(json.dumps(line) + "\n" for line in lines)
        done = subprocess.run([TC, "auth", *arguments], env=self.environment, text=True,
                              input=text, capture_output=True)
        done.records = [json.loads(line) for line in done.stdout.splitlines()]
        return done

    def one(self, *arguments, lines=()):
        """The only record of a command that must succeed."""
        done = self.run(*arguments, lines=lines)
        assert done.returncode == 0, (arguments, done.returncode, done.stdout, done.stderr)
        assert len(done.records) == 1, done.stdout
        return done.records[0]

    def data(self, *arguments, lines=()):
        """What `tc data …` came to: its status, records and standard error."""
        text = "".join(json.dumps(line) + "\n" for line in lines)
        done = subprocess.run([TC, "data", *arguments], env=self.environment, text=True,
                              input=text, capture_output=True)
        done.records = [json.loads(line) for line in done.stdout.splitlines()]
        return done

    def user(self, email, role="user"):
        return self.one("register", "--email", email, "--role", role, "--password-file",
                        self.passwords)

    def issue(self, email):
        """A session with both tokens."""
        return self.one("issue-token", "--user", email, "--refresh")


class Daemon:
    """`tc serve FAMILY`, with its log."""

    def __init__(self, site, *flags, family="auth", listen="127.0.0.1:0", prefix=(), **more):
        flags = list(flags) + (["--listen", listen] if listen else [])
        self.site = site
        self.lines = []
        self._changed = threading.Condition()
        self.process = subprocess.Popen(
            [*prefix, TC, "serve", family, *flags], env=site.environment | more.pop("env", {}),
            stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, **more)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        _open.append(self)
        address = self.wait_for("listening")["addresses"][0]
        self.port = int(address.rsplit(":", 1)[1]) if ":" in address else None
        self.client = Client(self.port)

    def _read(self):
        for line in self.process.stderr:
            with self._changed:
                self.lines.append(line)
                self._changed.notify_all()
        with self._changed:
            self.lines.append("")
            self._changed.notify_all()

    def wait_for(self, words, since=0, seconds=30):
        """The record of the log's first line with these words, from the one numbered `since`."""
        deadline = time.monotonic() + seconds
        with self._changed:
            while True:
                for line in self.lines[since:]:
                    if words in line:
                        return json.loads(line)
                log = "".join(self.lines[-5:])
                assert not (self.lines and self.lines[-1] == ""), f"the daemon ended: {log}"
                left = deadline - time.monotonic()
                assert left > 0, f"no '{words}' in the log within {seconds} s: {log}"
                self._changed.wait(left)

    def records(self, since=0):
        with self._changed:
            return [json.loads(line) for line in self.lines[since:] if line]

    def memory_kb(self):
        with open(f"/proc/{self.process.pid}/status") as file:
            return int(next(line.split()[1] for line in file if line.startswith("VmRSS")))

    def metric(self, name):
        """The value of a series of /metrics."""
        text = self.client.send("GET", "/metrics").text
        return next(float(line.rsplit(" ", 1)[1]) for line in text.splitlines()
                    if line.rsplit(" ", 1)[0] == name)

    def kill(self):
        self.process.kill()
        self.process.wait()
        self._reader.join()

    def stop(self):
        """Ends it as an operator does; it must go in peace."""
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(30)
        self._reader.join()
        assert status == 0, (status, self.lines[-5:])

    def end(self):
        if self.process.poll() is None:
            self.kill()


# --- A client


class Answer:
    def __init__(self, status, fields, body):
        self.status, self.fields, self.text = status, fields, body.decode(errors="replace")

    def header(self, name):
        values = self.all(name)
        return values[0] if values else None

    def all(self, name):
        return [value for key, value in self.fields if key.lower() == name.lower()]

    @property
    def json(self):
        return json.loads(self.text)

    @property
    def cookies(self):
        return {pair.split("=", 1)[0]: pair.split("=", 1)[1].split(";")[0]
                for pair in self.all("set-cookie")}


class Client:
    """Plain HTTP to a daemon on this machine; a connection a thread, kept while it lasts."""

    def __init__(self, port, timeout=60):
        self.port, self.timeout = port, timeout
        self._local = threading.local()

    def send(self, method, path, body=None, bearer=None, cookie=None, address=None, headers=()):
        """The answer; OSError or HTTPException where there is none."""
        fields = dict(headers)
        if body is not None:
            fields["Content-Type"] = "application/json"
            body = json.dumps(body) if not isinstance(body, (bytes, str)) else body
        if bearer:
            fields["Authorization"] = f"Bearer {bearer}"
        if cookie:
            fields["Cookie"] = cookie
        if address:
            fields["X-Forwarded-For"] = address
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
            self._local.connection = connection
        try:
            connection.request(method, path, body, fields)
            response = connection.getresponse()
            return Answer(response.status, response.getheaders(), response.read())
        except (OSError, http.client.HTTPException):
            connection.close()
            self._local.connection = None
            raise

    def refresh(self, token, address=None):
        return self.send("POST", "/v1/auth/refresh", cookie=f"tc_refresh={token}", address=address)


def digest(token):
    return hashlib.sha256(token.encode()).hexdigest()


def query_of(url):
    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query))
