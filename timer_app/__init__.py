"""Timer App: a tray timer that tells TimeCrowd and Kaiten the truth, exactly once."""
