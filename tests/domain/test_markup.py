"""It is html.escape without that module's weight."""

from __future__ import annotations

import html

from hypothesis import given
from hypothesis import strategies as st

from timer_app.domain.markup import escape


@given(st.text(alphabet=st.one_of(st.sampled_from("&<>\"';#x27amp"), st.characters())))
def test_all_is_escaped_as_html_does(text: str) -> None:
    assert escape(text) == html.escape(text)
    assert escape(text, quote=False) == html.escape(text, quote=False)
