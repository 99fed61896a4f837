"""Compares the changed cells that all who take part in `make bench` found in one night.

usage: same_cells.py CHANGES-OF-RECONCILE PEER.csv...

A cell is a pair, a field and, among the peers, its values. Of reconcile's rows those count that update a field or ask about it.
"""

import csv
import sys

FIELDS = {"Deal value": "value", "Closing date": "closing", "Notes": "notes"}


def ours(path):
    with open(path, newline="", encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file) if row["action"] in ("update", "conflict")]
    return {(row["referral_id"], row["opportunity_id"], FIELDS.get(row["field"], row["field"])) for row in rows}


def peer(path):
    with open(path, newline="", encoding="utf-8") as file:
        return {tuple(row) for row in list(csv.reader(file))[1:]}


cells = ours(sys.argv[1])
found = [peer(path) for path in sys.argv[2:]]
if any(other != found[0] for other in found):
    print("the peers do not agree:", ", ".join(str(len(other)) for other in found), "changed cells")
elif {cell[:3] for cell in found[0]} != cells:
    print(f"reconcile found {len(cells)} changed cells and the peers {len(found[0])}, or others")
else:
    print(f"all found the same {len(cells)} changed cells")
