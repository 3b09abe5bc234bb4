"""Writes the bill of materials of what is linked into the service: CycloneDX 1.6 as JSON, from what `cargo metadata` says on
standard input and the checksums of Cargo.lock. What only the tests need is not in it. The same sources give the same bytes.
Ends with 1, and says why on standard error, where something has no checksum or no licence."""

import json
import pathlib
import sys
import tomllib
import uuid


def purl(package: dict) -> str:
    return f"pkg:cargo/{package['name']}@{package['version']}"


def linked(metadata: dict) -> dict[str, list[str]]:
    """The packages that the service rests on, each with those that it needs itself: all but what is for tests alone."""
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    needed: dict[str, list[str]] = {}
    ahead = [metadata["resolve"]["root"]]
    while ahead:
        package = ahead.pop()
        if package in needed:
            continue
        of = nodes[package]["deps"]
        needed[package] = sorted({dep["pkg"] for dep in of if any(kind["kind"] != "dev" for kind in dep["dep_kinds"])})
        ahead.extend(needed[package])
    return needed


def component(package: dict, checksum: str | None, kind: str) -> dict:
    found = {
        "type": kind,
        "bom-ref": purl(package),
        "name": package["name"],
        "version": package["version"],
        "purl": purl(package),
        "licenses": [{"expression": (package["license"] or "").replace("/", " OR ")}],
    }
    if checksum:
        found["hashes"] = [{"alg": "SHA-256", "content": checksum}]
    if package.get("repository"):
        found["externalReferences"] = [{"type": "vcs", "url": package["repository"]}]
    return found


def bill(metadata: dict, lock: dict) -> tuple[dict, list[str]]:
    """The bill, and what is wrong with it."""
    packages = {package["id"]: package for package in metadata["packages"]}
    checksums = {(entry["name"], entry["version"]): entry.get("checksum") for entry in lock["package"]}
    root = metadata["resolve"]["root"]
    needed = linked(metadata)
    components, wrong = [], []
    for package in sorted((packages[id] for id in needed if id != root), key=purl):
        checksum = checksums.get((package["name"], package["version"]))
        if not checksum:
            wrong.append(f"{purl(package)} has no checksum in Cargo.lock")
        if not package["license"]:
            wrong.append(f"{purl(package)} has no licence")
        components.append(component(package, checksum, "library"))
    graph = [
        {"ref": purl(packages[id]), "dependsOn": sorted(purl(packages[dep]) for dep in of)}
        for id, of in sorted(needed.items(), key=lambda one: purl(packages[one[0]]))
    ]
    content = json.dumps([components, graph], sort_keys=True)
    found = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        # The same content has the same number.
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, content)}",
        "version": 1,
        "metadata": {"component": component(packages[root], None, "application")},
        "components": components,
        "dependencies": graph,
    }
    return found, wrong


def self_test() -> None:
    def package(name: str, licence: str) -> dict:
        return {"id": name, "name": name, "version": "1.0.0", "license": licence}

    def node(name: str, *deps: tuple[str, str | None]) -> dict:
        return {"id": name, "deps": [{"pkg": dep, "dep_kinds": [{"kind": kind}]} for dep, kind in deps]}

    metadata = {
        "packages": [package("own", "MIT"), package("a", "MIT/Apache-2.0"), package("b", "MIT"), package("t", "MIT")],
        "resolve": {"root": "own", "nodes": [node("own", ("a", None), ("t", "dev")), node("a", ("b", "build")), node("b"), node("t")]},
    }
    lock = {"package": [{"name": "a", "version": "1.0.0", "checksum": "00"}, {"name": "b", "version": "1.0.0"}]}
    found, wrong = bill(metadata, lock)
    assert [one["name"] for one in found["components"]] == ["a", "b"], found
    assert found["components"][0]["licenses"] == [{"expression": "MIT OR Apache-2.0"}], found
    assert found["dependencies"][0] == {"ref": "pkg:cargo/a@1.0.0", "dependsOn": ["pkg:cargo/b@1.0.0"]}, found
    assert wrong == ["pkg:cargo/b@1.0.0 has no checksum in Cargo.lock"], wrong
    assert bill(metadata, lock) == (found, wrong)


def main() -> int:
    lock = tomllib.loads((pathlib.Path(__file__).parent.parent / "Cargo.lock").read_text(encoding="utf-8"))
    found, wrong = bill(json.load(sys.stdin), lock)
    print(json.dumps(found, indent=1, ensure_ascii=False))
    print(*wrong, f"{len(found['components'])} packages are in the bill of materials", sep="\n", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    self_test()
    sys.exit(main())
