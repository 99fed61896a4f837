"""What the conformance scripts share: the running sandbox, its control calls, and checks that count."""

import json
import sys
import urllib.request


class Sandbox:
    """A running sandbox, described by the file that holds its ready line."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.ready = json.load(file)
        self.salesforce = self.ready["salesforce"]
        self.origin = self.salesforce["instance_url"]
        self.checks = 0

    def control(self, method, path, body=None):
        """One call of the control API."""
        request = urllib.request.Request(
            f"{self.origin}/_sandbox/{path}", method=method, data=json.dumps(body).encode() if body else None
        )
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def switch(self, **values):
        """Sets switches of the org."""
        return self.control("POST", "org", {"set": values})

    def reset(self):
        """Brings back the switches of a new org."""
        return self.control("DELETE", "org")

    def equal(self, found, wanted, what):
        """Counts a check, and ends the script when it fails."""
        self.checks += 1
        if found != wanted:
            sys.exit(f"FAILED: {what}\n  found:  {found!r}\n  wanted: {wanted!r}")

    def true(self, found, what):
        self.equal(bool(found), True, what)

    def raises(self, kind, call, what):
        """The error of a kind that a call must end in."""
        self.checks += 1
        try:
            call()
        except kind as error:
            return error
        sys.exit(f"FAILED: {what}: no {kind.__name__}")
