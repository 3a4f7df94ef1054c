// Replays the Dockerfile without Docker: every COPY and RUN in clean folders (what installs Debian packages is left out), then the
// last stage as a user without rights. `npm run check:container`
import "./lib/help.mjs";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { main, ROOT, Stop, secondsSince } from "./lib/run.mjs";

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

const KEY = "a-key-for-the-container-of-more-than-32-characters";
const READY_MS = 30_000;
/** No one in particular; the image has `node` for it. */
const UID = 65534;

function copy(sources, target, { from, into }) {
  const to = path.resolve(into, target);
  for (const source of sources) {
    const file = path.join(from, source);
    const isWhole = source === "." || fs.statSync(file).isDirectory();
    const place = isWhole || !target.endsWith("/") ? to : path.join(to, path.basename(source));
    fs.mkdirSync(path.dirname(place), { recursive: true });
    fs.cpSync(file, place, { recursive: true, verbatimSymlinks: true });
  }
}

/** Carries out one stage. @returns its folder, which stands for its WORKDIR, and its settings */
function replay(stage, { folder, context, stages }) {
  const into = path.join(folder, stage.name);
  fs.mkdirSync(into, { recursive: true });
  const env = {};
  for (const { instruction, words, text } of stage.instructions) {
    if (instruction === "ENV") Object.assign(env, words);
    if (instruction === "COPY") {
      const { from, sources, target } = words;
      const workdir = from === null ? "" : `${stages[from].workdir.slice(1)}/`;
      const relative = sources.map((source) => (from === null ? source : source.slice(1).replace(workdir, "")));
      copy(relative, target, { from: from === null ? context : stages[from].folder, into });
    }
    if (instruction !== "RUN") continue;
    if (/\bapt-get\b|\/usr\/local|\/data\b/.test(text)) {
      console.log(`  left out: ${text.slice(0, 90)}`);
      continue;
    }
    const began = performance.now();
    const { status, output } = spawnSync("sh", ["-c", text], {
      cwd: into,
      encoding: "utf8",
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    });
    if (status !== 0) throw new Stop(`RUN ${text} ended with ${status}\n${output?.join("\n")}`);
    console.log(`  ${text.slice(0, 70).padEnd(72)}${secondsSince(began)}`);
  }
  return { folder: into, workdir: stage.workdir, env };
}

function launch({ command, env, folder }) {
  const child = spawn(command[0], command.slice(1), {
    cwd: folder,
    env: { PATH: process.env.PATH, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    ...(process.getuid?.() === 0 ? { uid: UID, gid: UID } : {}),
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  const ended = new Promise((resolve) => child.once("close", resolve));
  return { child, ended, read: () => output };
}

const expect = (isSo, what) => {
  if (!isSo) throw new Stop(what);
  console.log(`  ${what}`);
};

const sizeOf = (file) => {
  const stat = fs.lstatSync(file);
  if (!stat.isDirectory()) return stat.size;
  return fs.readdirSync(file).reduce((sum, name) => sum + sizeOf(path.join(file, name)), 0);
};

if (process.argv[1] === import.meta.filename)
  await main("The container is not right: ", async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "orwatch-container-"));
    try {
      const context = path.join(folder, "context");
      const files = readContext(ROOT);
      for (const name of files) {
        fs.mkdirSync(path.dirname(path.join(context, name)), { recursive: true });
        fs.copyFileSync(path.join(ROOT, name), path.join(context, name));
      }
      console.log(`${files.length} files in the context`);
      const stages = {};
      const parsed = parseDockerfile(fs.readFileSync(path.join(ROOT, "Dockerfile"), "utf8"));
      for (const stage of parsed) stages[stage.name] = replay(stage, { folder, context, stages });
      const last = parsed.at(-1);
      const image = stages[last.name];
      fs.rmSync(path.join(folder, "build"), { recursive: true });
      fs.chmodSync(folder, 0o755);
      const data = path.join(folder, "data");
      fs.mkdirSync(data);
      if (process.getuid?.() === 0) fs.chownSync(data, UID, UID);
      const env = {
        ...image.env,
        HOST: "127.0.0.1",
        PORT: "38417",
        DATABASE_URL: `file:${data}/app.db`,
        BACKUP_DIR: `${data}/backups`,
      };
      console.log(`the last stage has ${Math.round(sizeOf(image.folder) / 1e6)} MB above its base image`);

      const refused = launch({ command: last.command, env, folder: image.folder });
      expect(
        (await refused.ended) === 1 && /ENCRYPTION_KEY/.test(refused.read()),
        "refuses to start without ENCRYPTION_KEY",
      );

      const server = launch({ command: last.command, env: { ...env, ENCRYPTION_KEY: KEY }, folder: image.folder });
      const deadline = performance.now() + READY_MS;
      while (!server.read().includes("ready at") && performance.now() < deadline)
        await new Promise((resolve) => setTimeout(resolve, 100));
      expect(
        server.read().includes("ready at"),
        `starts as a user without rights\n${server.read().slice(-500)}`.split("\n")[0],
      );
      const health = () => launch({ command: last.health, env, folder: image.folder }).ended;
      expect((await health()) === 0, "HEALTHCHECK says healthy while it serves");
      for (const [where, type] of Object.entries({
        "/login": "text/html",
        "/docs": "text/html",
        "/redoc": "text/html",
        "/openapi.json": "application/json",
      })) {
        const answer = await fetch(`http://127.0.0.1:${env.PORT}${where}`);
        expect(answer.ok && answer.headers.get("content-type")?.startsWith(type), `${where} is served`);
        await answer.text();
      }
      const backup = launch({
        command: ["node", "apps/server/dist/backup.js"],
        env: { ...env, ENCRYPTION_KEY: KEY },
        folder: image.folder,
      });
      expect((await backup.ended) === 0, `a backup is made beside it\n${backup.read()}`.split("\n")[0]);
      server.child.kill("SIGTERM");
      expect((await server.ended) === 0, "ends cleanly on SIGTERM");
      expect((await health()) === 1, "HEALTHCHECK says unhealthy when it is gone");
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
    console.log("the container is right, as far as can be checked without Docker");
  });
