"""A small installation outside of the test's process: its own database, child processes and workers."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass
class Site:
    """Commands run with the settings of `tests.jobs.child_settings` against the site's own database."""

    folder: Path
    database: str
    broker: str = ""
    queue: str = ""
    processes: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    def migrate(self) -> "Site":
        self.command("migrate", "--verbosity", "0")
        return self

    @classmethod
    def new(cls, folder: Path) -> "Site":
        """A migrated site on the engine that the tests run on."""
        if "TEST_DATABASE_URL" not in os.environ:
            return cls(folder, f"sqlite:///{folder / 'site.sqlite3'}").migrate()
        return cls._on_postgresql(folder, "template1").migrate()

    @classmethod
    def _on_postgresql(cls, folder: Path, template: str) -> "Site":
        server, name = os.environ["TEST_DATABASE_URL"], f"site_{uuid.uuid4().hex}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return cls(folder, urlsplit(server)._replace(path=f"/{name}").geturl())

    def copy(self, folder: Path, *, broker: str = "", queue: str = "") -> "Site":
        """Another site that begins with the same database."""
        if self.is_on_sqlite:
            shutil.copytree(self.folder, folder, dirs_exist_ok=True)
            return Site(folder, f"sqlite:///{folder / 'site.sqlite3'}", broker, queue)
        site = Site._on_postgresql(folder, urlsplit(self.database).path.strip("/"))
        return replace(site, broker=broker, queue=queue)

    @property
    def is_on_sqlite(self) -> bool:
        return self.database.startswith("sqlite")

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.jobs.child_settings",
            "PYTHONPATH": f"{REPOSITORY / 'src'}:{REPOSITORY}",
            "DATABASE_URL": self.database,
            "DATA_DIR": str(self.folder),
            "BROKER_URL": self.broker,
            "TEST_QUEUE": self.queue,
            "JOB_PROCESSES": "2",
        }

    def start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        """A process of the site that goes on beside the test; `close` ends it."""
        with (self.folder / "output.log").open("ab") as output:
            process = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=REPOSITORY,
                env=self.environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def command(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=REPOSITORY,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def ask(self, code: str) -> Any:
        """What `answer` is after running `code` inside the site."""
        lines = f"import json\n{code}\nprint(json.dumps(answer, default=str))"
        return json.loads(self.command("shell", "--no-imports", "-c", lines))

    def give(self, kind: str, *, start: bool = False, **parameters: Any) -> int:
        """The id of a new job; with `start` it starts by itself as it would from a page."""
        act = "start_job" if start else "prepare_job"
        return int(
            self.ask(
                f"from phancong.jobs.actions import {act} as act\nfrom tests.factories import make_office\n"
                f"job = act({kind!r}, by=make_office(), parameters={parameters!r}, title='Cộng',"
                f" rows_total={parameters['upto']})\nanswer = job.pk"
            )
        )

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Rows of the site's database, read past Django: starting a command for each look would take seconds."""
        if self.is_on_sqlite:
            with closing(sqlite3.connect(self.database.removeprefix("sqlite:///"))) as connection:
                return connection.execute(query).fetchall()
        with psycopg.connect(self.database) as other:
            return other.execute(query).fetchall()

    def job(self, pk: int) -> dict[str, Any]:
        names = ("state", "message", "rows_done", "result")
        (row,) = self.rows(f"SELECT {', '.join(names)} FROM jobs_job WHERE id = {pk}")  # noqa: S608
        found = dict(zip(names, row, strict=True))
        if isinstance(found["result"], str):
            found["result"] = json.loads(found["result"])
        return found

    def chunks_done(self, pk: int) -> int:
        rows = self.rows(f"SELECT number FROM jobs_jobchunk WHERE job_id = {pk} AND state = 'done'")  # noqa: S608
        return len(rows)

    def beat(self, pk: int) -> datetime:
        """The last sign of life in the row of a job; on SQLite it stands in a file, and the row's is older."""
        (value,) = self.rows(f"SELECT beat_at FROM jobs_job WHERE id = {pk}")[0]  # noqa: S608
        return datetime.fromisoformat(value).replace(tzinfo=UTC) if isinstance(value, str) else value

    def rows_shown(self, pk: int) -> int:
        sign = self.folder / "jobs" / f"{pk}.json"
        return int(json.loads(sign.read_text())["rows"]) if sign.exists() else int(self.job(pk)["rows_done"])

    def marks(self) -> list[str]:
        """What the sample kinds wrote."""
        return [
            title for (title,) in self.rows("SELECT title FROM jobs_job WHERE kind = 'mark' ORDER BY title")
        ]

    def run_job(self, pk: int) -> None:
        self.command("run_job", str(pk))

    def start_worker(self) -> "subprocess.Popen[bytes]":
        """A Celery worker with one process, as one machine of an installation has it."""
        name = f"worker{len(self.processes)}@{self.queue}"
        options = (
            "-n",
            name,
            "--concurrency",
            "1",
            "--loglevel",
            "WARNING",
            "--without-gossip",
            "--without-mingle",
        )
        return self.start("-m", "celery", "-A", "phancong.config.celery", "worker", *options)

    def kill(self, process: "subprocess.Popen[bytes]") -> None:
        """End a process and its children at once, as a power cut does."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def wait_for(self, what: Callable[[], bool], *, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while not what():
            assert time.monotonic() < end, (self.folder / "output.log").read_text()[-4000:]
            time.sleep(0.3)

    def wait_until_over(self, pk: int, *, seconds: float = 60) -> dict[str, Any]:
        self.wait_for(lambda: self.job(pk)["state"] not in ("waiting", "running"), seconds=seconds)
        return self.job(pk)

    def close(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                self.kill(process)
