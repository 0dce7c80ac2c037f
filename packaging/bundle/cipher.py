"""The one cipher that secretstorage uses, by the OpenSSL that Python's ssl has with it.

secretstorage encrypts what it sends to the Secret Service with AES-128-CBC and imports the package
`cryptography` for nothing else, which would be an eighth of the bundle. `stand_in` puts modules of
those names in its place. A key, a block or an answer of OpenSSL that is not as it should be raises
ValueError.

Source: https://docs.openssl.org/3.0/man3/EVP_EncryptInit/
"""

from __future__ import annotations

import ctypes
import sys
from dataclasses import dataclass
from functools import cache
from types import ModuleType

BLOCK = KEY = 16
"""Bytes of a block and of a key: AES-128."""


@dataclass(frozen=True, repr=False)  # a key is shown nowhere
class AES:
    """See cryptography.hazmat.primitives.ciphers.algorithms."""

    key: bytes

    def __post_init__(self) -> None:
        if len(self.key) != KEY:
            raise ValueError(f"AES-128 takes a key of {KEY} bytes, not of {len(self.key)}.")


@dataclass(frozen=True)
class CBC:
    """See cryptography.hazmat.primitives.ciphers.modes."""

    initialization_vector: bytes

    def __post_init__(self) -> None:
        if len(self.initialization_vector) != BLOCK:
            raise ValueError(f"CBC begins with {BLOCK} bytes.")


class Cipher:
    """See cryptography.hazmat.primitives.ciphers."""

    def __init__(self, algorithm: AES, mode: CBC, backend: object = None) -> None:
        del backend
        self._algorithm, self._mode = algorithm, mode

    def encryptor(self) -> _Context:
        """What encrypts, once."""
        return _Context(self._algorithm.key, self._mode.initialization_vector, encrypts=True)

    def decryptor(self) -> _Context:
        """What decrypts, once."""
        return _Context(self._algorithm.key, self._mode.initialization_vector, encrypts=False)


class _Context:
    """Whole blocks in, whole blocks out; the padding is the caller's."""

    def __init__(self, key: bytes, start: bytes, *, encrypts: bool) -> None:
        self._key, self._start, self._encrypts = key, start, encrypts
        self._taken = b""

    def update(self, data: bytes) -> bytes:
        """Take more; what becomes of it is given by `finalize`."""
        self._taken += data
        return b""

    def finalize(self) -> bytes:
        """All that was taken, encrypted or decrypted."""
        if len(self._taken) % BLOCK:
            raise ValueError(f"AES takes whole blocks of {BLOCK} bytes.")
        library = _openssl()
        context = library.EVP_CIPHER_CTX_new()
        try:
            return self._turned(library, context)
        finally:
            library.EVP_CIPHER_CTX_free(context)

    def _turned(self, library: ctypes.CDLL, context: int) -> bytes:
        kind = library.EVP_aes_128_cbc()
        made, length = ctypes.create_string_buffer(len(self._taken) + BLOCK), ctypes.c_int()
        good = (
            library.EVP_CipherInit_ex(
                context, kind, None, self._key, self._start, int(self._encrypts)
            )
            and library.EVP_CIPHER_CTX_set_padding(context, 0)
            and library.EVP_CipherUpdate(
                context, made, ctypes.byref(length), self._taken, len(self._taken)
            )
        )
        if not good or length.value != len(self._taken):
            raise ValueError("OpenSSL did not encrypt or decrypt.")
        return made.raw[: length.value]


@cache
def _openssl() -> ctypes.CDLL:
    import _ssl  # loads the very library, which is then found by its name alone

    version = _ssl.OPENSSL_VERSION_INFO[0]
    library = ctypes.CDLL({1: "libcrypto.so.1.1"}.get(version, f"libcrypto.so.{version}"))
    pointer, text, number = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
    library.EVP_CIPHER_CTX_new.restype = pointer
    library.EVP_CIPHER_CTX_free.argtypes = [pointer]
    library.EVP_aes_128_cbc.restype = pointer
    library.EVP_CipherInit_ex.argtypes = [pointer, pointer, pointer, text, text, number]
    library.EVP_CIPHER_CTX_set_padding.argtypes = [pointer, number]
    library.EVP_CipherUpdate.argtypes = [pointer, pointer, pointer, text, number]
    return library


def stand_in() -> None:
    """Be `cryptography` to whoever imports it from now on, in this process."""
    made: dict[str, dict[str, object]] = {
        "cryptography": {},
        "cryptography.hazmat": {},
        "cryptography.hazmat.backends": {"default_backend": lambda: None},
        "cryptography.hazmat.primitives": {},
        "cryptography.hazmat.primitives.ciphers.algorithms": {"AES": AES},
        "cryptography.hazmat.primitives.ciphers.modes": {"CBC": CBC},
        "cryptography.hazmat.primitives.ciphers": {"Cipher": Cipher},
    }
    modules = {name: ModuleType(name) for name in made}
    for name, contents in made.items():
        vars(modules[name]).update(contents, __path__=[])
        parent, _, own = name.rpartition(".")
        if parent:
            setattr(modules[parent], own, modules[name])
    sys.modules.update(modules)
