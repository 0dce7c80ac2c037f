"""The newest version, asked of the forge where a project publishes: one GET without a token.

    {"tag_name": "v1.2.0", …}

is what GitHub (`https://api.github.com/repos/OWNER/NAME/releases/latest`), GitLab
(`…/api/v4/projects/ID/releases/permalink/latest`) and Gitea
(`…/api/v1/repos/OWNER/NAME/releases/latest`) answer.
"""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import Callable
from datetime import timedelta

from timer_app.adapters.http.client import (
    CONNECT_LIMIT,
    AnswerTooLarge,
    content_of,
    import_libraries,
    make_pool,
)
from timer_app.adapters.http.proxies import NoWay, Proxies
from timer_app.adapters.http.trust import CaFileUnusable
from timer_app.domain.release import release_numbers
from timer_app.services.updates import FeedUnusable

TIME_LIMIT = timedelta(seconds=15)


async def newest(feed: str, trust: Callable[[], ssl.SSLContext], proxies: Proxies) -> str:
    """The version that `feed` names. A redirect is not followed. Raises FeedUnusable."""
    await asyncio.to_thread(import_libraries)
    import httpx

    try:
        async with asyncio.timeout(TIME_LIMIT.total_seconds()):
            status, content = await _get(feed, trust, proxies)
    except (NoWay, CaFileUnusable) as reason:
        raise FeedUnusable(str(reason)) from None
    except AnswerTooLarge:
        raise FeedUnusable("its answer is too large") from None
    except TimeoutError:
        raise FeedUnusable("it does not answer") from None
    except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as fault:
        raise FeedUnusable(f"it cannot be reached ({type(fault).__name__})") from None
    if status != 200:
        raise FeedUnusable(f"it answers HTTP {status}")
    return read(content)


async def _get(
    feed: str, trust: Callable[[], ssl.SSLContext], proxies: Proxies
) -> tuple[int, bytes]:
    proxy = await proxies.way_to(feed)
    async with (
        make_pool(trust(), proxy, CONNECT_LIMIT, kept=0) as client,
        client.stream("GET", feed) as answer,
    ):
        return answer.status_code, await content_of(answer)


def read(content: bytes) -> str:
    """The version in an answer. Raises FeedUnusable."""
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        raise FeedUnusable("its answer is not JSON") from None
    tag = document.get("tag_name") if isinstance(document, dict) else None
    if not isinstance(tag, str) or release_numbers(tag) is None:
        raise FeedUnusable("its answer names no version")
    return tag.strip().removeprefix("v")
