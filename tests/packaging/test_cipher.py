"""The bundle's cipher says what the real one says, and serves secretstorage."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from types import ModuleType

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from tests.support.environment import ROOT

FOLDER = ROOT / "packaging" / "bundle"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the Secret Service is Linux's")


@pytest.fixture
def cipher() -> ModuleType:
    """The module beside PyInstaller's file, which is in no package."""
    spec = importlib.util.spec_from_file_location("cipher", FOLDER / "cipher.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["cipher"] = module  # dataclasses look there for their names
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("blocks", [0, 1, 2, 300])
def test_both_encrypt_alike(cipher: ModuleType, blocks: int) -> None:
    key, start, data = os.urandom(16), os.urandom(16), os.urandom(16 * blocks)
    real = Cipher(algorithms.AES(key), modes.CBC(start)).encryptor()
    theirs = real.update(data) + real.finalize()
    both = cipher.Cipher(cipher.AES(key), cipher.CBC(start))
    ours = both.encryptor()
    assert ours.update(data[:7]) + ours.update(data[7:]) + ours.finalize() == theirs
    back = both.decryptor()
    assert back.update(theirs) + back.finalize() == data


def test_half_a_block_is_refused(cipher: ModuleType) -> None:
    half = cipher.Cipher(cipher.AES(bytes(16)), cipher.CBC(bytes(16))).decryptor()
    half.update(b"half")
    with pytest.raises(ValueError, match="whole blocks"):
        half.finalize()


@pytest.mark.parametrize("length", [0, 15, 17, 32])
def test_other_keys_and_starts_are_refused(cipher: ModuleType, length: int) -> None:
    with pytest.raises(ValueError, match=f"not of {length}"):
        cipher.AES(bytes(length))
    with pytest.raises(ValueError, match="begins with"):
        cipher.CBC(bytes(length))


def test_no_key_is_shown(cipher: ModuleType) -> None:
    assert "kkkk" not in repr(cipher.AES(b"k" * 16))


def test_secretstorage_needs_nothing_else() -> None:
    """In a process of its own, in which the real package is not to be had."""
    program = """
import sys
from importlib.machinery import PathFinder
class Nothing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "cryptography":
            raise ImportError(name)
sys.meta_path.insert(0, Nothing())
import cipher
cipher.stand_in()
import secretstorage
from secretstorage.dhcrypto import Session
from secretstorage.util import format_secret
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
session = Session()
session.object_path = "/s"
session.set_server_public_key(Session().my_public_key)
_, start, sent, _ = format_secret(session, "секрет".encode(), "text/plain")
back = Cipher(algorithms.AES(session.aes_key), modes.CBC(start)).decryptor()
text = back.update(sent) + back.finalize()
print(text[:-text[-1]].decode())
"""
    ended = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program],
        env={**os.environ, "PYTHONPATH": str(FOLDER)},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (ended.stdout, ended.stderr) == ("секрет\n", "")
