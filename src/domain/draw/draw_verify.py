#!/usr/bin/env python3
"""Re-does a draw of experts from its record file, after SPECIFICATION.md. Standard library alone.

draw_verify.py FILE...   one line per file: "ok <record digest>" or "differs <path>: <explanation>"; exit status 1 if any differs.
"""
import hashlib
import json
import re
import sys


class Differs(Exception):
    pass


def must(condition, path, explanation):
    if not condition:
        raise Differs(f"{path}: {explanation}")


COMMITMENT = {"committed_at": str, "digest": str, "party": str}
REVEAL = {"revealed_at": str, "secret": str}
SHAPE = {
    "chain_head": str, "format": str, "opening_digest": str, "record_digest": str, "seed": str,
    "opening": {
        "attempt": int, "call": str, "draw_id": str, "list_digest": str,
        "commitments": {"auditor": COMMITMENT, "handler": COMMITMENT},
        "earlier": [{"abandoned_at": str, "failed": [str], "opening_digest": str}],
        "list": {
            "candidates": [{"id": str, "stratum": str}],
            "exclusions": [{"id": str, "reason": str}],
            "frozen_at": str,
            "strata": [{"key": str, "places": int, "reserves": int}],
        },
    },
    "result": [{"panel": [str], "reserves": [str], "stratum": str}],
    "reveals": {"auditor": REVEAL, "handler": REVEAL},
}


def shape(value, wanted, path=""):
    if isinstance(wanted, dict):
        must(type(value) is dict and set(value) == set(wanted), path, f"members {sorted(wanted)}")
        for key, inner in wanted.items():
            shape(value[key], inner, f"{path}/{key}")
    elif isinstance(wanted, list):
        must(type(value) is list, path, "a list")
        for index, item in enumerate(value):
            shape(item, wanted[0], f"{path}/{index}")
    else:
        must(type(value) is wanted, path, wanted.__name__)
        must(wanted is str or 0 <= value < 2**32, path, "0 to 4294967295")


def once(pairs):
    members = dict(pairs)
    must(len(members) == len(pairs), "json", "a member stands twice")
    return members


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(tag, *fields):
    hasher = hashlib.sha256()
    for field in (("yuanchi/draw/1/" + tag).encode(),) + fields:
        hasher.update(len(field).to_bytes(8, "big") + field)
    return hasher.digest()


def is_name(text, path):
    must(re.fullmatch(r"[A-Za-z0-9._:-]{1,64}", text), path, f"not a name: {text}")


def is_hash(text, path):
    must(re.fullmatch(r"[0-9a-f]{64}", text), path, f"not a hash: {text}")


def is_time(text, path):
    must(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", text), path, f"not a time: {text}")


def rising(items, field, path):
    for index in range(1, len(items)):
        must(items[index - 1][field] < items[index][field], f"{path}/{index}/{field}", "not in rising order")


def check_list(frozen):
    path = "/opening/list"
    is_time(frozen["frozen_at"], path + "/frozen_at")
    strata, candidates, exclusions = frozen["strata"], frozen["candidates"], frozen["exclusions"]
    must(strata, path + "/strata", "no stratum")
    for index, stratum in enumerate(strata):
        if stratum["key"]:
            is_name(stratum["key"], f"{path}/strata/{index}/key")
        must(stratum["places"] > 0, f"{path}/strata/{index}/places", "no place")
    rising(strata, "key", path + "/strata")
    keys = {stratum["key"] for stratum in strata}
    for index, candidate in enumerate(candidates):
        is_name(candidate["id"], f"{path}/candidates/{index}/id")
        must(candidate["stratum"] in keys, f"{path}/candidates/{index}/stratum", "no such stratum")
    rising(candidates, "id", path + "/candidates")
    ids = {candidate["id"] for candidate in candidates}
    for index, exclusion in enumerate(exclusions):
        is_name(exclusion["id"], f"{path}/exclusions/{index}/id")
        must(exclusion["id"] not in ids, f"{path}/exclusions/{index}/id", "a candidate")
        is_name(exclusion["reason"], f"{path}/exclusions/{index}/reason")
    rising(exclusions, "id", path + "/exclusions")
    for stratum in strata:
        available = sum(candidate["stratum"] == stratum["key"] for candidate in candidates)
        must(available >= stratum["places"] + stratum["reserves"], path + "/candidates", f"too few in {stratum['key']!r}")


def check_opening(opening):
    is_name(opening["draw_id"], "/opening/draw_id")
    is_name(opening["call"], "/opening/call")
    must(opening["attempt"] == len(opening["earlier"]) + 1, "/opening/attempt", "not one more than the earlier attempts")
    for index, earlier in enumerate(opening["earlier"]):
        path = f"/opening/earlier/{index}"
        is_time(earlier["abandoned_at"], path + "/abandoned_at")
        allowed = (["handler"], ["auditor"], ["handler", "auditor"])
        must(earlier["failed"] in allowed, path + "/failed", "not handler, auditor or both")
        is_hash(earlier["opening_digest"], path + "/opening_digest")
    check_list(opening["list"])
    expected = digest("list", canonical(opening["list"])).hex()
    must(opening["list_digest"] == expected, "/opening/list_digest", f"expected {expected}")
    for role in ("handler", "auditor"):
        path, commitment = f"/opening/commitments/{role}", opening["commitments"][role]
        is_name(commitment["party"], path + "/party")
        is_hash(commitment["digest"], path + "/digest")
        is_time(commitment["committed_at"], path + "/committed_at")
        must(commitment["committed_at"] <= opening["list"]["frozen_at"], path + "/committed_at", "after the freezing")
    parties = {commitment["party"] for commitment in opening["commitments"].values()}
    must(len(parties) == 2, "/opening/commitments/auditor/party", "one party in both roles")


def secret(record, role):
    path, reveal, opening = f"/reveals/{role}", record["reveals"][role], record["opening"]
    is_time(reveal["revealed_at"], path + "/revealed_at")
    must(reveal["revealed_at"] >= opening["list"]["frozen_at"], path + "/revealed_at", "before the freezing")
    is_hash(reveal["secret"], path + "/secret")
    value = bytes.fromhex(reveal["secret"])
    found = digest("commitment", opening["draw_id"].encode(), opening["attempt"].to_bytes(8, "big"), role.encode(), value)
    must(found.hex() == opening["commitments"][role]["digest"], *blamed(record, role))
    return value


def opens(record, role):
    # A text that is no secret is named where it stands, not here.
    text, opening = record["reveals"][role]["secret"], record["opening"]
    if len(text) != 64 or any(character not in "0123456789abcdef" for character in text):
        return True
    found = digest("commitment", opening["draw_id"].encode(), opening["attempt"].to_bytes(8, "big"), role.encode(),
                   bytes.fromhex(text))
    return found.hex() == opening["commitments"][role]["digest"]


def blamed(record, role):
    if digest("opening", canonical(record["opening"])).hex() == record["opening_digest"]:
        return f"/reveals/{role}/secret", "does not open its commitment"
    other = "auditor" if role == "handler" else "handler"
    if opens(record, other):
        return f"/opening/commitments/{role}/digest", "not the commitment of the revealed secret"
    return "/opening_digest", "no secret opens its commitment"


def select(seed, frozen):
    result = []
    for stratum in frozen["strata"]:
        key, ids = stratum["key"], [c["id"] for c in frozen["candidates"] if c["stratum"] == stratum["key"]]
        counter = 0
        for place in range(stratum["places"] + stratum["reserves"]):
            left = len(ids) - place
            while True:
                integer = int.from_bytes(digest("stream", seed, key.encode(), counter.to_bytes(8, "big"))[:8], "big")
                counter += 1
                if integer < 2**64 // left * left:
                    break
            other = place + integer % left
            ids[place], ids[other] = ids[other], ids[place]
        end = stratum["places"] + stratum["reserves"]
        result.append({"panel": ids[:stratum["places"]], "reserves": ids[stratum["places"]:end], "stratum": key})
    return result


def compare(expected, found, path):
    if isinstance(expected, list):
        for index, (one, other) in enumerate(zip(expected, found)):
            compare(one, other, f"{path}/{index}")
        must(len(expected) == len(found), path, f"expected {len(expected)} items")
    elif isinstance(expected, dict):
        for key in sorted(expected):
            compare(expected[key], found[key], f"{path}/{key}")
    else:
        must(expected == found, path, f"expected {expected}")


def verify(data):
    try:
        record = json.loads(data.decode("utf-8"), object_pairs_hook=once)
    except (ValueError, RecursionError) as error:
        raise Differs(f"json: {error}") from None
    shape(record, SHAPE)
    must(record["format"] == "yuanchi-draw/1", "/format", "expected yuanchi-draw/1")
    try:
        bytes_expected = canonical(record) + b"\n"
    except ValueError as error:
        raise Differs(f"json: {error}") from None
    if bytes_expected != data:
        pairs = enumerate(zip(bytes_expected, data))
        at = next((index for index, (a, b) in pairs if a != b), min(len(bytes_expected), len(data)))
        raise Differs(f"byte {at}: not canonical")
    opening = record["opening"]
    check_opening(opening)
    is_hash(record["chain_head"], "/chain_head")
    handler, auditor = secret(record, "handler"), secret(record, "auditor")
    opening_digest = digest("opening", canonical(opening))
    compare(opening_digest.hex(), record["opening_digest"], "/opening_digest")
    seed = digest("seed", opening["draw_id"].encode(), opening["attempt"].to_bytes(8, "big"), opening_digest,
                  handler, auditor, bytes.fromhex(record["chain_head"]))
    compare(seed.hex(), record["seed"], "/seed")
    compare(select(seed, opening["list"]), record["result"], "/result")
    rest = {key: value for key, value in record.items() if key != "record_digest"}
    compare(digest("record", canonical(rest)).hex(), record["record_digest"], "/record_digest")
    return record["record_digest"]


def main(paths):
    failed = False
    for path in paths:
        try:
            with open(path, "rb") as file:
                print("ok", verify(file.read()))
        except Differs as difference:
            failed = True
            print("differs", str(difference).replace("\n", " "))
    return 1 if failed or not paths else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
