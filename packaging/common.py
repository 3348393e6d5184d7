"""What the packages have in common: facts of Cargo.toml, what goes in beside the binary, and archives that are the same
bytes whenever they are packed."""

import datetime
import gzip
import io
import os
import pathlib
import platform
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PACKAGE = tomllib.loads((ROOT / "Cargo.toml").read_text("utf-8"))["package"]
NAME, VERSION = PACKAGE["name"], PACKAGE["version"]
BUILT = pathlib.Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target")
OUT = BUILT / "packages"

# What Rust calls a system and what others do: archives, wheels, npm (system and processor), Debian.
TARGETS = {
    "x86_64-unknown-linux-musl": (
        "linux-x86_64", "manylinux2014_x86_64.manylinux_2_17_x86_64.musllinux_1_1_x86_64", "linux", "x64", "amd64"),
    "aarch64-unknown-linux-musl": (
        "linux-arm64", "manylinux2014_aarch64.manylinux_2_17_aarch64.musllinux_1_1_aarch64", "linux", "arm64", "arm64"),
    "x86_64-apple-darwin": ("macos-x86_64", "macosx_10_12_x86_64", "darwin", "x64", None),
    "aarch64-apple-darwin": ("macos-arm64", "macosx_11_0_arm64", "darwin", "arm64", None),
    "x86_64-pc-windows-msvc": ("windows-x86_64", "win_amd64", "win32", "x64", None),
}


class Build:
    """The binary that is packed: the one that packaging/build made for this machine, or for the TARGET that is named."""

    def __init__(self):
        arch = {"arm64": "aarch64", "AMD64": "x86_64"}.get(platform.machine(), platform.machine())
        default = {"Darwin": f"{arch}-apple-darwin", "Windows": f"{arch}-pc-windows-msvc"}
        self.target = (sys.argv[1:] or [default.get(platform.system(), f"{arch}-unknown-linux-musl")])[0]
        self.label, self.wheel, self.os, self.cpu, self.debian = TARGETS[self.target]
        self.name = NAME + (".exe" if self.os == "win32" else "")
        self.path = BUILT / self.target / "dist" / self.name
        self.binary = self.path.read_bytes()

    def says(self, *words):
        """What the binary prints. English, whatever the machine speaks."""
        environment = os.environ | {"LC_ALL": "C"}
        return subprocess.run([self.path, *words], check=True, stdout=subprocess.PIPE, env=environment).stdout

    def manual(self):
        """Manual pages, by their path below share/man."""
        with tempfile.TemporaryDirectory() as folder:
            self.says("man", "-o", f"{folder}/man", "--quiet")
            return files(pathlib.Path(folder) / "man")

    def completions(self, shell):
        return self.says("completions", shell)


def files(folder):
    """The files below a folder, by their path in it."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def licences():
    """The licence of bantin, those of its fonts, and the notices of all that is built in."""
    fonts = {path.name: path.read_bytes() for path in sorted((ROOT / "fonts").glob("OFL-*.txt"))}
    notices = subprocess.run([sys.executable, ROOT / "packaging/notices"], check=True, stdout=subprocess.PIPE).stdout
    return {"LICENSE": (ROOT / "LICENSE").read_bytes(), **fonts, "NOTICES.txt": notices}


def time():
    """The time that all files in packages have: that of the commit."""
    asked = os.environ.get("SOURCE_DATE_EPOCH")
    git = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    return int(asked or subprocess.run(git, check=True, stdout=subprocess.PIPE).stdout)


def tar_gz(entries, programs):
    """A .tar.gz of files by their path; programs are those that can be run."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for path, data in sorted(entries.items()):
            entry = tarfile.TarInfo(path)
            entry.size, entry.mtime, entry.mode = len(data), time(), 0o755 if path in programs else 0o644
            tar.addfile(entry, io.BytesIO(data))
    return gzip.compress(packed.getvalue(), 9, mtime=0)


def zip_file(entries, programs):
    """The same as a .zip. Its clock begins in 1980 and counts by two seconds."""
    moment = datetime.datetime.fromtimestamp(max(time(), 315532800), datetime.timezone.utc).timetuple()[:6]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, data in entries.items():
            entry = zipfile.ZipInfo(path, moment)
            entry.create_system = 3
            entry.external_attr = (0o100755 if path in programs else 0o100644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data, compresslevel=9)
    return packed.getvalue()


def write(name, data):
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / name).write_bytes(data)
    print(f"{OUT / name}: {len(data) / 1e6:.1f} MB")
