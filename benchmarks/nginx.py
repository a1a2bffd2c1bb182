"""nginx before several processes of the app, on this machine and in a folder of its own.

With the configuration that is shipped (`deploy/nginx/`), so that its limits, its cache and its way
of leading visitors back are part of what is measured; only ports, paths and the number of processes
differ.
Not for: starting it (`servers`; for tests `tests.deploy.fleet`).
"""

from __future__ import annotations

import os
import string
from collections.abc import Sequence
from pathlib import Path
from typing import Final

SHIPPED: Final = Path(__file__).resolve().parent.parent / "deploy" / "nginx"

_SPOOLS: Final = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


class ConfigurationChanged(RuntimeError):
    """The shipped configuration has no longer what has to be replaced in it."""


def written(folder: Path, port: int, replicas: Sequence[int]) -> Path:
    """Writes a configuration into an empty folder; its path. port: where visitors come to.
    replicas: the ports of the processes. Raises `ConfigurationChanged`."""
    config = folder / "nginx.conf"
    config.write_text(_shipped(folder, port, replicas), encoding="utf-8")
    return config


def _spools(folder: Path) -> str:
    return " ".join(f"{name}_temp_path {folder}/{name};" for name in _SPOOLS)


def _shipped(folder: Path, port: int, replicas: Sequence[int]) -> str:
    places = folder / "mmhs"
    places.mkdir(parents=True)
    (folder / "cache").mkdir()
    for name in ("site.conf", "busy.html"):
        text = (SHIPPED / name).read_text(encoding="utf-8")
        (places / name).write_text(text.replace("/etc/nginx/mmhs", str(places)), encoding="utf-8")
    (places / "replicas.conf").write_text(_replicas(replicas), encoding="utf-8")
    user = "user root; " if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
    here = {
        "user www-data;": f"{user}daemon off;",
        "/run/nginx.pid": f"{folder}/nginx.pid",
        "/var/log/nginx": str(folder),
        "/var/cache/nginx/mmhs": str(folder / "cache"),
        "listen 8080;": f"listen 127.0.0.1:{port};",
        "include /etc/nginx/mmhs/replicas.conf;": (
            f"{_spools(folder)} include /etc/nginx/mmhs/replicas.conf;"
        ),
        "/etc/nginx/mmhs": str(places),
    }
    whole = (SHIPPED / "nginx.conf").read_text(encoding="utf-8")
    for shipped, own in here.items():
        if shipped not in whole:
            raise ConfigurationChanged(f"{shipped} is not in {SHIPPED / 'nginx.conf'} any more")
        whole = whole.replace(shipped, own)
    return whole


def _replicas(ports: Sequence[int]) -> str:
    """As `replicas.conf`, for so many processes."""
    named = dict(zip(string.ascii_lowercase, ports, strict=False))

    def group(name: str, own: str, rest: str) -> str:
        return f"upstream {name} {{ zone {name} 64k; {own} {rest} }}\n"

    every = " ".join(f"server 127.0.0.1:{one} max_fails=1 fail_timeout=2s;" for one in ports)
    text = "map $cookie_mmhs_browser $belongs_to { default $cookie_mmhs_browser; '' $remote_addr; }"
    text += "\n" + group("replicas", "hash $belongs_to consistent;", every)
    text += group("any_replica", every, "")
    goes = " ".join(f"{name} replica_{name};" for name in named)
    text += f"map $cookie_mmhs_replica $goes_to {{ default replicas; {goes} }}\n"
    answered = " ".join(f"~:{port}$ {name};" for name, port in named.items())
    text += f"map $upstream_addr $answered_by {{ default -; {answered} }}\n"
    for name, port in named.items():
        others = " ".join(f"server 127.0.0.1:{one} backup;" for one in ports if one != port)
        own = f"server 127.0.0.1:{port} max_fails=1 fail_timeout=2s;"
        text += group(f"replica_{name}", own, others)
    return text
