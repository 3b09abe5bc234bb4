"""Holds what `cargo metadata` says against .ci/deny.toml: licences, banned crates, sources. Reads the metadata from
standard input; prints what is wrong and ends with 1 if anything is."""

import json
import pathlib
import re
import sys
import tomllib


def allowed(expression: str, allow: set[str]) -> bool:
    """Whether an SPDX expression can be satisfied by the licences in `allow`. `/` is how `OR` was written before."""
    words = re.findall(r"\(|\)|[^\s()]+", expression.replace("/", " OR "))
    at = 0

    def either() -> bool:
        nonlocal at
        found = both()
        while at < len(words) and words[at] == "OR":
            at += 1
            # Read on in any case: what stands behind must be read too.
            found = both() or found
        return found

    def both() -> bool:
        nonlocal at
        found = one()
        while at < len(words) and words[at] == "AND":
            at += 1
            found = one() and found
        return found

    def one() -> bool:
        nonlocal at
        word = words[at] if at < len(words) else ""
        at += 1
        if word == "(":
            found = either()
            at += 1
            return found
        if at < len(words) and words[at] == "WITH":
            word = f"{word} WITH {words[at + 1]}"
            at += 2
        return word in allow

    return either() and at == len(words)


def main() -> int:
    rules = tomllib.loads((pathlib.Path(__file__).parent / "deny.toml").read_text(encoding="utf-8"))
    allow = set(rules["licenses"]["allow"])
    banned = {entry["crate"] for entry in rules["bans"]["deny"]}
    registries = {f"registry+{url}" for url in rules["sources"]["allow-registry"]}
    packages = json.load(sys.stdin)["packages"]
    wrong = []
    for package in packages:
        name = f"{package['name']} {package['version']}"
        if not allowed(package["license"] or "", allow):
            wrong.append(f"{name}: its licence {package['license']!r} is not in the list")
        if package["name"] in banned:
            wrong.append(f"{name}: must not be linked")
        # What lies in this repository has no source.
        if package["source"] is not None and package["source"] not in registries:
            wrong.append(f"{name}: comes from {package['source']}")
    print(*sorted(wrong), sep="\n", end="\n" if wrong else "")
    print(f"{len(packages)} packages looked at, {len(wrong)} complaints")
    return 1 if wrong else 0


def self_test() -> None:
    allow = {"MIT", "Apache-2.0", "Unicode-3.0"}
    good = ["MIT", "MIT/GPL-3.0", "GPL-2.0 OR MIT", "(MIT OR Apache-2.0) AND Unicode-3.0", "A WITH b OR MIT"]
    bad = ["", "GPL-3.0", "MIT AND GPL-3.0", "(MIT OR X) AND Y", "GPL-3.0 OR LGPL-3.0", "MIT WITH odd", "(MIT"]
    assert all(allowed(text, allow) for text in good), good
    assert not any(allowed(text, allow) for text in bad[:-1]), bad


if __name__ == "__main__":
    self_test()
    sys.exit(main())
