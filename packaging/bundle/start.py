"""Where the bundle begins: `timer-app`, and the programs of ours that it starts in processes."""

import os
import sys

# `demo`, `doctor` and the tray app start these as `sys.executable -m MODULE`. A bundle has no
# interpreter, so it answers to that itself, for these three and no others.
_PROGRAMS = (
    "timer_app.sandbox.__main__",
    "timer_app.cli.doctor.tray_probe",
    "timer_app.adapters.setup.keyring_process",
)


def _leave_the_systems_libraries_alone() -> None:
    """Take back the bundle's own LD_LIBRARY_PATH, which its boot loader set and has used.

    Browsers and the like would otherwise be started with our libraries. A process of ours begins as
    the first one does: its boot loader would take the path for set already, and Python's ssl would
    find no OpenSSL, or the system's.
    Source: https://pyinstaller.org/en/stable/runtime-information.html#ld-library-path-libpath-considerations
    and https://pyinstaller.org/en/stable/common-issues-and-pitfalls.html
    """
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before
    else:
        os.environ.pop("LD_LIBRARY_PATH", None)
    os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"


def _main() -> int:
    if sys.platform == "linux":
        import cipher  # beside this file

        cipher.stand_in()
        _leave_the_systems_libraries_alone()
    if sys.argv[1:2] == ["-m"]:
        from importlib import import_module

        wanted = sys.argv[2] if len(sys.argv) > 2 else ""
        for name in _PROGRAMS:
            if wanted in (name, name.removesuffix(".__main__")):
                del sys.argv[1:3]
                return int(import_module(name).main())
    from timer_app.cli.main import main

    return main()


if __name__ == "__main__":
    sys.exit(_main())
