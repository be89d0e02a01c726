"""A PostgreSQL of the tests' own: initdb in a temporary folder, a unix socket in it, no TCP, the extension installed beside
copies of the programs, so that nothing of the machine is touched. Stopped and removed when the `with` ends."""
import os
import pwd
import shutil
import subprocess
import tempfile

SOURCE = os.environ.get("BEHOV_SOURCE") or os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PG_CONFIG = os.environ.get("PG_CONFIG", "pg_config")


def asked(option):
    return subprocess.run([PG_CONFIG, option], check=True, capture_output=True, text=True).stdout.strip()


def missing():
    """Why no server can be started here, or None."""
    if not shutil.which(PG_CONFIG):
        return "needs pg_config (postgresql-server-dev-15)"
    if not os.path.exists(asked("--pgxs")):
        return "needs PGXS (postgresql-server-dev-15)"
    if not os.path.exists(os.path.join(asked("--bindir"), "initdb")):
        return "needs initdb (postgresql-15)"
    if not shutil.which("make"):
        return "needs make"
    if os.geteuid() == 0 and not shutil.which("setpriv"):
        return "needs setpriv: root must not run a server"
    return None


class Server:
    def __init__(self, settings=()):
        self.settings = dict(settings)

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="behov-pg-")
        os.chmod(self.folder, 0o755)
        try:
            self.install()
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        data = os.path.join(self.folder, "data")
        if os.path.exists(os.path.join(data, "postmaster.pid")):
            subprocess.run(self.as_user([self.program("pg_ctl"), "-D", data, "-m", "immediate", "-w", "stop"]),
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.folder)
        shutil.rmtree(self.folder, ignore_errors=True)

    def as_user(self, command):
        """root runs no server: postgres does, or nobody."""
        if os.geteuid() != 0:
            return command
        names = {entry.pw_name for entry in pwd.getpwall()}
        self.user = "postgres" if "postgres" in names else "nobody"
        group = str(pwd.getpwnam(self.user).pw_gid)
        return ["setpriv", "--reuid", self.user, "--regid", group, "--clear-groups"] + command

    def program(self, name):
        return os.path.join(self.folder + self.bindir, name)

    def install(self):
        """Programs find what belongs to them beside themselves: copies of them, and links to the rest."""
        self.bindir = asked("--bindir")
        shutil.copytree(self.bindir, self.folder + self.bindir)
        for option in "--pkglibdir", "--sharedir":
            folder = asked(option)
            subprocess.run(["mkdir", "-p", self.folder + os.path.dirname(folder)], check=True)
            subprocess.run(["cp", "-rs", folder, self.folder + folder], check=True)
        build = os.path.join(self.folder, "source")
        for part in "postgresql", "core", "include":
            shutil.copytree(os.path.join(SOURCE, "lib", part), os.path.join(build, "lib", part),
                            ignore=shutil.ignore_patterns("*.o", "*.so"))
        make = ["make", "-s", "-C", os.path.join(build, "lib", "postgresql"), "PG_CONFIG=" + PG_CONFIG]
        for words in [], ["install", "DESTDIR=" + self.folder]:
            done = subprocess.run(make + words, capture_output=True, text=True)
            if done.returncode != 0 or "warning" in done.stderr:
                raise SystemExit("the extension is not built without a word:\n" + done.stdout + done.stderr)

    def start(self):
        data = os.path.join(self.folder, "data")
        os.mkdir(data)
        os.mkdir(os.path.join(self.folder, "exchange"))
        self.as_user([])
        if os.geteuid() == 0:
            for folder in data, os.path.join(self.folder, "exchange"):
                shutil.chown(folder, self.user)
        run = dict(check=True, cwd=self.folder, stdout=subprocess.DEVNULL)
        subprocess.run(self.as_user([self.program("initdb"), "-D", data, "-U", "behov", "-A", "trust", "-E", "UTF8",
                                     "--locale", "C", "--no-sync"]), **run)
        settings = {"listen_addresses": "''", "unix_socket_directories": "'%s'" % data, "fsync": "off",
                    "max_worker_processes": "8", "max_parallel_workers": "8", "shared_buffers": "'128MB'",
                    "autovacuum": "off", "max_wal_size": "'8GB'", "wal_level": "minimal", "max_wal_senders": "0",
                    **self.settings}
        with open(os.path.join(data, "postgresql.conf"), "a", encoding="utf-8") as file:
            file.writelines("%s = %s\n" % item for item in settings.items())
        self.log = os.path.join(data, "log.txt")
        subprocess.run(self.as_user([self.program("pg_ctl"), "-D", data, "-l", self.log, "-w", "-t", "300", "start"]), **run)
        self.connection = "host=%s user=behov dbname=postgres" % data
        self.exchange = os.path.join(self.folder, "exchange")

    def psql(self, *words, **options):
        return subprocess.Popen([self.program("psql"), "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", "-d", self.connection,
                                 *words], text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)

    def attempt(self, sql):
        """(lines, error): one session for the statements."""
        process = self.psql(stdin=subprocess.PIPE)
        out, error = process.communicate(sql)
        return out.splitlines(), error

    def ask(self, sql):
        lines, error = self.attempt(sql)
        if error:
            raise AssertionError(error.strip() + "\nin: " + sql)
        return lines
