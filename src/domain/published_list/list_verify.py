#!/usr/bin/env python3
"""Verifies a published list, the proof of an event, or a certificate, with nothing but Python's standard library.

    python3 list_verify.py LIST.json LIST.proof.json KEYS.json [PREVIOUS.json]
    python3 list_verify.py --event EVENT.json LIST.json LIST.proof.json KEYS.json [PREVIOUS.json]
    python3 list_verify.py --certificate TEXT KEYS.json

Prints "ok" and ends with 0, says what is wrong and ends with 1, or what cannot be read, or not as what it must be, and ends
with 2: the same numbers as of `yuanchi verify`. The rules are at /how/lists.
"""
import base64
import hashlib
import json
import sys
from datetime import datetime, timedelta

# Ed25519 as RFC 8032 writes it, section 5.1: points in extended coordinates on the curve -x^2 + y^2 = 1 + d x^2 y^2.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def recover(y, sign):
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    return P - x if x & 1 != sign else x


def point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    x = recover(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def add(a, b):
    e = (a[1] - a[0]) * (b[1] - b[0]) % P
    f = (a[1] + a[0]) * (b[1] + b[0]) % P
    g = 2 * a[3] * b[3] * D % P
    h = 2 * a[2] * b[2] % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(number, of):
    result = (0, 1, 1, 0)
    while number:
        if number & 1:
            result = add(result, of)
        of, number = add(of, of), number >> 1
    return result


def signed(public, message, signature):
    if len(public) != 32 or len(signature) != 64:
        return False
    key, r, s = point(public), point(signature[:32]), int.from_bytes(signature[32:], "little")
    if key is None or r is None or s >= L:
        return False
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    left, right = times(s, BASE), add(r, times(int.from_bytes(digest, "little") % L, key))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


def canonical(value):
    """RFC 8785, for values without fractions."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(canonical(key) + ":" + canonical(value[key]) for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, float):
        raise ValueError("a fraction")
    return json.dumps(value, ensure_ascii=False)


def fail(why):
    print(why)
    sys.exit(1)


def unreadable(why):
    print(why)
    sys.exit(2)


def read(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as problem:
        unreadable(f"{path}: {problem.strerror}")


def document(path, *members):
    """A JSON object with these members at least."""
    try:
        value = json.loads(read(path))
    except ValueError:
        unreadable(f"{path}: is no JSON")
    if not isinstance(value, dict) or any(member not in value for member in members):
        unreadable(f"{path}: is not what it must be")
    return value


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def key_of(keys, name):
    found = [key for key in keys["keys"] if key["id"] == name]
    if not found or found[0]["algorithm"] != "Ed25519":
        fail(f"key {name}: is not among the published ones")
    return found[0]


def certificate(text, keys):
    parts = text.split("#")[-1].split(".")
    if len(parts) != 3 or parts[0] != "yc1":
        fail("no certificate: it must read yc1.<claims>.<signature>")
    try:
        claims, signature = (base64.b64decode(part + "=" * (-len(part) % 4), b"-_", True) for part in parts[1:])
        said = json.loads(claims)
        name, shown = said["k"], [said[key] for key in "nhft"]
    except (KeyError, TypeError, ValueError):
        fail("the claims or the signature cannot be read: the certificate was altered")
    key = key_of(keys, name)
    if not signed(bytes.fromhex(key["public_key"]), b"yc1." + claims, signature):
        fail("the signature does not fit: the certificate was altered")
    print("ok", *shown)


def node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def climb(leaf, index, count, path):
    """Where a path leads from the leaf at `index` of `count` (RFC 6962, 2.1); None when it does not fit."""
    if not 0 <= index < count:
        return None
    if count == 1:
        return None if path else leaf
    if not path:
        return None
    at = 1 << (count - 1).bit_length() - 1
    left = index < at
    below = climb(leaf, index, at, path[:-1]) if left else climb(leaf, index - at, count - at, path[:-1])
    if below is None:
        return None
    return node(below, path[-1]) if left else node(path[-1], below)


def leaf(data):
    return hashlib.sha256(b"\0" + data).digest()


def event(proof, text, *others):
    if proof.get("format") != "yuanchi event proof 1":
        unreadable("the first file is no proof of an event")
    before = b"yuanchi event 1\0" + bytes.fromhex(proof["previous"])
    digest = hashlib.sha256(before + canonical(proof["event"]).encode()).digest()
    if digest.hex() != proof["hash"]:
        fail("the hash is not that of the event: the event, the hash or the hash before was altered")
    path, trees_path = ([bytes.fromhex(beside) for beside in proof[key]] for key in ("path", "trees_path"))
    root = climb(leaf(digest), proof["position"], proof["events"], path)
    if root is not None:
        tree = {"checkpoint": proof["checkpoint"], "events": proof["events"], "root": root.hex()}
        root = climb(leaf(canonical(tree).encode()), proof["checkpoint"] - 1, proof["trees"], trees_path)
    if root is None or root.hex() != proof["root"]:
        fail("the paths do not lead from the event to the root")
    main(text, *others)
    anchor = json.loads(text).get("events", {})
    if (anchor.get("root"), anchor.get("checkpoints")) != (proof["root"], proof["trees"]):
        fail("the list anchors another root than the one of the proof")
    print("ok", proof["event"]["action"], proof["event"]["at"])


def altered(text, proof):
    differ = lambda part: sha256(text[part["offset"] : part["offset"] + part["length"]]) != part["sha256"]
    if len(text) == sum(part["length"] for part in proof["parts"]):
        return [part["part"] for part in proof["parts"] if differ(part)]
    return [part["part"] for part in proof["parts"] if differ(part)][:1]


def main(text, proof, keys, previous=None):
    if proof.get("format") != "yuanchi list proof 1":
        unreadable("the proof is none of a list; that of an event is verified with --event")
    if text.startswith(b'{"$schema"') and b"/list-entries.json" in text[:200]:
        unreadable("this is the data file of a list, which nobody signs; take list.json")
    if sha256(text) != proof["sha256"]:
        fail("altered: " + (", ".join(altered(text, proof)) or "the proof"))
    said = json.loads(text)
    key = key_of(keys, said.get("key_id", proof["key_id"]))
    if not signed(bytes.fromhex(key["public_key"]), text, bytes.fromhex(proof["signature"])):
        fail("the signature does not fit: text or proof was altered")
    if canonical(said).encode() != text:
        fail("the text is not canonical")
    at, grace = instant(said["published_at"]), timedelta(minutes=10)
    if key["valid_from"] and at + grace < instant(key["valid_from"]) or key["valid_to"] and at - grace > instant(key["valid_to"]):
        fail(f"key {key['id']}: did not sign at {said['published_at']}")
    if previous is not None:
        if sha256(previous) != said["previous_sha256"]:
            fail("the list before is another one: its hash is not the one that this list names")
        if json.loads(previous)["chain_number"] != said["chain_number"] - 1:
            fail("the list before stands elsewhere in the chain")
    print("ok", said["chain_number"], proof["sha256"])


if __name__ == "__main__":
    if sys.argv[1:2] == ["--certificate"] and len(sys.argv) == 4:
        certificate(sys.argv[2], document(sys.argv[3], "keys"))
    elif sys.argv[1:2] == ["--event"] and len(sys.argv) in (6, 7):
        proof, text, signed_by, keys, *previous = sys.argv[2:]
        event(document(proof), read(text), document(signed_by), document(keys, "keys"), *map(read, previous))
    elif len(sys.argv) in (4, 5):
        main(read(sys.argv[1]), document(sys.argv[2]), document(sys.argv[3], "keys"), *map(read, sys.argv[4:]))
    else:
        unreadable(__doc__)
