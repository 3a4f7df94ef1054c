import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
// @ts-expect-error a script without types
import { findNotes } from "../../scripts/supply.mjs";

const ROOT = path.resolve(import.meta.dirname, "../..");
const read = (file: string) => fs.readFileSync(path.join(ROOT, file), "utf8");
const list = (folder: string) => fs.readdirSync(path.join(ROOT, folder)).map((name) => `${folder}/${name}`);

const WORKFLOWS = list(".github/workflows");
const FORMS = list(".github/ISSUE_TEMPLATE").filter((file) => !file.endsWith("config.yml"));

/** The schemas of schemastore.org, from the package that keeps a copy of them. */
const schemas = path.join(
  path.dirname(createRequire(import.meta.url).resolve("schemastore/package.json")),
  "schemas/json",
);

/** What is wrong with a file by a schema, as `path: message`. */
function findFlaws(name: string, value: unknown): string[] {
  // Some name draft 4 of JSON Schema; nothing that they use has changed since.
  const { $schema: _, ...schema } = JSON.parse(fs.readFileSync(path.join(schemas, name), "utf8"));
  const ajv = new Ajv({ strict: false, allErrors: true });
  (addFormats as unknown as (ajv: Ajv) => void)(ajv);
  const validate = ajv.compile(schema);
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message}`);
}

/** GitHub's own parser. It imports JSON without saying so, which Node refuses and esbuild does not. */
async function loadParser(): Promise<typeof import("@actions/workflow-parser")> {
  const { outputFiles } = await build({
    stdin: { contents: 'export * from "@actions/workflow-parser"', resolveDir: import.meta.dirname },
    bundle: true,
    format: "esm",
    platform: "browser",
    write: false,
    logLevel: "silent",
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0]?.contents ?? []).toString("base64")}`);
}

const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = await loadParser();

/** What GitHub's own parser says about a workflow. */
async function findWorkflowErrors(name: string, content: string): Promise<string[]> {
  const { context, value } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
  if (value) await convertWorkflowTemplate(context, value);
  return context.errors.getErrors().map(({ message }) => message);
}

describe.each(WORKFLOWS)("%s", (file) => {
  const text = read(file);
  const workflow = parse(text);

  test("is valid", async () => {
    expect(await findWorkflowErrors(file, text)).toEqual([]);
  });

  test("uses actions by commit, with the version as a comment", () => {
    const uses = [...text.matchAll(/uses: (.+)/g)].map(([, name]) => name);
    expect(uses.length).toBeGreaterThan(0);
    for (const name of uses) expect(name).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test("may only read unless a job says more", () => {
    expect(workflow.permissions).toEqual({ contents: "read" });
  });

  test("ends jobs that hang", () => {
    for (const job of Object.values<{ "timeout-minutes"?: number }>(workflow.jobs))
      expect(job["timeout-minutes"]).toBeGreaterThan(0);
  });

  test("runs commands that package.json has, and puts nothing of an event into a shell", () => {
    const { scripts } = JSON.parse(read("package.json"));
    const commands = Object.values<{ steps: { run?: string }[] }>(workflow.jobs)
      .flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []))
      .join("\n");
    for (const [, name = ""] of commands.matchAll(/npm (?:run )?(?:--silent )?((?:test|sbom|build|release)[\w:]*)/g))
      expect(Object.keys(scripts)).toContain(name);
    expect(commands).not.toContain("${{");
  });
});

test("a workflow with a mistake is not valid", async () => {
  const text = read(".github/workflows/checks.yml").replace("runs-on:", "run-on:");
  expect(await findWorkflowErrors("checks.yml", text)).not.toEqual([]);
});

test("the Nodes of the checks are the supported ones", () => {
  const { engines } = JSON.parse(read("package.json"));
  const { matrix } = parse(read(".github/workflows/checks.yml")).jobs.node.strategy;
  expect(matrix.node).toEqual(engines.node.match(/(?<=[\^>=])\d+/g));
});

test.each(FORMS)("%s is a valid issue form", (file) => {
  expect(findFlaws("github-issue-forms.json", parse(read(file)))).toEqual([]);
});

test("the choice of issue forms is valid", () => {
  expect(findFlaws("github-issue-config.json", parse(read(".github/ISSUE_TEMPLATE/config.yml")))).toEqual([]);
});

test("the updates of dependencies are valid", () => {
  expect(findFlaws("dependabot-2.0.json", parse(read(".github/dependabot.yml")))).toEqual([]);
  expect(findFlaws("dependabot-2.0.json", { version: 2, updates: [{ directory: "/" }] })).not.toEqual([]);
});

test("release notes are the section of the version", () => {
  const changelog =
    "# Changelog\n\n## [Unreleased]\n\n- next\n\n## [0.2.0] - 2026-12-31\n\n- new\n\n## [0.1.0]\n\n- old\n";
  expect(findNotes(changelog, "0.2.0")).toBe("- new");
  expect(findNotes(changelog, "0.1.0")).toBe("- old");
  expect(findNotes(changelog, "0.3.0")).toBeNull();
  expect(findNotes(read("CHANGELOG.md"), "0.1.0")).toBeTruthy();
});
