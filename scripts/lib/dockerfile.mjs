import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/** Lines of a Dockerfile with their continuations, without comments. */
const joinLines = (text) =>
  text
    .split("\n")
    .filter((line) => !/^\s*#/.test(line))
    .join("\n")
    .replace(/\\\n\s*/g, "")
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

function readWords(instruction, text) {
  if (instruction === "ENV")
    return Object.fromEntries(text.split(/\s+/).map((pair) => pair.split(/=(.*)/s).slice(0, 2)));
  if (instruction !== "COPY") return null;
  const [flag, ...rest] = text.split(/\s+/);
  const from = /^--from=(.+)$/.exec(flag)?.[1] ?? null;
  const files = from === null ? [flag, ...rest] : rest;
  return { from, sources: files.slice(0, -1), target: files.at(-1) };
}

/** The stages of a Dockerfile, as far as ours uses the language: exec forms only, one WORKDIR a stage, build arguments before the first stage. */
export function parseDockerfile(text) {
  const stages = [];
  const args = {};
  for (const line of joinLines(text)) {
    const [, instruction, rest] = /^([A-Z]+)\s+(.*)$/s.exec(line) ?? [];
    if (!instruction) throw new Error(`not an instruction: ${line}`);
    if (instruction === "ARG" && stages.length === 0) {
      const [name, value] = rest.split("=");
      args[name] = value;
      continue;
    }
    if (instruction === "FROM") {
      const [image, , name = `stage${stages.length}`] = rest
        .replace(/\$\{(\w+)\}/g, (_, argument) => args[argument])
        .split(/\s+/);
      stages.push({ name, image, workdir: "/", user: null, command: null, health: null, instructions: [] });
      continue;
    }
    const stage = stages.at(-1);
    if (instruction === "WORKDIR") stage.workdir = rest;
    else if (instruction === "USER") stage.user = rest;
    else if (instruction === "CMD") stage.command = JSON.parse(rest);
    else if (instruction === "HEALTHCHECK") stage.health = JSON.parse(rest.replace(/^.*?CMD\s+/s, ""));
    stage.instructions.push({ instruction, text: rest, words: readWords(instruction, rest) });
  }
  return stages;
}

const toPattern = (glob) =>
  new RegExp(
    `^${glob
      .replace(/[.+^${}()|[\]]/g, "\\$&")
      .replace(/\*\*\//g, "\0")
      .replace(/\*/g, "[^/]*")
      .replace(/\0/g, "(?:.*/)?")}(?:/.*)?$`,
  );

/** Whether .dockerignore leaves a file out: the last pattern that fits decides. */
export function createIgnore(text) {
  const rules = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith("#"))
    .map((line) => ({
      isIgnored: !line.startsWith("!"),
      pattern: toPattern(line.replace(/^!/, "").replace(/\/$/, "")),
    }));
  return (name) => rules.reduce((found, { isIgnored, pattern }) => (pattern.test(name) ? isIgnored : found), false);
}

/** Files that go to the build, by path from the root: those git knows or would, less what .dockerignore names. */
export function readContext(root) {
  const isIgnored = createIgnore(fs.readFileSync(path.join(root, ".dockerignore"), "utf8"));
  return execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  })
    .split("\n")
    .filter((name) => name && !isIgnored(name) && fs.existsSync(path.join(root, name)));
}
