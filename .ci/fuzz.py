"""Holds the API against its own description from outside: schemathesis asks every operation, as people of several roles.

    python3 .ci/fuzz.py SCHEMATHESIS ADDRESS ACCOUNTS FOLDER

SCHEMATHESIS is its command, ADDRESS where a demonstration serves, ACCOUNTS its file demo-accounts.json; FOLDER takes what is
written down. What fails: an answer of 5xx, a status, media type, header or body that the description does not have, and no
answer within ten seconds. What is asked is made up in the same order at every run; nothing is drawn by chance.
"""

import concurrent.futures
import json
import os
import subprocess
import sys
import urllib.error
import urllib.request

# Who asks: those whose roles open most. What is open to all, each of them asks. Two at a time, as many as a small
# machine has cores.
ASKERS = ["vendor_admin", "expert", "approver", "handler"]
AT_A_TIME = 2
# Requests to one operation that are made up, on top of those that go through each of its limits in turn.
EXAMPLES = 4
# Seconds that one asker may take at most, a few times what they do take.
SECONDS_EACH = 300
CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
]
# They end the session of whoever asks, and changes of accounts that of others who ask: all that comes after would be
# answered with 401. Ids come out of earlier answers too, so these are not asked at all; the suite's own tests ask them.
LEFT_OUT = ["delete_tokens", "end_own_session"]
ACCOUNTS = "/api/v1/accounts/"
# What is there of nobody.
NOBODY = "00000000-0000-7000-8000-000000000000"
# Lists whose rows give an address its ids, by the word before them in the address.
SAME = {"decisions": "calls", "reviews": "calls", "records": "applications"}


def ask(address, path, token=None, body=None):
    headers = {"content-type": "application/json"} | ({"authorization": f"Bearer {token}"} if token else {})
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(address + path, data, headers), timeout=30) as answer:
        return json.load(answer)


def rows(address, kind, token):
    """The ids on the first page of a list; none of one that the asker may not read or that is no list."""
    try:
        items = ask(address, f"/api/v1/{kind}?per_page=200", token).get("items", [])
    except urllib.error.HTTPError:
        return []
    ids = [item.get("id") or item.get("key") for item in items]
    # The first and the last few: of the newest and of the oldest.
    return [one for one in (ids if len(ids) < 9 else ids[:5] + ids[-3:]) if one]


def with_ids(description, address, token):
    """The description with ids in it that are there, so that not every request ends at an address of nothing."""
    known = {}

    def of(word):
        kind = SAME.get(word, word)
        if kind not in known:
            known[kind] = rows(address, kind, token) if f"/api/v1/{kind}" in description["paths"] else []
        return known[kind]

    for path, operations in description["paths"].items():
        parts = path.split("/")
        for operation in operations.values():
            for parameter in operation.get("parameters", []):
                if parameter["in"] != "path":
                    continue
                before = parts[parts.index("{" + parameter["name"] + "}") - 1]
                ids = {"kind": ["application", "call"], "number": ["1", "2"]}.get(parameter["name"]) or of(before)
                if ids:
                    parameter["schema"] = {"type": "string", "enum": ids + [NOBODY]}
    return description


def fuzz(command, address, told, folder, name):
    """Whether everything was answered as it is described; what there is to say of it is printed."""
    email = next(one["email"] for one in told["accounts"] if one["role"] == name)
    token = ask(address, "/api/v1/tokens", body={"email": email, "password": told["password"]})["access_token"]
    description = ask(address, "/api/v1/openapi.json")
    of_accounts = [of for path, of in description["paths"].items() if path.startswith(ACCOUNTS)]
    changes = [one["operationId"] for of in of_accounts for method, one in of.items() if method != "get"]
    file_name = os.path.join(folder, f"openapi-{name}.json")
    with open(file_name, "w", encoding="utf-8") as file:
        json.dump(with_ids(description, address, token), file)
    run = [command, "--no-color", "run", file_name, "--url", address]
    run += ["--phases", "examples,coverage,fuzzing", "--checks", ",".join(CHECKS), "--max-examples", str(EXAMPLES)]
    run += ["--generation-deterministic", "--continue-on-failure", "--request-timeout", "10", "--warnings", "off"]
    for operation in LEFT_OUT + changes:
        run += ["--exclude-operation-id", operation]
    run += ["--header", f"Authorization: Bearer {token}"]
    with open(os.path.join(folder, f"{name}.txt"), "w+", encoding="utf-8") as said:
        try:
            code = subprocess.run(run, stdout=said, stderr=said, cwd=folder, timeout=SECONDS_EACH).returncode
        except subprocess.TimeoutExpired:
            code = f"not over after {SECONDS_EACH} seconds"
        said.seek(0)
        lines = said.read().splitlines()
    counted = next((line.strip() for line in lines if "generated" in line), None)
    print(f"{name}: {counted or 'nothing was asked'}", flush=True)
    if code != 0 or not counted:
        print("\n".join([*lines[-300:], f"{name}: {code}"]), flush=True)
        return False
    # Whoever was nobody from somewhere in the middle was refused everything from then on.
    try:
        ask(address, "/api/v1/me", token)
    except urllib.error.HTTPError as error:
        print(f"{name}: nobody any more ({error.code}), so that what was asked last was refused unread", flush=True)
        return False
    return True


def main():
    command, address, accounts, folder = sys.argv[1:]
    with open(accounts, encoding="utf-8") as file:
        told = json.load(file)
    with concurrent.futures.ThreadPoolExecutor(AT_A_TIME) as askers:
        fuzzed = list(askers.map(lambda role: fuzz(command, address, told, folder, role), ASKERS))
    if not all(fuzzed):
        sys.exit("the API is not as it is described")


main()
