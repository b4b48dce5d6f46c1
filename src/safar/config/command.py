"""The `safar` command: what a centre's technician runs. The start script at the root sets the environment up and calls this."""

import argparse
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

ROOT = Path(__file__).resolve().parents[3]
COUNTRIES = ("uz", "kg", "tj")
# Without coverage, which makes Python 3.11 1.7 times slower: `make coverage` measures the whole, CI the domains.
_SUITE = ["-n", "auto", "--dist", "loadgroup", "-m", "not sweep"]

if TYPE_CHECKING:
    Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001  (the type has no public name)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand and return the exit code."""
    arguments = sys.argv[1:] if argv is None else list(argv)
    # Everything after `manage` and `test` belongs to Django and pytest, whose options argparse must not read.
    if arguments[:1] == ["manage"]:
        return _manage(arguments[1:])
    if arguments[:1] == ["test"]:
        return _test(arguments[1:])
    if arguments[:1] == ["link"]:
        from safar.config.analyst_link import main as link

        return link(arguments[1:])
    if arguments[:1] == ["names"]:
        from safar.config.analyst_names import main as names

        return names(arguments[1:])
    options = _parser().parse_args(arguments)
    return int(options.run(options) or 0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="safar", description="The open platform a Migrant Resource Centre runs on.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_running(commands)
    _add_keeping(commands)
    _add_importing(commands)
    commands.add_parser("manage", help="Django's own commands: safar manage migrate")
    commands.add_parser("link", help="find the records of one person in a registry file: safar link --help")
    commands.add_parser("names", help="keys, explain, match: names compared across scripts, for analysts")
    commands.add_parser("test", help="pass the tests; further words go to pytest")
    return parser


def _add_running(commands: "Commands") -> None:
    demo = commands.add_parser("demo", help="build a country's demo node with generated people and serve it")
    demo.add_argument("--country", choices=COUNTRIES, default="uz")
    demo.add_argument("--people", type=int, default=0, help="how many people instead of a realistic month")
    demo.add_argument("--seed", type=int, default=1, help="the same seed gives the same month")
    demo.add_argument("--port", type=int, default=8000)
    demo.add_argument("--fresh", action="store_true", help="throw the earlier demo away first")
    demo.add_argument("--build-only", action="store_true", help="build the demo and stop")
    demo.set_defaults(run=_demo)
    serve = commands.add_parser("serve", help="serve this installation")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--workers", type=int, default=2)
    serve.set_defaults(run=_serve)
    opening = commands.add_parser("open", help="open a new node: its centres, its guide and the first administrator")
    opening.add_argument("email")
    opening.add_argument("name")
    opening.set_defaults(run=lambda options: _django("open_node", options.email, options.name))


def _add_keeping(commands: "Commands") -> None:
    check = commands.add_parser("check", help="check settings, database, data files and event store")
    check.set_defaults(run=lambda _: _django("check_installation"))
    backup = commands.add_parser("backup", help="write everything the installation holds into one file")
    backup.add_argument("file", type=Path)
    backup.set_defaults(run=lambda options: _django("backup", str(options.file)))
    nightly = commands.add_parser("nightly", help="do the work of every night: end what has had its term, and more")
    nightly.set_defaults(run=lambda _: _django("nightly"))
    restore = commands.add_parser("restore", help="put a backup into an empty data folder and verify it")
    restore.add_argument("file", type=Path)
    restore.set_defaults(run=lambda options: _django("restore", str(options.file)))


def _add_importing(commands: "Commands") -> None:
    importer = commands.add_parser("import", help="import files kept elsewhere")
    kinds = importer.add_subparsers(required=True, metavar="KIND")
    register = kinds.add_parser("register", help="an Excel register of visits: shows a dry run, imports with --commit")
    register.add_argument("file", type=Path)
    centre_help = "code of the centre that kept it; the node's only centre when not given"
    register.add_argument("--centre", default="", help=centre_help)
    paper_help = "these people signed; the paper is at the centre"
    register.add_argument("--consent-on-paper", action="store_true", help=paper_help)
    register.add_argument("--default-mode", default="", help="code of the mode for visits that do not say how")
    register.add_argument("--commit", action="store_true", help="import the rows that are in order")
    register.add_argument("--errors", type=Path, help="where to write the .xlsx that says what to mend")
    register.set_defaults(run=_import_register)


def _import_register(options: argparse.Namespace) -> int:
    words = [str(options.file)]
    words += ["--centre", options.centre] if options.centre else []
    words += ["--consent-on-paper"] if options.consent_on_paper else []
    words += ["--default-mode", options.default_mode] if options.default_mode else []
    words += ["--commit"] if options.commit else []
    words += ["--errors", str(options.errors)] if options.errors else []
    return _django("import_register", *words)


def _demo(options: argparse.Namespace) -> int:
    folder = Path(os.environ.get("SAFAR_DATA") or ROOT / "var" / f"demo-{options.country}")
    os.environ["SAFAR_DATA"] = str(folder)
    os.environ["SAFAR_COUNTRY"] = options.country.upper()
    os.environ["DJANGO_SETTINGS_MODULE"] = "safar.config.settings.demo"
    if options.fresh and folder.exists():
        shutil.rmtree(folder)
    _prepare(folder)
    words = ["--seed", str(options.seed), "--people", str(options.people)]
    if code := _django("build_demo", *words):
        return code
    if options.build_only:
        return 0
    print(f"\nSafar is at http://127.0.0.1:{options.port}/ (stop with Ctrl+C)", flush=True)
    print(f"Passkeys need a name instead of a number: http://localhost:{options.port}/desk/", flush=True)
    return _granian("127.0.0.1", options.port, workers=1)


def _serve(options: argparse.Namespace) -> int:
    folder = Path(os.environ.get("SAFAR_DATA") or ROOT / "var")
    os.environ["SAFAR_DATA"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safar.config.settings.centre")
    _prepare(folder)
    return _granian(options.host, options.port, options.workers)


def _prepare(folder: Path) -> None:
    """Make the data folder, its secret, the tables and the static files; quick when nothing changed."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    secret = folder / "secret_key"
    if "SAFAR_SECRET_KEY" not in os.environ:
        if not secret.exists():
            secret.touch(mode=0o600)
            secret.write_text(secrets.token_urlsafe(48), encoding="ascii")
        os.environ["SAFAR_SECRET_KEY"] = secret.read_text(encoding="ascii")
    print("Preparing translations, tables and static files …", flush=True)
    _django("compile_translations")
    _django("migrate", "--verbosity", "0")
    _django("collectstatic", "--verbosity", "0", "--no-input")


def _granian(host: str, port: int, workers: int) -> int:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    command += ["--workers", str(workers), "--blocking-threads", "4", "--no-access-log", "--log-level", "warning"]
    try:
        return subprocess.call([*command, "safar.config.wsgi:application"], cwd=ROOT)
    except KeyboardInterrupt:
        return 0


def _manage(words: list[str]) -> int:
    _configure()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["safar manage", *words])
    return 0


def _configure() -> None:
    """Name data folder, settings and secret of this installation, where the environment does not."""
    _prefer_the_demo_where_it_is_all_there_is()
    os.environ.setdefault("SAFAR_DATA", str(ROOT / "var"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safar.config.settings.centre")
    secret = Path(os.environ["SAFAR_DATA"]) / "secret_key"
    if "SAFAR_SECRET_KEY" not in os.environ:
        # Before the first start, as when a backup is restored, there is none yet: one for this run is enough.
        kept = secret.read_text(encoding="ascii") if secret.exists() else secrets.token_urlsafe(48)
        os.environ["SAFAR_SECRET_KEY"] = kept


def _prefer_the_demo_where_it_is_all_there_is() -> None:
    """Whoever has only tried `./safar demo` means that demo when they import or check something."""
    if "SAFAR_DATA" in os.environ or "SAFAR_DATABASE_URL" in os.environ or (ROOT / "var" / "safar.sqlite3").exists():
        return
    demos = sorted(path.parent for path in (ROOT / "var").glob("demo-??/safar.sqlite3"))
    if len(demos) == 1:
        os.environ["SAFAR_DATA"] = str(demos[0])
        os.environ["SAFAR_COUNTRY"] = demos[0].name.removeprefix("demo-").upper()
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safar.config.settings.demo")
        print(f"Working on the demo in {demos[0].relative_to(ROOT)}.", file=sys.stderr)


def _django(name: str, *words: str) -> int:
    """Run a management command in this process, with its messages but without its traceback for expected errors."""
    _configure()
    import django
    from django.core.management import CommandError, call_command

    django.setup()
    try:
        call_command(name, *words)
    except CommandError as error:
        print(f"{name}: {error}", file=sys.stderr)
        return 1
    return 0


def _test(words: list[str]) -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "safar.config.settings.test"
    _django("compile_translations")
    _find_browser()
    # The whole suite ends with one more question: has every page been shown by some test?
    environment = os.environ if words else {**os.environ, "SAFAR_WHOLE_SUITE": "1"}
    suite = words or [*_SUITE]
    if not words:
        print("The sweep of every page in the browser is a run of its own: ./safar test -m sweep", flush=True)
    return subprocess.call([sys.executable, "-m", "pytest", *suite], cwd=ROOT, env=environment)


def _find_browser() -> None:
    """Make sure that the journeys have a browser: install Debian's where we may, else say loudly that they are left out."""
    if shutil.which("chromium") or os.environ.get("SAFAR_WITHOUT_BROWSER") == "1":
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("Installing Chromium for the journeys in the browser …", file=sys.stderr, flush=True)
        for words in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "chromium"]):
            quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            subprocess.run(["apt-get", *words], env=quiet, stdout=subprocess.DEVNULL, check=False)
    if not shutil.which("chromium"):
        print("Chromium is missing (apt install chromium): the journeys in the browser are LEFT OUT.", file=sys.stderr)
        os.environ["SAFAR_WITHOUT_BROWSER"] = "1"


if __name__ == "__main__":
    sys.exit(main())
