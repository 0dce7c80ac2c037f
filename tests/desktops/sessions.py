"""Six desktops: what each consists of, how its session starts after a login, and its hands.

Every desktop's packages lie in one root, so each session is told which of the others' services it
has: a service file of the person's own comes before the system's, and an empty user unit of theirs
takes the place of the system's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from tests.desktops.container import PASSWORD, PERSON, VENV, Container, Failed, wait_for
from tests.desktops.hands import DISPLAY, SCREEN, Area, GnomeHands, Hands, SwayHands, XHands

_SIZE = "x".join(map(str, SCREEN))
_NOBODY = "/bin/false"
NOTIFICATIONS, SECRETS = "org.freedesktop.Notifications", "org.freedesktop.secrets"
WATCHER = "org.kde.StatusNotifierWatcher"
_OTHERS = ("waybar.service", "mako.service", "foot-server.service", "foot-server.socket")
_KEYRING_UNITS = ("gnome-keyring-daemon.service", "gnome-keyring-daemon.socket")
_DAEMON = "/usr/bin/gnome-keyring-daemon --start --foreground --components=secrets"

COMMON = (
    "systemd", "systemd-sysv", "dbus-user-session", "libpam-systemd", "dbus-x11", "dbus-bin",
    "xdg-desktop-portal", "xdg-desktop-portal-gtk", "xdg-utils", "desktop-file-utils",
    "libglib2.0-bin", "python3", "python3-venv", "python3-pip", "xvfb", "xauth", "x11-utils",
    "x11-xserver-utils", "xdotool", "imagemagick", "procps", "locales-all", "fonts-dejavu",
    "libegl1", "libgl1", "libgl1-mesa-dri", "libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1",
    "libxcb-shape0", "libxcb-xkb1", "libxkbcommon-x11-0", "gnome-keyring", "foot", "xterm",
)  # fmt: skip
"""Packages that every desktop needs."""


@dataclass(frozen=True)
class Desktop:
    """One desktop, and what a person does there.

    `services` says who starts under the names that several desktops claim. Under `hidden` names
    nobody can be started, and `masked` user units are those of others. `ready` are names that tell
    that the desktop is up, once its `splash`, a program, has ended. So many `clicks` activate the
    icon. `cover` is a window, or a word, that hides what is on the screen. `stop` presses Stop in
    the notification that is shown in an area, `allow_keys` answers the desktop's question about hot
    keys, where it has one, and `make_keyring` gives the first keyring its password.
    """

    name: str
    title: str
    xdg: str
    packages: tuple[str, ...]
    hands: Callable[[Container], Hands]
    begin: Callable[[Container], None]
    ready: tuple[str, ...]
    splash: str = ""
    services: Mapping[str, str] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    masked: tuple[str, ...] = ()
    keys: tuple[str, ...] = ("Control_L", "Alt_L", "u")
    files: Mapping[str, str] = field(default_factory=dict)
    clicks: int = 1
    cover: tuple[str, ...] = ("foot", "--maximized")
    stop: Callable[[Container, Hands, Area], None] = field(kw_only=True)
    allow_keys: Callable[[Hands, Area], None] | None = None
    make_keyring: Callable[[Hands, Area], None] = field(kw_only=True)


def start(desktop: Desktop, container: Container) -> Hands:
    """A new user logs in. Raises Failed."""
    container.new_home()
    container.hide_services(*desktop.hidden)
    for name, command in desktop.services.items():
        text = f"[D-BUS Service]\nName={name}\nExec={command}\n"
        container.put(f".local/share/dbus-1/services/{name}.service", text)
    for unit in (*_OTHERS, *desktop.masked):
        container.put(f".config/systemd/user/{unit}", "")  # an empty one is masked as well
    for path, text in desktop.files.items():
        container.put(path, text, executable=path.endswith("/session"))
    desktop.begin(container)
    for name in desktop.ready:
        wait_for(partial(container.owns, name), f"{desktop.title}: nobody is {name}", 180)
    if desktop.splash:
        wait_for(lambda: not container.runs(desktop.splash), "the desktop is still covered", 180)
    hands = desktop.hands(container)
    hands.put_mouse_away()
    if desktop is GNOME:  # it begins with all windows side by side
        shell = "org.gnome.Shell"
        container.as_person("busctl", "--user", "set-property", shell, "/org/gnome/Shell", shell,
                            "OverviewActive", "b", "false")  # fmt: skip
    return hands


def end(container: Container) -> None:
    """The session ends, with all that the person runs."""
    for words in (("systemctl", "stop", "desk"), ("loginctl", "terminate-user", PERSON),
                  ("systemctl", "stop", "user@1777"), ("systemctl", "stop", "screen")):  # fmt: skip
        try:
            container.run(*words)
        except Failed:
            continue  # it has ended by itself


def _login(container: Container, kind: str, desktop: str, *command: str, **more: str) -> None:
    """A login as a display manager makes it: PAM, logind, the user's manager."""
    known = {"XDG_SESSION_TYPE": kind, "XDG_SESSION_CLASS": "user", "XDG_CURRENT_DESKTOP": desktop,
             "LANG": "en_US.UTF-8", "PATH": "/usr/local/bin:/usr/bin:/bin", **more}  # fmt: skip
    settings = [word for name, value in known.items() for word in ("-E", f"{name}={value}")]
    container.run(
        "systemd-run", "--quiet", "--unit=desk", "--collect", "-p", f"User={PERSON}",
        "-p", "PAMName=login", "-p", f"WorkingDirectory=/home/{PERSON}",
        "-p", "StandardOutput=truncate:/var/log/desk.log",
        "-p", "StandardError=append:/var/log/desk.log",
        *settings, *command,
    )  # fmt: skip


def _screen(container: Container) -> None:
    """An X server without a monitor."""
    xvfb = ["Xvfb", DISPLAY, "-screen", "0", f"{_SIZE}x24", "-ac", "-nolisten", "tcp"]
    unit = ["systemd-run", "--quiet", "--unit=screen", "--collect"]
    container.run(*unit, *xvfb, "-noreset", "-dpi", "96")
    wait_for(lambda: _has_screen(container), "no X server")


def _has_screen(container: Container) -> bool:
    try:
        container.run("xset", "-display", DISPLAY, "q")
    except Failed:
        return False
    return True


def _plasma(container: Container) -> None:
    _screen(container)
    # A key that is held is repeated by KWin, as on a real keyboard, and not by the X server.
    container.run("xset", "-display", DISPLAY, "r", "off")
    _login(container, "wayland", "KDE", "/usr/bin/startplasma-wayland", DISPLAY=DISPLAY)


def _x11(desktop: str, prefix: str, container: Container) -> None:
    _screen(container)
    _login(container, "x11", desktop, f"/home/{PERSON}/.local/bin/session", DISPLAY=DISPLAY,
           XDG_MENU_PREFIX=prefix, XDG_CONFIG_DIRS="/etc/xdg:/usr/share")  # fmt: skip


def _gnome(container: Container) -> None:
    policy = container.root / "etc/dbus-1/system.d/display-manager.conf"
    policy.write_text(
        '<busconfig><policy user="root"><allow own="org.gnome.DisplayManager"/></policy>'
        '<policy context="default"><allow send_destination="org.gnome.DisplayManager"/></policy>'
        "</busconfig>"
    )
    container.run(
        "busctl", "call", "org.freedesktop.DBus", "/", "org.freedesktop.DBus", "ReloadConfig"
    )
    container.run("sh", "-c", "systemctl is-active --quiet gdm || systemd-run --quiet --collect "
                  f"--unit=gdm {VENV}/bin/python /opt/inside/display_manager.py")  # fmt: skip
    _login(container, "wayland", "GNOME", f"/home/{PERSON}/.local/bin/session")


def _sway(container: Container) -> None:
    _login(container, "wayland", "sway", "sway", WLR_BACKENDS="headless", WLR_RENDERER="pixman",
           WLR_LIBINPUT_NO_DEVICES="1", WLR_HEADLESS_OUTPUTS="1")  # fmt: skip


# What a person does, by the places in which each desktop draws things


def _stop_in_plasma(_: Container, hands: Hands, shown: Area) -> None:
    hands.click(shown.left + shown.size[0] * 44 // 100, shown.bottom - 18)


def _stop_in_gnome(_: Container, hands: Hands, shown: Area) -> None:
    before = hands.still_picture()
    hands.move(*shown.centre)  # its buttons come out
    grown = hands.wait_change(before)
    hands.click(shown.left + shown.size[0] // 6, grown.bottom - 24)


def _stop_in_sway(container: Container, _: Hands, __: Area) -> None:
    container.as_person("makoctl", "menu", "--", "grep", "-x", "Stop")


def _stop_in_xfce(_: Container, hands: Hands, shown: Area) -> None:
    hands.click(shown.left + shown.size[0] * 3 // 8, shown.bottom - 28)


def _stop_in_lxqt(_: Container, hands: Hands, shown: Area) -> None:
    """Three answers are a list there, with "Open" chosen, and a button "OK"."""
    hands.click(shown.left + shown.size[0] // 2, shown.bottom - 41)
    hands.press("Down")
    hands.press("Return")
    hands.click(shown.right - 80, shown.bottom - 41)


def _stop_in_mate(_: Container, hands: Hands, shown: Area) -> None:
    hands.click(shown.left + shown.size[0] // 2, shown.bottom - 27)


def _close_settings(hands: Hands, _: Area) -> None:
    """Plasma binds the keys at once, and opens its settings to tell."""
    hands.press("Alt_L", "F4")


def _press_add(hands: Hands, shown: Area) -> None:
    hands.click(shown.right - 80, shown.top + 51)  # within its shadow


def _type_password_twice(hands: Hands, _: Area) -> None:
    hands.type(PASSWORD)
    hands.press("Tab")
    hands.type(PASSWORD)
    hands.press("Return")


def _type_and_click(hands: Hands, shown: Area) -> None:
    """Tab and Return of a played keyboard do not reach the prompt in sway; the mouse does."""
    (width, height), left, top = shown.size, shown.left, shown.top
    hands.type(PASSWORD)
    hands.click(shown.centre[0], top + height * 69 // 100)
    hands.type(PASSWORD)
    hands.click(left + width * 94 // 100, top + height * 91 // 100)


def _make_wallet(hands: Hands, _: Area) -> None:
    """KWallet's guide at the place where Plasma opens it: a choice, Next, Finish, the password."""
    for x, y in ((511, 352), (657, 544), (747, 544)):
        hands.click(x, y)
        hands.still_picture()
    _type_password_twice(hands, _)


_TARGET = {".config/systemd/user/lab-session.target": "[Unit]\nBindsTo=graphical-session.target\n"}
_TELL = "dbus-update-activation-environment --systemd"


def _x11_files(session: str) -> dict[str, str]:
    """What logs in to a desktop on X11: its session, within the user's units."""
    return {
        ".local/bin/session": f"""#!/bin/sh
{_TELL} DISPLAY XDG_CURRENT_DESKTOP XDG_SESSION_TYPE XDG_SESSION_ID XDG_MENU_PREFIX XDG_CONFIG_DIRS
systemctl --user start lab-session.target
exec {session}
""",
        **_TARGET,
    }


PLASMA = Desktop(
    "plasma", "Plasma 6", "KDE",
    ("kwin-wayland", "plasma-workspace", "plasma-desktop", "kde-cli-tools",
     "xdg-desktop-portal-kde", "kglobalacceld", "kwalletmanager", "kwallet6", "libqca-qt6-plugins",
     "libpam-kwallet5",
     "breeze", "breeze-icon-theme", "systemsettings", "kscreen", "powerdevil",
     "plasma-integration", "qt6-wayland", "xwayland", "kde-config-screenlocker"),
    XHands, _plasma,
    (WATCHER, "org.freedesktop.impl.portal.desktop.kde", "org.kde.plasmashell"),
    splash="ksplashqml",
    stop=_stop_in_plasma, allow_keys=_close_settings, make_keyring=_make_wallet,
    services={NOTIFICATIONS: _NOBODY}, hidden=(SECRETS,),
    masked=(*_KEYRING_UNITS, "xfce4-notifyd.service"),
    files={
        ".config/systemd/user/plasma-kwin_wayland.service.d/window.conf":
            "[Service]\nExecStart=\nExecStart=/usr/bin/kwin_wayland_wrapper --x11-display "
            f"{DISPLAY} --width {SCREEN[0]} --height {SCREEN[1]} --xwayland\n",
        ".config/kscreenlockerrc": "[Daemon]\nAutolock=false\n",
    },
)  # fmt: skip

GNOME = Desktop(
    "gnome", "GNOME 48", "GNOME",
    ("gnome-shell", "gnome-shell-extension-appindicator", "xdg-desktop-portal-gnome",
     "gnome-session-bin", "gnome-settings-daemon", "gnome-control-center", "adwaita-icon-theme",
     "dconf-cli"),
    GnomeHands, _gnome, ("org.gnome.Mutter.RemoteDesktop", "org.gnome.Shell.Screenshot", WATCHER),
    clicks=2, stop=_stop_in_gnome, allow_keys=_press_add, make_keyring=_type_password_twice,
    services={NOTIFICATIONS: _NOBODY, SECRETS: _DAEMON},
    files={
        ".local/bin/session": f"""#!/bin/sh
export XDG_MENU_PREFIX=gnome-
gsettings set org.gnome.desktop.interface enable-animations false
gsettings set org.gnome.desktop.interface enable-hot-corners false
gsettings set org.gnome.shell welcome-dialog-last-shown-version 999
gsettings set org.gnome.shell enabled-extensions "['ubuntu-appindicators@ubuntu.com']"
{_TELL} XDG_CURRENT_DESKTOP XDG_SESSION_TYPE XDG_SESSION_ID XDG_MENU_PREFIX
(
    until [ -S "$XDG_RUNTIME_DIR/wayland-0" ]; do sleep 0.2; done
    {_TELL} WAYLAND_DISPLAY=wayland-0
    systemctl --user start lab-session.target
) &
exec gnome-shell --wayland --headless --unsafe-mode --wayland-display wayland-0 \
    --virtual-monitor {_SIZE}
""",
        **_TARGET,
    },
)  # fmt: skip

SWAY = Desktop(
    "sway", "sway, waybar, mako", "sway",
    ("sway", "waybar", "mako-notifier", "grim", "wtype", "xdg-desktop-portal-wlr", "jq"),
    SwayHands, _sway, (WATCHER,), cover=("swaymsg", "workspace", "2"),
    stop=_stop_in_sway, make_keyring=_type_and_click,
    services={NOTIFICATIONS: "/usr/bin/mako", SECRETS: _DAEMON},
    keys=("super", "t"),
    files={
        ".config/sway/config": f"""output HEADLESS-1 resolution {_SIZE}
bindsym --no-repeat Mod4+t exec TIMER_APP_HOME=$(echo /tmp/timer-app-demo-*) timer-app toggle
for_window [app_id="io.github.timer_app"] floating enable
bar {{
    swaybar_command waybar
}}
exec mako
exec {_TELL} DISPLAY SWAYSOCK WAYLAND_DISPLAY XDG_CURRENT_DESKTOP XDG_SESSION_TYPE
exec systemctl --user start lab-session.target
exec /usr/bin/python3 /opt/inside/pointer.py
""",
        ".config/waybar/config":
            '{"layer": "top", "height": 28, "modules-right": ["tray"], "tray": {"spacing": 8}}',
        **_TARGET,
    },
)  # fmt: skip

XFCE = Desktop(
    "xfce", "Xfce 4.20", "XFCE",
    ("xfce4-panel", "xfwm4", "xfce4-session", "xfconf", "xfce4-notifyd", "xfdesktop4",
     "xfce4-settings", "xfce4-screensaver", "elementary-xfce-icon-theme"),
    XHands, partial(_x11, "XFCE", "xfce-"), (WATCHER,), cover=("xterm", "-maximized"),
    stop=_stop_in_xfce, make_keyring=_type_password_twice,
    services={NOTIFICATIONS: "/usr/lib/x86_64-linux-gnu/xfce4/notifyd/xfce4-notifyd",
              SECRETS: _DAEMON},
    files=_x11_files("xfce4-session"),
)  # fmt: skip

LXQT = Desktop(
    "lxqt", "LXQt 2.1", "LXQt",
    ("lxqt-panel", "lxqt-session", "lxqt-notificationd", "lxqt-globalkeys", "lxqt-config",
     "pcmanfm-qt", "openbox"),
    XHands, partial(_x11, "LXQt", "lxqt-"), (WATCHER,), cover=("xterm", "-maximized"),
    stop=_stop_in_lxqt, make_keyring=_type_password_twice,
    services={NOTIFICATIONS: "/usr/bin/lxqt-notificationd", SECRETS: _DAEMON},
    files={
        ".config/lxqt/session.conf": "[General]\nwindow_manager=openbox\n",
        **_x11_files("lxqt-session"),
    },
)  # fmt: skip

MATE = Desktop(
    "mate", "MATE 1.26", "MATE",
    ("mate-panel", "marco", "mate-session-manager", "mate-notification-daemon",
     "mate-screensaver", "mate-indicator-applet", "mate-settings-daemon", "mate-desktop", "caja"),
    XHands, partial(_x11, "MATE", "mate-"), (WATCHER,), cover=("xterm", "-maximized"),
    stop=_stop_in_mate, make_keyring=_type_password_twice,
    services={
        NOTIFICATIONS: "/usr/libexec/mate-notification-daemon/mate-notification-daemon",
        SECRETS: _DAEMON,
    },
    files=_x11_files("mate-session"),
)  # fmt: skip

DESKTOPS = (PLASMA, GNOME, SWAY, XFCE, LXQT, MATE)
