"""The newest version, asked of the forge where a project publishes: one GET without a token.

    {"tag_name": "v1.2.0", …}

is what GitHub (`https://api.github.com/repos/OWNER/NAME/releases/latest`), GitLab
(`…/api/v4/projects/ID/releases/permalink/latest`) and Gitea
(`…/api/v1/repos/OWNER/NAME/releases/latest`) answer.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from datetime import timedelta

from timer_app.adapters.http.client import CONNECT_LIMIT
from timer_app.adapters.http.http_clients import import_libraries, make_http_client
from timer_app.adapters.http.json_reader import UnreadableResponse, parse_json
from timer_app.adapters.http.proxies import ConnectionSetupError, Proxies
from timer_app.adapters.http.response_body import ResponseTooLarge, read_content
from timer_app.adapters.http.trust import CaFileError
from timer_app.domain.setup.release import release_numbers
from timer_app.services.setup.updates import ReleaseFeedError

TIME_LIMIT = timedelta(seconds=15)
MAX_ANSWER_BYTES = 512 * 1024  # of a release with its notes and files


async def fetch_newest_version(
    feed: str, trust: Callable[[], ssl.SSLContext], proxies: Proxies
) -> str:
    """The version that `feed` names. A redirect is not followed. Raises ReleaseFeedError."""
    await asyncio.to_thread(import_libraries)
    import httpx

    try:
        async with asyncio.timeout(TIME_LIMIT.total_seconds()):
            status, content = await _get(feed, trust, proxies)
    except (ConnectionSetupError, CaFileError) as reason:
        raise ReleaseFeedError(str(reason)) from None
    except ResponseTooLarge:
        raise ReleaseFeedError("its answer is too large") from None
    except TimeoutError:
        raise ReleaseFeedError("it does not answer") from None
    except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as fault:
        raise ReleaseFeedError(f"it cannot be reached ({type(fault).__name__})") from None
    if status != 200:
        raise ReleaseFeedError(f"it answers HTTP {status}")
    return read_version(content)


async def _get(
    feed: str, trust: Callable[[], ssl.SSLContext], proxies: Proxies
) -> tuple[int, bytes]:
    proxy = await proxies.proxy_for(feed)
    async with (
        make_http_client(trust(), proxy, CONNECT_LIMIT, kept=0) as client,
        client.stream("GET", feed) as answer,
    ):
        return answer.status_code, await read_content(answer, MAX_ANSWER_BYTES)


def read_version(content: bytes) -> str:
    """The version in an answer. Raises ReleaseFeedError."""
    try:
        document = parse_json(content.decode("utf-8", "replace"))
    except UnreadableResponse:
        raise ReleaseFeedError("its answer is not JSON") from None
    tag = document.get("tag_name") if isinstance(document, dict) else None
    if not isinstance(tag, str) or release_numbers(tag) is None:
        raise ReleaseFeedError("its answer names no version")
    return tag.strip().removeprefix("v")
