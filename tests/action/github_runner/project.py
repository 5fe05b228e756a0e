"""Somebody's repo on GitHub, and the jobs that its events start."""

import itertools
from pathlib import Path

from .marketplace import git
from .runner import Job


class Project:
    """`folder` is their clone; `origin` what GitHub has."""

    def __init__(self, folder, published, caches):
        self.base, self.published, self.caches = Path(folder), published, caches
        self.folder, self.origin = self.base / "clone", self.base / "origin.git"
        self._jobs = itertools.count(1)
        git(self.base, "init", "--quiet", "--bare", self.origin)
        git(self.base, "init", "--quiet", self.folder)
        git(self.folder, "remote", "add", "origin", self.origin)

    def commit(self, files, branch="main"):
        """Pushes a commit with these contents, on a new branch or an old one."""
        known = git(self.folder, "branch", "--list", branch)
        git(self.folder, "switch", "--quiet", *([branch] if known else ["--create", branch]))
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True) if text is None else path.write_text(text)
        git(self.folder, "add", "--all")
        git(self.folder, "commit", "--quiet", "--message", f"Change {', '.join(files)}")
        git(self.folder, "push", "--quiet", "origin", branch)
        return git(self.folder, "rev-parse", "HEAD")

    def pull_request(self, branch, **options):
        """A job of the pull request of `branch` into main. GitHub checks out a merge of both."""
        git(self.folder, "switch", "--quiet", "--detach", "main")
        git(self.folder, "merge", "--quiet", "--no-ff", "--message", "Merge", branch)
        merge = git(self.folder, "rev-parse", "HEAD")
        git(self.folder, "push", "--quiet", "--force", "origin", f"{merge}:refs/pull/1/merge")
        git(self.folder, "switch", "--quiet", "main")
        self._event = self._request(branch, merge)
        return self.same_pull_request(**options)

    def _request(self, branch, merge):
        sides = {"base": {"ref": "main", "sha": git(self.folder, "rev-parse", "main")},
                 "head": {"ref": branch, "sha": git(self.folder, "rev-parse", branch)}}
        return {"event": {"pull_request": sides}, "sha": merge, "ref": "refs/pull/1/merge"}

    def same_pull_request(self, **options):
        """Another job of it."""
        return self.job("pull_request", **self._event, **options)

    def push(self, **options):
        return self.job("push", {}, **options)

    def job(self, event_name, event, *, sha=None, ref="refs/heads/main", actions=None, **options):
        folder = self.base / f"job-{next(self._jobs)}"
        return Job(folder, self.origin, event_name, event, actions=actions or self.published,
                   caches=self.caches, sha=sha or git(self.folder, "rev-parse", "main"), ref=ref,
                   **options)
