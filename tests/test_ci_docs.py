"""docs/ci.md and docs/gates.md: every snippet is extracted and linted, and every `svc` line in it is run by a shell.

Pipelines are held against the schemas of their runners, shell lines against shellcheck, the container file against
hadolint; all three come with the development packages.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from svc.analyzers.baseline import HEAD, read_baseline
from svc.cli.version import VERSION

ROOT = Path(__file__).parents[1]
PAGES = {name: (ROOT / "docs" / name).read_text("utf-8") for name in ("ci.md", "gates.md")}
BLOCKS = [
    (language, code)
    for page in PAGES.values()
    for language, code in re.findall(r"^```(\w+)\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
]


def block(language: str, head: str = "") -> str:
    """The one block of a language that begins so."""
    found = [code for name, code in BLOCKS if name == language and code.startswith(head)]
    assert len(found) == 1
    return found[0]


def commands() -> Iterator[str]:
    """Every command line of every snippet."""
    for language, code in BLOCKS:
        if language in {"console", "sh"}:
            yield from code.strip().splitlines()
        elif language == "groovy":
            yield from re.findall(r"sh '([^']+)'", code)
        elif language == "yaml":
            yield from scripts(yaml.safe_load(code))


def scripts(value: Any) -> Iterator[str]:
    """What a pipeline runs."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key in {"run", "entry"}:
                yield from str(item).strip().splitlines()
            elif key == "script":
                yield from item
            else:
                yield from scripts(item)
    elif isinstance(value, list):
        for item in value:
            yield from scripts(item)


COMMANDS = list(dict.fromkeys(commands()))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the snippets speak of: an export, a lexicon, last week's report, accepted pains."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copy(ROOT / "samples" / "shop.csv", folder / "complaints.csv")
    (folder / "lexicon.toml").write_text('[[extend]]\nid = "fulfilment.late"\nterms = ["привозить ~2 ночь"]\n', "utf-8")
    (folder / "bin").mkdir()
    (folder / "bin" / "svc").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m svc.cli "$@"\n')
    (folder / "bin" / "svc").chmod(0o755)
    run(folder, "svc analyze complaints.csv -q --report json=report.json --report json=last.json")
    run(folder, "svc baseline add --all --from report.json --reason x --until 2999-01-01")
    return folder


def run(folder: Path, command: str) -> subprocess.CompletedProcess[str]:
    """A command of a snippet, by a shell in the project's folder."""
    env = {**os.environ, "PYTHONUTF8": "1", "GITHUB_STEP_SUMMARY": str(folder / "summary.md")}
    env["PATH"] = f"{folder / 'bin'}{os.pathsep}{env['PATH']}"
    return subprocess.run(
        ["sh", "-euc", command], cwd=folder, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        check=False,
    )  # fmt: skip


@pytest.mark.parametrize("command", [line for line in COMMANDS if line.startswith("svc ")])
def test_every_svc_line_runs(project: Path, command: str) -> None:
    """Ends with 0, or with 1 for a gate; 2 would be a mistake of the page."""
    done = run(project, command)
    assert done.returncode in {0, 1}, done.stderr
    assert done.returncode == 0 or "--fail-on" in command
    for kind, name in re.findall(r"--report (\S+?)=([\w.]+)", command):
        content = (project / name).read_text("utf-8")
        assert content, kind
        assert kind not in {"json", "sarif", "gitlab-quality"} or json.loads(content)


@pytest.mark.parametrize("head", ["# .github", "# .gitlab"])
def test_a_pipeline_fails_for_the_right_reason_once_with_its_evidence(project: Path, head: str) -> None:
    """The commands of a job as they stand, first with every pain accepted, then with none."""
    lines = [line for line in scripts(yaml.safe_load(block("yaml", head))) if not line.startswith("pip ")]
    assert run(project, "\n".join(lines)).returncode == 0
    kept = (project / "svc-baseline.toml").read_text("utf-8")
    (project / "svc-baseline.toml").write_text(HEAD, "utf-8")
    try:
        done = run(project, "\n".join(lines))
    finally:
        (project / "svc-baseline.toml").write_text(kept, "utf-8")
    assert done.returncode == 1
    assert done.stderr.count("class:A") == 1
    first = json.loads((project / "report.json").read_text("utf-8"))["gates"][0]
    assert (first["expr"], first["verdict"]) == ("class:A", "fail")
    if head == "# .github":
        assert done.stdout.count("::error ") == 1
        assert "class:A" in (project / "summary.md").read_text("utf-8")
        assert json.loads((project / "svc.sarif").read_text("utf-8"))["runs"][0]["results"][0]["kind"] == "fail"
    else:
        failures = list(ElementTree.parse(project / "junit.xml").iter("failure"))
        assert len(failures) == 1
        assert "«" in (failures[0].text or "")


def lint(folder: Path, name: str, text: str, *command: str) -> str:
    """What a linter of the development packages says of a file."""
    (folder / name).write_text(text, "utf-8")
    program = [sys.executable, "-m", "check_jsonschema"] if command[0] == "check-jsonschema" else [tool(command[0])]
    done = subprocess.run([*program, *command[1:], name], cwd=folder, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def tool(name: str) -> str:
    """A program that a development package brings, beside the interpreter."""
    return str(Path(sys.executable).parent / name)


LINTS = {
    "workflow.yml": ("yaml", "# .github", "check-jsonschema", "--builtin-schema", "vendor.github-workflows"),
    "pipeline.yml": ("yaml", "# .gitlab", "check-jsonschema", "--builtin-schema", "vendor.gitlab-ci"),
    "Containerfile": ("dockerfile", "", "hadolint", "--no-color"),
}


@pytest.mark.parametrize("name", LINTS)
def test_a_snippet_keeps_the_rules_of_its_runner(tmp_path: Path, name: str) -> None:
    """And the linter sees a mistake."""
    language, head, *command = LINTS[name]
    text = block(language, head)
    assert lint(tmp_path, name, text, *command) == ""
    broken = re.sub(r"permissions:|artifacts:|^USER 1000$", "nonsense:", text, flags=re.MULTILINE)
    assert lint(tmp_path, "bad " + name, broken, *command) != ""


def test_shell_lines_are_sound(tmp_path: Path) -> None:
    """Quotes, variables, redirections: shellcheck finds nothing, and would find something."""
    text = "\n".join(["#!/bin/sh", *COMMANDS, ""])
    assert lint(tmp_path, "lines.sh", text, "shellcheck") == ""
    assert "SC2086" in lint(tmp_path, "bad.sh", text + "svc analyze $FILE\n", "shellcheck")


def test_every_other_line_installs_the_pinned_release() -> None:
    """The lexicon is part of it."""
    others = {line for line in COMMANDS if not line.startswith("svc ")}
    assert others == {f"pip install svc-upgrade=={VERSION}"}
    pins = re.findall(r"svc-upgrade==([\w.]+)", PAGES["ci.md"])
    assert set(pins) == {VERSION}


def test_the_github_workflow_is_one() -> None:
    """Its keys, its permissions, and uploads that happen when a gate failed too."""
    flow = yaml.safe_load(block("yaml", "# .github"))
    assert set(flow) == {"name", True, "jobs"}  # YAML 1.1 reads the key `on` as true
    job = flow["jobs"]["svc"]
    assert set(job) == {"runs-on", "permissions", "steps"}
    assert all(("uses" in step) != ("run" in step) for step in job["steps"])
    assert all(re.fullmatch(r"[\w-]+/[\w/-]+@v\d+", step["uses"]) for step in job["steps"] if "uses" in step)
    uploads = [step for step in job["steps"] if "upload" in step.get("uses", "")]
    assert [step["if"] for step in uploads] == ["always()"] * 2


def test_the_gitlab_job_keeps_its_reports_when_a_gate_failed() -> None:
    """And names the files that the command writes."""
    job = yaml.safe_load(block("yaml", "# .gitlab"))["complaints"]
    written = dict(re.findall(r"--report (\S+?)=(\S+)", job["script"][-1]))
    assert job["artifacts"]["when"] == "always"
    assert job["artifacts"]["reports"] == {
        "junit": written["junit"], "metrics": written["gitlab-metrics"], "codequality": written["gitlab-quality"],
    }  # fmt: skip


def test_the_hooks_have_what_pre_commit_asks_for() -> None:
    """Local hooks with an environment of their own."""
    repository = yaml.safe_load(block("yaml", "# .pre-commit"))["repos"][0]
    assert repository["repo"] == "local"
    for hook in repository["hooks"]:
        assert {"id", "name", "language", "entry", "files"} <= set(hook)
        assert re.compile(hook["files"])


def test_the_jenkinsfile_is_balanced_and_declarative() -> None:
    """No Groovy here to run it: its shape."""
    code = re.sub(r"//[^\n]*|'[^'\n]*'", "", block("groovy"))
    depth = 0
    for char in code:
        depth += (char in "{(") - (char in "})")
        assert depth >= 0
    assert depth == 0
    assert code.strip().startswith("pipeline {")
    assert all(re.search(rf"\b{word} \{{", code) for word in ("agent", "stages", "steps", "post", "always"))


def test_the_container_file_runs_as_no_root_and_ends_in_svc() -> None:
    """Known instructions only, in an order that works."""
    lines = [line.split(" ", 1) for line in block("dockerfile").splitlines() if line and line[0] != "#"]
    assert [line[0] for line in lines] == ["FROM", "RUN", "USER", "WORKDIR", "ENTRYPOINT", "CMD"]
    values = dict(lines)
    assert json.loads(values["ENTRYPOINT"]) == ["svc"]
    assert json.loads(values["CMD"])[0] == "analyze"
    assert values["USER"] != "root"


def test_the_sample_of_a_baseline_reads() -> None:
    """As the page shows it, comments and all."""
    text = block("toml")
    assert tomllib.loads(text)["version"] == 1
    assert [entry.id for entry in read_baseline(text, "docs")] == ["fulfilment.late"]
    assert read_baseline(HEAD, "docs") == []


def test_no_block_is_left_unread() -> None:
    """A new language brings its test."""
    assert {language for language, _ in BLOCKS} == {"yaml", "groovy", "sh", "console", "dockerfile", "toml", "ebnf"}
