"""What scripts/release makes: installed and run. The binary is the one the tests have."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import tarfile

import pytest
from support.loadgate import REPO, binary
from support.processes import marked_environment

# The newest commit's time would do as well; a fixed one needs no git.
EPOCH = 1_790_000_000


def run(*command, cwd=None, env=None, timeout=120):
    done = subprocess.run([str(each) for each in command], cwd=cwd, text=True, timeout=timeout,
                          env={**marked_environment(env), "SOURCE_DATE_EPOCH": str(EPOCH)},
                          capture_output=True)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def dist(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    run(REPO / "scripts" / "release", "--build", binary().parent, "--out", folder)
    return folder


@pytest.fixture(scope="module")
def version():
    return run(binary(), "--version").split()[1]


@pytest.fixture(scope="module")
def architecture():
    return run("dpkg", "--print-architecture").strip()


@pytest.fixture(scope="module")
def archive(dist, version, architecture):
    return dist / f"loadgate-{version}-linux-{architecture}.tar.gz"


@pytest.fixture(scope="module")
def package(dist, version, architecture):
    return dist / f"loadgate_{version}_{architecture}.deb"


@pytest.fixture(scope="module")
def bill(dist, version, architecture):
    return json.loads((dist / f"loadgate-{version}-linux-{architecture}.cdx.json").read_text())


# Below the root of the archive, and below /usr of the package.
INSTALLED = {
    "bin/loadgate",
    "share/man/man1/loadgate.1.gz",
    "share/bash-completion/completions/loadgate",
    "share/zsh/vendor-completions/_loadgate",
    "share/fish/vendor_completions.d/loadgate.fish",
    "share/doc/loadgate/copyright",
    "share/doc/loadgate/changelog.gz",
    "share/doc/loadgate/third-party-notices.gz",
}


def test_a_release_is_four_files_and_their_checksums(dist, archive, package, version, architecture):
    assert {file.name for file in dist.iterdir()} == {
        archive.name, package.name, f"loadgate-{version}-linux-{architecture}.cdx.json",
        "SHA256SUMS"}
    lines = (dist / "SHA256SUMS").read_text().splitlines()
    assert len(lines) == 3
    for line in lines:
        digest, name = line.split("  ")
        assert hashlib.sha256((dist / name).read_bytes()).hexdigest() == digest


def test_the_archive_holds_one_folder_that_runs_where_it_is_unpacked(archive, tmp_path):
    top = archive.name.removesuffix(".tar.gz")
    with tarfile.open(archive) as tar:
        files = {member.name for member in tar if member.isfile()}
        assert {(member.uid, member.gid) for member in tar} == {(0, 0)}
    assert files == {f"{top}/{name}" for name in INSTALLED}
    run("tar", "-xzf", archive, "-C", tmp_path)
    assert run(tmp_path / top / "bin" / "loadgate", "--version").startswith("loadgate ")


def test_the_same_source_gives_the_same_bytes(dist, archive, package, tmp_path):
    run(REPO / "scripts" / "release", "--build", binary().parent, "--out", tmp_path)
    for file in dist.iterdir():
        assert (tmp_path / file.name).read_bytes() == file.read_bytes(), file.name


def fields(package):
    text = run("dpkg-deb", "--field", package)
    return dict(re.findall(r"^(\S+): (.*)$", text, re.MULTILINE))


def test_the_package_names_what_it_needs(package, version):
    told = fields(package)
    assert told["Package"] == "loadgate"
    assert told["Version"] == version
    needed = {each.split(" ")[0] for each in told["Depends"].split(", ")}
    assert {"libc6", "libcurl4", "libstdc++6"} <= needed
    assert told["Description"].startswith("performance gate")


def test_the_package_installs_and_runs(package, tmp_path):
    root = tmp_path / "root"
    if os.geteuid() == 0:
        # Its dependencies are those of this machine, not of the scratch root.
        for name in ["updates", "info", "triggers"]:
            (root / "var/lib/dpkg" / name).mkdir(parents=True)
        (root / "var/lib/dpkg/status").touch()
        run("dpkg", f"--root={root}", "--force-depends", "--force-script-chrootless", "--install",
            package)
        assert "ok installed" in run("dpkg-query", f"--admindir={root}/var/lib/dpkg", "-W",
                                     "-f=${Status}", "loadgate")
    else:
        run("dpkg-deb", "--extract", package, root)
    installed = {str(file.relative_to(root / "usr")) for file in (root / "usr").rglob("*")
                 if file.is_file()}
    assert installed == INSTALLED
    loadgate = root / "usr/bin/loadgate"
    (tmp_path / "plan.yaml").write_text(run(loadgate, "example", "quickstart.yaml"))
    assert "plan.yaml" in run(loadgate, "validate", "plan.yaml", cwd=tmp_path)


def test_the_package_is_root_s_and_nobody_else_can_write_it(package):
    for line in run("dpkg-deb", "--contents", package).splitlines():
        mode, owner = line.split()[:2]
        assert owner == "root/root", line
        assert mode[5] == mode[8] == "-", line


def test_its_documents_are_what_debian_wants(package, tmp_path):
    run("dpkg-deb", "--extract", package, tmp_path)
    doc = tmp_path / "usr/share/doc/loadgate"
    licence = (doc / "copyright").read_text()
    assert licence.startswith("Format: https://www.debian.org/doc/packaging-manuals/copyright-format")
    assert "License: Expat\n Permission is hereby granted" in licence
    assert all(line.startswith(" ") for line in licence.split("License: Expat\n")[1].splitlines())
    changelog = run("gzip", "-dc", doc / "changelog.gz")
    assert re.search(r"^ -- .* <.*@.*>  \w{3}, \d{2} \w{3} \d{4} ", changelog, re.MULTILINE)
    page = run("gzip", "-dc", tmp_path / "usr/share/man/man1/loadgate.1.gz")
    assert page == run(binary(), "man")


def test_it_carries_the_notices_of_what_was_compiled_in(package, tmp_path):
    run("dpkg-deb", "--extract", package, tmp_path)
    notices = run("gzip", "-dc", tmp_path / "usr/share/doc/loadgate/third-party-notices.gz")
    for part in ["nlohmann-json3-dev", "libcli11-dev", "University of Cincinnati"]:
        assert part in notices, part


def test_the_completions_are_those_of_the_binary(package, tmp_path):
    run("dpkg-deb", "--extract", package, tmp_path)
    share = tmp_path / "usr/share"
    assert (share / "bash-completion/completions/loadgate").read_text() == \
        run(binary(), "completion", "bash")
    assert (share / "zsh/vendor-completions/_loadgate").read_text() == \
        run(binary(), "completion", "zsh")


def test_the_bill_names_what_was_compiled_in_and_what_is_loaded(bill):
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    how = {one["name"]: one["properties"][0]["value"] for one in bill["components"]}
    assert how["nlohmann-json3-dev"] == "compiled in"
    assert how["libcli11-dev"] == "compiled in"
    assert how["libcurl4"] == "loaded"
    assert how["libc6"] == "loaded"
    assert not {"libgtest-dev", "libgmock-dev", "libc6-dev"} & set(how)
    for one in bill["components"]:
        assert one["purl"].startswith("pkg:deb/"), one
        assert one["version"], one


def test_a_scanner_reads_names_and_versions_with_a_plus(bill):
    """Escaped, as the purl specification has them."""
    [library] = [one for one in bill["components"] if one["name"] == "libstdc++6"]
    assert "/libstdc%2B%2B6@" in library["purl"]
    assert not [one["purl"] for one in bill["components"] if "+" in one["purl"]]


def test_the_bill_is_whole_and_names_nothing_twice(bill):
    refs = [one["bom-ref"] for one in bill["components"]]
    assert len(refs) == len(set(refs))
    [root] = bill["dependencies"]
    assert root["ref"] == bill["metadata"]["component"]["bom-ref"]
    assert root["dependsOn"] == refs
    assert bill["metadata"]["timestamp"] == "2026-09-21T14:13:20Z"
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", bill["serialNumber"])


def test_the_bill_holds_to_its_schema(dist, archive):
    package = REPO / "tests/node_modules/@cyclonedx/cyclonedx-library"
    if shutil.which("node") is None or not package.exists():
        pytest.skip("no CycloneDX schema: npm install in tests/")
    file = dist / archive.name.replace(".tar.gz", ".cdx.json")
    run("node", REPO / "tests/support/check_bill.mjs", file, cwd=REPO / "tests")
