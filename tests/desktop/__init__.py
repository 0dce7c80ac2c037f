"""The desktop helpers prove themselves here, against a small tray program and real parts."""
