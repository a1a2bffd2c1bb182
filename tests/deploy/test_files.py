"""What `deploy/` holds is whole and fits together: each file by a tool that knows its kind.

What no test can do here is said in `docs/deploying.md`: no image is built, no cluster is asked.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from mmhs_finder.application import Application
from mmhs_finder.channels.shell.headers import (
    FOR_PROGRAMS,
    OFFERED_FILES,
    OPEN_REFERRAL,
    TEXT_PAGES,
)
from mmhs_finder.channels.shell.index_page import APP_PAGES
from mmhs_finder.directory import Directory
from mmhs_finder.render.html.away import away_page
from mmhs_finder.render.html.pages.embedding import EMBED_AT
from mmhs_finder.render.html.whole import WHOLE_AT
from tests import tools
from tests.deploy.fleet import DEPLOY, NAMES, PORTS, ROOT, written_config

MANIFESTS = sorted(p for p in (DEPLOY / "kubernetes").glob("*.yaml") if p.stem != "kustomization")
IMAGE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
NGINX = DEPLOY / "nginx"
USER = 10001


def documents() -> list[dict[str, Any]]:
    return [
        one for path in MANIFESTS for one in yaml.safe_load_all(path.read_text(encoding="utf-8"))
    ]


def manifest(kind: str) -> dict[str, Any]:
    (found,) = (one for one in documents() if one["kind"] == kind)
    return found


def compose() -> dict[str, Any]:
    loaded = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def upload_megabytes() -> int:
    config = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    return int(config["server"]["maxUploadSize"])


# --- nginx ----------------------------------------------------------------------------------------


def test_nginx_takes_its_configuration(tmp_path: Path) -> None:
    program = tools.need("nginx")
    config = written_config(tmp_path / "nginx", 8080, PORTS)
    command = [program, "-t", "-p", str(tmp_path), "-e", str(tmp_path / "e.log"), "-c", str(config)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr


def test_a_list_fits_through_everything_before_the_app_and_is_not_spooled() -> None:
    limit = f"{upload_megabytes() + 1}m"  # the parts of a form take some room, too
    whole = (NGINX / "nginx.conf").read_text(encoding="utf-8")
    assert re.findall(r"client_max_body_size (\w+);", whole) == [limit]
    ingress = manifest("Ingress")["metadata"]["annotations"]
    assert ingress["nginx.ingress.kubernetes.io/proxy-body-size"] == limit
    assert ingress["nginx.ingress.kubernetes.io/proxy-request-buffering"] == "off"
    site = (NGINX / "site.conf").read_text(encoding="utf-8")
    assert "proxy_request_buffering off;" in site


def test_nothing_that_may_hold_an_answer_is_in_the_format_of_the_log() -> None:
    whole = (NGINX / "nginx.conf").read_text(encoding="utf-8")
    lines = re.findall(r"^\s*log_format .*;$", whole, re.MULTILINE)
    assert len(lines) == 1
    held = set(re.findall(r"\$(\w+)", lines[0]))
    assert held == {
        "network",
        "time_iso8601",
        "request_method",
        "page",
        "status",
        "body_bytes_sent",
        "request_time",
    }


def test_the_log_names_every_page_and_every_way_in() -> None:
    """What it does not know is "other": an operator would not see that nobody can get the feed."""
    text = (NGINX / "nginx.conf").read_text(encoding="utf-8")
    alone, below = (set(named.split("|")) for named in re.findall(r"<named>([^)]*)\)", text))
    pages = (*APP_PAGES, FOR_PROGRAMS, OPEN_REFERRAL, EMBED_AT)
    assert {page.strip("/") for page in pages} <= alone
    rooms = (TEXT_PAGES, OFFERED_FILES, FOR_PROGRAMS, OPEN_REFERRAL, WHOLE_AT, EMBED_AT)
    assert {room.strip("/") for room in rooms} <= below


def test_in_containers_the_replicas_have_names_and_nothing_else_differs() -> None:
    own = (NGINX / "replicas.conf").read_text(encoding="utf-8")
    for name, port in zip(NAMES, PORTS, strict=True):
        own = own.replace(f"127.0.0.1:{port}", f"replica-{name}:{port}")
    assert (NGINX / "replicas.container.conf").read_text(encoding="utf-8") == own


def test_the_page_for_when_nobody_answers_has_the_numbers_of_the_directory(
    real_directory: Directory,
) -> None:
    page = (NGINX / "busy.html").read_text(encoding="utf-8")
    made = away_page(Application(real_directory).urgent_strips[None])
    assert page == made, "python deploy/busy_page.py"
    assert "tel:999" in page
    addresses = set(re.findall(r'(?:href|src|action)="([^"]+)"', page))
    inside = {a for a in addresses if not a.startswith(("tel:", "sms:", "https://"))}
    assert inside == {"/", "#main", "#numbers"}, "it needs no server"
    assert "url(" not in page and "<script" not in page


# --- containers -----------------------------------------------------------------------------------


def test_the_dockerfile_is_one_that_a_linter_passes() -> None:
    hadolint = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([hadolint, DEPLOY / "Dockerfile"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_the_image_holds_what_the_app_needs_and_no_tools_for_tests() -> None:
    assert re.search(r"^ARG PYTHON=3\.11\.\d+-slim-\w+$", IMAGE, re.MULTILINE)
    assert "--require-hashes" in IMAGE and "requirements-dev" not in IMAGE
    assert re.findall(r"^USER (\d+):\1$", IMAGE, re.MULTILINE) == [str(USER)]
    for line in ("STOPSIGNAL SIGTERM", "postcodes build", "data check", "/healthz"):
        assert line in IMAGE
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    assert "*" in ignored
    taken = {line[1:] for line in ignored if line.startswith("!")}
    assert all((ROOT / path).exists() for path in taken)
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", IMAGE, re.MULTILINE)
    assert {path for line in copied for path in line.split()} == taken


def test_the_start_gives_on_the_secret_and_the_signal(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("long and random\n", encoding="utf-8")
    said = "import os; print(os.getpid(), os.environ.get('STREAMLIT_SERVER_COOKIE_SECRET'))"
    started = subprocess.Popen(
        [DEPLOY / "start.sh", sys.executable, "-c", said],
        env={"COOKIE_SECRET_FILE": str(secret), "PATH": "/usr/bin:/bin"},
        stdout=subprocess.PIPE,
        text=True,
    )
    out, _ = started.communicate()
    assert out.split(maxsplit=1) == [str(started.pid), "long and random\n"], "no shell between"


@pytest.mark.parametrize("name", ["replica-a", "replica-b", "replica-c", "nginx"])
def test_a_service_of_compose_may_do_nothing_but_serve(name: str) -> None:
    service = compose()["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["ulimits"]["nofile"] == {"soft": 65536, "hard": 65536}
    assert service["mem_limit"] and service["logging"]["options"]["max-size"]
    assert not {"privileged", "network_mode", "pid", "devices"} & service.keys()


def test_the_replicas_of_compose_are_those_of_nginx_and_share_one_secret() -> None:
    of = compose()
    replicas = {n: s for n, s in of["services"].items() if n != "nginx"}
    assert list(replicas) == [f"replica-{name}" for name in NAMES]
    ports = [s["environment"].get("STREAMLIT_SERVER_PORT", "8501") for s in replicas.values()]
    assert ports == [str(port) for port in PORTS]
    for service in replicas.values():
        assert service["secrets"] == ["cookie_secret"]
        assert service["networks"] == ["inside"] and "ports" not in service
    inside = of["networks"]["inside"]
    assert inside["internal"] is True
    (subnet,) = inside["ipam"]["config"]
    trusted = {s["environment"]["MMHS_TRUSTED_PROXIES"] for s in replicas.values()}
    assert trusted == {subnet["subnet"]}
    front = of["services"]["nginx"]
    assert {*front["depends_on"]} == {*replicas}
    mounted = [volume.split(":") for volume in front["volumes"]]
    assert all((DEPLOY / source).is_file() and mode == "ro" for source, _, mode in mounted)
    assert "/deploy/cookie_secret" in (ROOT / ".gitignore").read_text(encoding="utf-8")


# --- systemd --------------------------------------------------------------------------------------


def test_systemd_understands_every_line_of_the_units(tmp_path: Path) -> None:
    program = tools.need("systemd-analyze")
    units = []
    for path in sorted((DEPLOY / "systemd").iterdir()):
        text = path.read_text(encoding="utf-8")
        unit = tmp_path / path.name
        # The programs are not where they will be.
        unit.write_text(re.sub(r"^(ExecStart=)\S+", r"\1/bin/true", text, flags=re.M), "utf-8")
        units.append(unit)
    done = subprocess.run([program, "verify", *units], capture_output=True, text=True)
    assert done.returncode == 0 and not done.stderr, done.stderr


def test_the_unit_is_nobody_and_has_room_for_sockets() -> None:
    unit = (DEPLOY / "systemd" / "mmhs@.service").read_text(encoding="utf-8")
    for line in (
        "DynamicUser=yes",
        "LimitNOFILE=65536",
        "Restart=always",
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "CapabilityBoundingSet=",
        "MemorySwapMax=0",
    ):
        assert f"\n{line}\n" in unit


# --- Kubernetes -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda p: p.stem)
def test_a_manifest_fits_its_schema(path: Path) -> None:
    found = list(yaml.safe_load_all(path.read_text(encoding="utf-8")))
    assert found
    for one in found:
        kubernetes_validate.validate(one, kubernetes_validate.latest_version(), strict=True)


def test_a_field_that_no_manifest_has_is_noticed() -> None:
    wrong = manifest("Service") | {"spce": {}}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, kubernetes_validate.latest_version(), strict=True)


def test_every_manifest_is_applied() -> None:
    listed = yaml.safe_load((DEPLOY / "kubernetes/kustomization.yaml").read_text(encoding="utf-8"))
    assert sorted(listed["resources"]) == [path.name for path in MANIFESTS]
    assert {one["kind"] for one in documents()} == {
        "Namespace",
        "ConfigMap",
        "Deployment",
        "Service",
        "Ingress",
        "HorizontalPodAutoscaler",
        "PodDisruptionBudget",
        "NetworkPolicy",
    }


def test_a_pod_may_do_nothing_but_serve_and_says_when_it_can() -> None:
    pod = manifest("Deployment")["spec"]["template"]["spec"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["runAsUser"] == USER
    assert pod["automountServiceAccountToken"] is False
    (finder,) = pod["containers"]
    assert finder["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert finder["readinessProbe"]["httpGet"]["path"] == "/readyz"
    assert finder["startupProbe"]["httpGet"]["path"] == "/readyz"
    assert finder["livenessProbe"]["httpGet"]["path"] == "/healthz"
    assert {"cpu", "memory"} <= finder["resources"]["requests"].keys()


def test_the_manifests_are_about_the_same_pods() -> None:
    labels = {"app.kubernetes.io/name": "mmhs-finder"}
    deployment = manifest("Deployment")["spec"]
    assert deployment["template"]["metadata"]["labels"] == labels
    assert deployment["strategy"]["rollingUpdate"] == {"maxSurge": 1, "maxUnavailable": 0}
    assert "replicas" not in deployment, "or each `apply` would undo what the autoscaler did"
    assert deployment["selector"]["matchLabels"] == labels
    assert manifest("Service")["spec"]["selector"] == labels
    assert manifest("PodDisruptionBudget")["spec"]["selector"]["matchLabels"] == labels
    assert manifest("NetworkPolicy")["spec"]["podSelector"]["matchLabels"] == labels
    target = manifest("HorizontalPodAutoscaler")["spec"]["scaleTargetRef"]
    assert target["name"] == manifest("Deployment")["metadata"]["name"]
