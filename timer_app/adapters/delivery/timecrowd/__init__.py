"""TimeCrowd: wire.py knows its JSON, client.py its calls and their order."""
