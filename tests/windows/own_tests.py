"""`python -X utf8 -m tests.windows.own_tests [pytest's words …]`: the project's tests elsewhere.

On Windows (under Wine too) and on macOS: the tests that need nothing of Linux, or those that the
words name. The working directory is a checkout; what is installed is tested.
"""

from __future__ import annotations

import sys

import pytest

_CALLS, _NETWORKS = "tests/adapters/http/test_http_calls.py", "tests/adapters/http/test_networks.py"
_TRUST = {
    # CertCreateCertificateChainEngine knows no authority of ours: network.ca_file adds nobody.
    f"{_CALLS}::test_a_ca_file_is_added_to_the_systems_trust",
    f"{_CALLS}::test_a_certificate_for_another_name_was_not_sent",
    f"{_CALLS}::test_a_break_inside_tls_after_sending_is_unknown",
    f"{_CALLS}::test_what_went_through_a_proxy_and_broke_is_unknown",
    f"{_NETWORKS}::test_a_certificate_that_is_not_trusted_is_reported_with_its_reason[hosts0-",
    f"{_NETWORKS}::test_an_extra_authority_adds_to_the_systems",
    f"{_NETWORKS}::test_a_proxy_over_tls_is_trusted_like_a_service",
    f"{_NETWORKS}::test_the_certificate_behind_a_proxy_is_the_services",
    # An address is compared with the names alone, before the authority is asked for.
    f"{_NETWORKS}::test_a_certificate_that_is_not_trusted_is_reported_with_its_reason[hosts1-",
    f"{_NETWORKS}::test_a_file_that_comes_back_counts_without_a_restart",
    # The reason behind the sentence is in the system's words; here OpenSSL's are expected.
    f"{_CALLS}::test_an_untrusted_certificate_was_not_sent_and_says_why",
}
"""What Wine's trust in certificates cannot show, test by test."""
_TESTED = (
    "tests/domain", "tests/services", "tests/adapters/native", "tests/adapters/http",
    "tests/adapters/delivery/kaiten", "tests/adapters/entries/journal",
    "tests/adapters/hotkeys/test_registered.py", "tests/adapters/setup/test_pipe_client.py",
    "tests/adapters/setup/test_checks.py", "tests/adapters/setup/test_keyring_items.py",
    "tests/adapters/setup/test_releases.py", "tests/ui/test_event_loop.py",
    "tests/adapters/delivery/test_sender_lock.py", "tests/adapters/setup/test_busy_pipe.py",
    *(f"--deselect={each}" for each in sorted(_TRUST)),
    "--deselect=tests/services/reminders/test_scheduler.py::test_what_was_kept_is_recalled",
)  # fmt: skip
"""Tests that need nothing of Linux: no modes of files, no process of setpriv."""
_OPTIONS = (
    "-p", "tests.windows.unix_names", "-p", "no:cacheprovider", "-W", "ignore:Timezone offset",
)  # fmt: skip


def main(words: list[str]) -> int:
    """Run them; pytest's exit code."""
    named = any(not word.startswith("-") for word in words)
    return pytest.main([*_OPTIONS, *(() if named else _TESTED), *words])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
