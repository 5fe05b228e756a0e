"""Runs the steps of a workflow's job, and those of our composite action, as GitHub's runner does:
expressions of `if`, `with` and `env`, the environment files, commands in the output."""

import json
import os
import re
import subprocess
import uuid
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from .commands import LARGEST_SUMMARY, Said, read_output, read_pairs
from .expressions import as_text, fill, holds
from .marketplace import ACTIONS, ActionFailed

SHELLS = {"bash": ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail"], None: ["bash", "-e"]}
FILES = ("OUTPUT", "ENV", "PATH", "STEP_SUMMARY", "STATE")
LONGEST_STEP = 240  # Seconds.


def load(path):
    """BaseLoader: `on:` stays a word, and every value the text that GitHub reads."""
    return yaml.load(Path(path).read_text(), yaml.BaseLoader)


@dataclass
class Step:
    name: str
    outcome: str  # success, failure or skipped
    outputs: dict = field(default_factory=dict)
    said: Said = field(default_factory=Said)
    code: int = 0


class Job:
    """One job on a fresh machine. `event` is what GitHub puts into the event's file."""

    def __init__(self, folder, origin, event_name, event, *, actions, caches, sha, ref, token="",
                 is_private=False, path=None):
        self.folder, self.origin, self.caches = Path(folder), Path(origin), Path(caches)
        self.workspace, self.temp = self.folder / "workspace", self.folder / "temp"
        for made in (self.workspace, self.temp, self.caches):
            made.mkdir(parents=True, exist_ok=True)
        self.actions, self.ref, self.is_private = actions, ref, is_private
        self.artifacts, self.at_success = {}, []
        self.env, self.paths, self.steps, self.summary = {}, [], [], ""
        self.status = "success"
        self._path = path or os.environ["PATH"]
        (self.folder / "event.json").write_text(json.dumps(event))
        request = event.get("pull_request", {})
        self.github = {
            "actions": "true", "event_name": event_name, "event": event, "sha": sha, "ref": ref,
            "event_path": str(self.folder / "event.json"), "workspace": str(self.workspace),
            "repository": "someone/my-service", "job": "gate", "run_id": "1", "run_attempt": "1",
            "workflow": "performance", "server_url": "https://github.invalid", "token": token,
            "base_ref": request.get("base", {}).get("ref", ""),
            "head_ref": request.get("head", {}).get("ref", ""),
        }

    # What the tests ask afterwards.

    def step(self, name):
        return next(one for one in self.steps if one.name == name)

    @property
    def annotations(self):
        return [note for step in self.steps for note in step.said.annotations()]

    @property
    def log(self):
        """Without its colours."""
        lines = "\n".join(line for step in self.steps for line in step.said.log)
        return re.sub(r"\x1b\[[0-9;]*m", "", lines)

    def __repr__(self):
        steps = "\n".join(f"{one.outcome}: {one.name}" for one in self.steps)
        return f"{self.status}\n{steps}\n{self.annotations}\n{self.log}"

    # What a workflow asks.

    def run(self, workflow, job=None):
        """Runs one job of it, by name or the only one."""
        named = workflow["jobs"]
        name = job or next(iter(named))
        job = named[name]
        self.github["job"] = name
        self.env.update(workflow.get("env", {}))
        contexts = self._contexts({}, {}, {})
        self.env.update({key: fill(text, contexts, {}) for key, text in job.get("env", {}).items()})
        if "if" in job and not holds(job["if"], contexts, self._functions(lambda: "success")):
            self.status = "skipped"
            return self
        self._run_steps(job["steps"], {}, {}, self._job_status, is_composite=False)
        if self.status == "success":
            for save in self.at_success:
                save()
        return self

    def _job_status(self):
        return self.status

    def _contexts(self, inputs, steps, env, action_path=None):
        github = dict(self.github, **({"action_path": str(action_path)} if action_path else {}))
        return {
            "github": github, "inputs": inputs, "steps": steps, "env": {**self.env, **env},
            "runner": {"temp": str(self.temp), "os": "Linux", "arch": "X64"},
            "strategy": {"job-index": 0, "job-total": 1}, "matrix": {}, "secrets": {},
            "job": {"status": self.status},
        }

    def _functions(self, status):
        return {
            "success": lambda: status() == "success", "failure": lambda: status() == "failure",
            "cancelled": lambda: status() == "cancelled", "always": lambda: True,
            "hashFiles": lambda *patterns: "".join(
                str(one.name) for pattern in patterns for one in self.workspace.glob(pattern)),
        }

    def _run_steps(self, steps, inputs, outer_env, status, is_composite, action_path=None):
        """The status of these steps: of the job's or of an action's."""
        done, mine = {}, {"status": "success"}
        current = (lambda: mine["status"]) if is_composite else status
        for number, step in enumerate(steps):
            functions = self._functions(current)
            contexts = self._contexts(inputs, done, outer_env, action_path)
            env = {**outer_env,
                   **{key: fill(text, contexts, functions) for key, text in step.get("env", {}).items()}}
            contexts["env"].update(env)
            name = fill(step.get("name") or step.get("uses") or step["run"], contexts, functions)
            if not holds(step.get("if", ""), contexts, functions):
                ran = Step(name, "skipped")
                self.steps.append(ran)
            elif "uses" in step:
                ran = self._use(name, step, contexts, env, functions)
            else:
                ran = self._script(name, step, contexts, env, functions, action_path)
            done[step.get("id", f"__{number}")] = {"outputs": ran.outputs, "outcome": ran.outcome}
            if ran.outcome == "failure" and step.get("continue-on-error") != "true":
                mine["status"] = "failure"
                if not is_composite:
                    self.status = "failure"
        return mine["status"], done

    def _script(self, name, step, contexts, env, functions, action_path):
        assert not action_path or "shell" in step, "a composite step must name its shell"
        files = {one: self.temp / f"{one.lower()}-{uuid.uuid4().hex}" for one in FILES}
        for file in files.values():
            file.touch()
        script = self.temp / f"{uuid.uuid4().hex}.sh"
        script.write_text(fill(step["run"], contexts, functions))
        run = subprocess.run(
            [*SHELLS[step.get("shell")], script], env=self._environment(env, files, action_path),
            cwd=self.workspace / step.get("working-directory", "."), text=True, errors="replace",
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            timeout=LONGEST_STEP)
        ran = Step(name, "failure" if run.returncode else "success",
                   read_pairs(files["OUTPUT"]), read_output(run.stdout), run.returncode)
        self.env.update(read_pairs(files["ENV"]))
        self.paths[:0] = [line for line in files["PATH"].read_text().splitlines() if line]
        summary = files["STEP_SUMMARY"].read_bytes()
        assert len(summary) <= LARGEST_SUMMARY
        self.summary += summary.decode()
        self.steps.append(ran)
        return ran

    def _environment(self, env, files, action_path):
        """No token: GitHub gives none to scripts that a workflow does not hand one."""
        variables = {f"GITHUB_{key.upper()}": value for key, value in self.github.items()
                     if isinstance(value, str) and key != "token"}
        variables |= {f"GITHUB_{key}": str(file) for key, file in files.items()}
        if action_path:
            variables["GITHUB_ACTION_PATH"] = str(action_path)
        passed = {key: os.environ[key] for key in ("LOADGATE_TEST", "LANG") if key in os.environ}
        return {**passed, "CI": "true", "HOME": str(self.folder), "RUNNER_TEMP": str(self.temp),
                "PATH": ":".join([*self.paths, self._path]), **self.env, **env, **variables}

    def _use(self, name, step, contexts, env, functions):
        given = {key: fill(text, contexts, functions) for key, text in step.get("with", {}).items()}
        uses = step["uses"].partition(" #")[0]
        repository, _, version = uses.partition("@")
        if repository in ACTIONS:
            ran = Step(name, "success")
            try:
                ran.outputs = ACTIONS[repository](self, given) or {}
            except ActionFailed as trouble:
                ran.outcome, ran.said.log = "failure", [str(trouble)]
            self.steps.append(ran)
            return ran
        folder = self.workspace / repository if uses.startswith("./") else self.actions(repository, version)
        return self._composite(name, folder, given, env)

    def _composite(self, name, folder, given, env):
        action = load(folder / "action.yml")
        unknown = set(given) - set(action["inputs"])
        assert not unknown, f"GitHub warns of {unknown}"
        inputs = {key: given.get(key, entry.get("default", "")) for key, entry in action["inputs"].items()}
        status, done = self._run_steps(action["runs"]["steps"], inputs, env, None, is_composite=True,
                                       action_path=folder)
        contexts = self._contexts(inputs, done, env, folder)
        outputs = {key: as_text(fill(entry["value"], contexts, self._functions(lambda: status)))
                   for key, entry in action["outputs"].items()}
        ran = Step(name, status, outputs)
        self.steps.append(ran)
        return ran
