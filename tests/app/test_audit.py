"""`timer-app audit` of a running app: it asks over the socket, the app's sender repairs."""

from __future__ import annotations

import json

from tests.app.conftest import RunCommand, work_before
from tests.support.services import Services
from tests.support.whole_app import WholeApp

CHANGES = (("POST", ""), ("PATCH", ""), ("DELETE", ""))


def _changes(services: Services) -> int:
    sites = (services.sandbox.timecrowd, services.sandbox.kaiten)
    return sum(site.requests.count(*request) for site in sites for request in CHANGES)


def test_the_app_audits_and_repairs(app: WholeApp, services: Services, command: RunCommand) -> None:
    work_before(app, services)
    dates = ("audit", "--from", "yesterday")
    code, out = command(*dates, "--json")
    assert (code, {row["verdict"] for row in json.loads(out)["rows"]}) == (0, {"matched"})
    services.do(services.sandbox.kaiten.state.logs.clear)
    changes = services.do(lambda: _changes(services))
    code, out = command(*dates)
    assert code == 4
    assert "Log it in Kaiten." in out
    assert services.do(lambda: _changes(services)) == changes
    code, out = command(*dates, "--repair", "all", "--json")
    assert (code, {row["verdict"] for row in json.loads(out)["rows"]}) == (0, {"matched"})
    assert len(services.logs()) == 1
    assert command(*dates)[0] == 0
