"""ICU's data without the languages and tables that nobody of us asks for: 3 MB instead of 32.

Qt links ICU for collation, for old encodings and for a few letter cases; dates, numbers and texts
come from Qt's own tables. Kept are the root, and the languages of `timer_app.ui.language`.

`icupkg` (Debian: icu-devtools) does the cutting, `as` and `ld` (binutils) make a library of it.
"""

import ctypes
import re
import subprocess
import sys
import tempfile
from pathlib import Path

LANGUAGES = ("root", "en", "ru", "ja")
_TABLES = re.compile(r"(?:coll|curr|lang|region|unit|zone|rbnf|brkitr)/")
_SHARED = ("pool", "res_index")
_SINGLE = [
    "cnvalias.icu",
    "uprops.icu",
    "ucase.icu",
    "ubidi.icu",
    "pnames.icu",
    "nfc.nrm",
    "uts46.nrm",
    "nfkc.nrm",
    "nfkc_cf.nrm",
    "coll/ucadata.icu",
    "timezoneTypes.res",
    "metaZones.res",
    "zoneinfo64.res",
    "windowsZones.res",
    "supplementalData.res",
    "numberingSystems.res",
    "likelySubtags.res",
    "plurals.res",
    "pluralRanges.res",
    "dayPeriods.res",
    "keyTypeData.res",
    "langInfo.res",
    "metadata.res",
    "icuver.res",
    "currencyNumericCodes.res",
    "icustd.res",
    "grammaticalFeatures.res",
    "genderList.res",
    "units.res",
    "ulayout.icu",
    "uemoji.icu",
    "coll/ucadata-unihan.icu",
]
_SOURCE = """.section .rodata
.globl {symbol}
.type {symbol}, @object
.balign 16
{symbol}: .incbin "{data}"
.size {symbol}, . - {symbol}
.section .note.GNU-stack, "", @progbits
"""


def cut(library: Path, made: Path) -> None:
    """Write `made`: `library` (libicudata.so.NN) with what is kept.

    Raises OSError or CalledProcessError where a tool is missing or refuses.
    """
    version = library.name.rpartition(".")[2]
    symbol = f"icudt{version}_dat"
    with tempfile.TemporaryDirectory() as folder:
        whole, part = (Path(folder, name) / f"icudt{version}l.dat" for name in ("whole", "part"))
        for each in (whole, part):
            each.parent.mkdir()
        whole.write_bytes(_contents(library, symbol))
        names = subprocess.check_output(["icupkg", "-l", str(whole)], text=True).split()
        unwanted = Path(folder, "unwanted.txt")
        unwanted.write_text("\n".join(name for name in names if not _is_kept(name)))
        subprocess.run(["icupkg", "-r", str(unwanted), str(whole), str(part)], check=True)
        source, object_file = Path(folder, "data.s"), Path(folder, "data.o")
        source.write_text(_SOURCE.format(symbol=symbol, data=part))
        subprocess.run(["as", "-o", str(object_file), str(source)], check=True)
        name = f"-soname={library.name}"
        subprocess.run(["ld", "-shared", name, "-o", str(made), str(object_file)], check=True)


def _contents(library: Path, symbol: str) -> bytes:
    """What the library holds, found by its one symbol."""
    listed = subprocess.check_output(["readelf", "--dyn-syms", "--wide", str(library)], text=True)
    (size,) = [
        int(row[2], 0) for row in map(str.split, listed.splitlines()) if row[-1:] == [symbol]
    ]
    loaded = ctypes.CDLL(str(library))
    return bytes((ctypes.c_char * size).in_dll(loaded, symbol))


def _is_kept(name: str) -> bool:
    if name in _SINGLE:
        return True
    plain = _TABLES.sub("", name)
    stem = plain.partition(".")[0]
    if "/" in plain or name.startswith(("brkitr/", "rbnf/")):
        return stem in _SHARED
    return plain.endswith(".res") and (stem in _SHARED or stem in LANGUAGES)


if __name__ == "__main__":
    cut(Path(sys.argv[1]), Path(sys.argv[2]))
