"""`doctor`: whether what the rules name is still there."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from timer_app.adapters.delivery.kaiten.gateway import KaitenGateway
from timer_app.adapters.delivery.timecrowd.gateway import TimeCrowdGateway
from timer_app.adapters.setup.settings.reader import Rule, Settings, line_of_rule
from timer_app.cli.doctor.findings import DoctorFinding, Severity
from timer_app.domain.delivery.outcomes import Refused
from timer_app.domain.setup.accounts import Choice
from timer_app.services.delivery.ports import ServiceCallError

_REMEDY = "Correct it in the settings (Settings…, Rules), or in settings.toml."
_GONE = "is gone, archived, or not shared with you"


async def rule_findings(
    settings: Settings, timecrowd: TimeCrowdGateway | None, kaiten: KaitenGateway | None
) -> list[DoctorFinding]:
    """How the rules are; nothing where there are none. A service that is None is not asked."""
    if not settings.rules:
        return []
    lists = _Lists(timecrowd, kaiten)
    findings = []
    for number, rule in enumerate(settings.rules):
        missing = [each async for each in _missing(rule, settings, lists)]
        if missing:
            line = line_of_rule(settings.text, number, None)
            detail = f"The rule in line {line}: {'; '.join(missing)}."
            plain = "A rule names what is gone."
            findings.append(DoctorFinding("rules", Severity.PROBLEM, detail, _REMEDY, plain))
    findings += _hidden(settings)
    if lists.unanswered:
        asked = ", ".join(dict.fromkeys(lists.unanswered))
        detail = f"Whether all that they name is there could not be asked: {asked}."
        findings.append(DoctorFinding("rules", Severity.NOTE, detail))
    if findings:
        return findings
    fine = f"{len(settings.rules)}, and all that they name is there."
    return [DoctorFinding("rules", Severity.OK, fine)]


@dataclass
class _Lists:
    """What both services hold, each list asked for once; None for one that was not answered."""

    timecrowd: TimeCrowdGateway | None
    kaiten: KaitenGateway | None
    unanswered: list[str] = field(default_factory=list)
    _known: dict[str, frozenset[int] | None] = field(default_factory=dict)

    async def spaces(self) -> Collection[int] | None:
        kaiten = self.kaiten
        return await self._ids("Kaiten's spaces", kaiten.spaces if kaiten else None)

    async def boards(self, space_id: int | None) -> Collection[int] | None:
        """Of a space, or of all of them."""
        kaiten = self.kaiten
        spaces = await self.spaces() if space_id is None else [space_id]
        if kaiten is None or spaces is None:
            return None
        found: set[int] = set()
        for each in spaces:
            boards = await self._ids(f"the boards of space {each}", partial(kaiten.boards, each))
            if boards is None:
                return None
            found |= boards
        return found

    async def roles(self) -> Collection[int] | None:
        kaiten = self.kaiten
        return await self._ids("Kaiten's roles", kaiten.roles if kaiten else None)

    async def teams(self) -> Collection[int] | None:
        timecrowd = self.timecrowd
        return await self._ids("TimeCrowd's teams", timecrowd.teams if timecrowd else None)

    async def categories(self, team_id: int) -> Collection[int] | None:
        timecrowd = self.timecrowd
        of_team = partial(timecrowd.categories, team_id) if timecrowd else None
        return await self._ids(f"the categories of team {team_id}", of_team)

    async def _ids(
        self, name: str, ask: Callable[[], Awaitable[Sequence[Choice]]] | None
    ) -> frozenset[int] | None:
        if name not in self._known:
            self._known[name] = None
            try:
                if ask is not None:
                    self._known[name] = frozenset(each.id for each in await ask())
            except ServiceCallError as problem:
                if isinstance(problem.outcome, Refused):
                    self._known[name] = frozenset()
            if self._known[name] is None:
                self.unanswered.append(name)
        return self._known[name]


async def _missing(rule: Rule, settings: Settings, lists: _Lists) -> AsyncIterator[str]:
    """What the rule names and the services do not have."""
    space_id, team_id = rule.get("space"), rule.get("team_id")
    spaces = await lists.spaces() if space_id is not None else None
    has_space = spaces is None or space_id in spaces
    if not has_space:
        yield f"space {space_id} {_GONE}"
    if (board_id := rule.get("board")) is not None and has_space:
        boards = await lists.boards(space_id)
        if boards is not None and board_id not in boards:
            where = "" if space_id is None else f" of space {space_id}"
            yield f"board {board_id}{where} {_GONE}"
    if (role_id := rule.get("role_id")) is not None:
        roles = await lists.roles()
        if roles is not None and role_id not in roles:
            yield f"role {role_id} is gone"
    teams = await lists.teams() if team_id is not None else None
    if teams is not None and team_id not in teams:
        yield f"you are not a member of team {team_id}"
        return
    team_id = team_id or settings.get_number("timecrowd.team_id")
    if (category_id := rule.get("category_id")) is not None and team_id is not None:
        categories = await lists.categories(team_id)
        if categories is not None and category_id not in categories:
            yield f"category {category_id} is gone from team {team_id}"


def _hidden(settings: Settings) -> Iterator[DoctorFinding]:
    """Rules that never count, because an earlier one fits all of their cards."""
    for number, rule in enumerate(settings.rules):
        for earlier, other in enumerate(settings.rules[:number]):
            if all(other.get(key) in (None, rule.get(key)) for key in ("space", "board")):
                first, line = (line_of_rule(settings.text, n, None) for n in (earlier, number))
                detail = f"The rule in line {line} never counts: that in line {first} fits before."
                remedy = "Write it above that one."
                yield DoctorFinding("rules", Severity.NOTE, detail, remedy)
                break
