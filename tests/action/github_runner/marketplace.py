"""The actions of GitHub's that we use, as far as we use them. Whatever else is asked of one is a
mistake of the workflow, so unknown inputs fail."""

import re
import shutil
import subprocess
from pathlib import Path

FORBIDDEN_IN_ARTIFACT_NAMES = re.compile(r'["<>:|*?\r\n\\/]')


class ActionFailed(Exception):
    pass


def _only(given, *known):
    unknown = set(given) - set(known)
    assert not unknown, f"unknown inputs {unknown}"


def git(folder, *arguments):
    return subprocess.run(["git", *map(str, arguments)], cwd=folder, check=True, text=True,
                          capture_output=True).stdout.strip()


def checkout(job, given):
    """Fetches what the event is about; without credentials a private repo cannot be asked again."""
    _only(given, "fetch-depth", "persist-credentials", "path", "ref")
    assert given.get("persist-credentials") == "false", "a checkout keeps the job's token"
    folder = job.workspace / given.get("path", ".")
    depth = int(given.get("fetch-depth", "1"))
    folder.mkdir(exist_ok=True)
    git(folder, "init", "--quiet")
    git(folder, "remote", "add", "origin", f"file://{job.origin}")
    refs = [given.get("ref") or job.ref]
    shallow = ["--depth", depth] if depth else []
    if not depth:
        refs.append("+refs/heads/*:refs/remotes/origin/*")
    git(folder, "fetch", "--quiet", *shallow, "origin", *refs)
    git(folder, "checkout", "--quiet", "--detach", git(folder, "rev-parse", "FETCH_HEAD"))
    if job.is_private:
        git(folder, "remote", "set-url", "origin", str(job.origin / "not-without-credentials"))


def restore_cache(job, given):
    _only(given, "path", "key")
    kept = job.caches / given["key"]
    if not kept.exists():
        return {"cache-hit": ""}
    shutil.copytree(kept, given["path"], dirs_exist_ok=True)
    return {"cache-hit": "true"}


def save_cache(job, given):
    _only(given, "path", "key")
    if not Path(given["path"]).exists():
        raise ActionFailed(f"{given['path']} is not there")
    shutil.copytree(given["path"], job.caches / given["key"])


def cache(job, given):
    """Restores; saving is what its end does, where the job succeeds."""
    outputs = restore_cache(job, given)
    if outputs["cache-hit"] != "true":
        job.at_success.append(lambda: Path(given["path"]).exists() and save_cache(job, given))
    return outputs


def upload_artifact(job, given):
    _only(given, "name", "path", "overwrite", "if-no-files-found", "include-hidden-files")
    name = given.get("name", "artifact")
    if FORBIDDEN_IN_ARTIFACT_NAMES.search(name):
        raise ActionFailed(f"GitHub refuses the artifact name {name!r}")
    source = job.workspace / given["path"]
    if name in job.artifacts and given.get("overwrite") != "true":
        raise ActionFailed(f"an artifact {name} is there already")
    if source.exists():
        shutil.copytree(source, job.folder / "artifacts" / name, dirs_exist_ok=True)
        job.artifacts[name] = job.folder / "artifacts" / name
    elif given.get("if-no-files-found") == "error":
        raise ActionFailed(f"nothing at {source}")


def download_artifact(job, given):
    _only(given, "name", "path")
    if given["name"] not in job.artifacts:
        raise ActionFailed(f"there is no artifact {given['name']}")
    shutil.copytree(job.artifacts[given["name"]], job.workspace / given["path"], dirs_exist_ok=True)


ACTIONS = {
    "actions/checkout": checkout,
    "actions/cache": cache,
    "actions/cache/restore": restore_cache,
    "actions/cache/save": save_cache,
    "actions/upload-artifact": upload_artifact,
    "actions/download-artifact": download_artifact,
}
