import { readFileSync } from "node:fs";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import spectralCore from "@stoplight/spectral-core";
import { oas } from "@stoplight/spectral-rulesets";
import { describe, expect, test } from "vitest";
import { DOCUMENT_FILE } from "../support/checks/document.ts";

/** The document without its last tag, which both linters must notice. */
const withDefect = (text: string): string => {
  const document = JSON.parse(text);
  document.tags.pop();
  return JSON.stringify(document);
};

async function lintWithRedocly(source: string): Promise<string[]> {
  const config = await createConfig({ extends: ["recommended"], rules: { "operation-tag-defined": "error" } });
  const problems = await lintFromString({ source, absoluteRef: DOCUMENT_FILE, config });
  return problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer}`);
}

async function lintWithSpectral(source: string): Promise<string[]> {
  const spectral = new spectralCore.Spectral();
  spectral.setRuleset({ extends: [[oas as never, "recommended"]] });
  const problems = await spectral.run(JSON.parse(source));
  return problems.map(({ code, message, path }) => `${code}: ${message} ${path.join("/")}`);
}

describe("the recommended rules of linters find nothing in the document", () => {
  const text = readFileSync(DOCUMENT_FILE, "utf8");

  test("Redocly", { timeout: 60_000 }, async () => {
    expect(await lintWithRedocly(text)).toEqual([]);
    expect((await lintWithRedocly(withDefect(text))).join()).toContain("operation-tag-defined");
  });

  test("Spectral", { timeout: 120_000 }, async () => {
    expect(await lintWithSpectral(text)).toEqual([]);
  });

  test("Spectral notices a tag that is not declared", { timeout: 60_000 }, async () => {
    const { paths, ...rest } = JSON.parse(withDefect(text));
    const small = JSON.stringify({ ...rest, paths: { "/health": paths["/health"] } });
    expect((await lintWithSpectral(small)).join()).toContain("operation-tag-defined");
  });
});
