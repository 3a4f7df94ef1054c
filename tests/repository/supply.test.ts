import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
// @ts-expect-error a script without types
import { findSbomFlaws, readAudit } from "../../scripts/supply.mjs";

const read = (name: string) => fs.readFileSync(path.resolve(import.meta.dirname, "../..", name), "utf8");

test("runs no install script: each package that has one is listed and denied", () => {
  const list = /^allowBuilds:\n((?: {2}.+\n)+)/m.exec(read("pnpm-workspace.yaml"))?.[1] ?? "";
  const entries = [...list.matchAll(/^ {2}"?([^":]+)"?: (true|false)$/gm)].map(([, name, allowed]) => [name, allowed]);
  expect(entries.length).toBe(list.trim().split("\n").length);
  expect(entries.filter(([, allowed]) => allowed === "true")).toEqual([]);
  const lockfile = read("pnpm-lock.yaml");
  for (const [name] of entries) expect(lockfile, `${name} is no longer a dependency`).toContain(`${name}@`);
});

test("every package of the lockfile comes from the registry with a hash", () => {
  const packages = /^packages:\n([\s\S]*?)^snapshots:/m.exec(read("pnpm-lock.yaml"))?.[1] ?? "";
  const resolutions = [...packages.matchAll(/^ {4}resolution: \{(.+)\}$/gm)].map(([, it]) => it ?? "");
  expect(resolutions.length).toBeGreaterThan(300);
  for (const it of resolutions) expect(it).toMatch(/^integrity: sha512-[\w+/=]+$/);
});

test("reads an audit and distinguishes no response from a clean one", () => {
  const advisory = { module_name: "left-pad", severity: "high", title: "pads right", url: "https://example.com" };
  const output = JSON.stringify({ advisories: { 1: advisory, 2: { ...advisory, severity: "low" } } });
  expect(readAudit(`warn something\n${output}\n`)).toMatchObject({ grave: [{ name: "left-pad" }], other: 2 });
  expect(readAudit('{"advisories":{}}')).toEqual({ grave: [], other: 0 });
  for (const silence of ["", "Error: ERR_PNPM_AUDIT_BAD_RESPONSE {405}", '{"error":{}}'])
    expect(readAudit(silence)).toBeNull();
});

test("rejects an incomplete bill of materials", () => {
  const component = {
    name: "zod",
    version: "4.6.7",
    purl: "pkg:npm/zod@4.6.7",
    "bom-ref": "zod",
    externalReferences: [{ hashes: [{ alg: "SHA-512", content: "0".repeat(128) }] }],
  };
  const bom = { bomFormat: "CycloneDX", specVersion: "1.6", components: [component], dependencies: [{ ref: "zod" }] };
  expect(findSbomFlaws(bom)).toEqual([]);
  expect(findSbomFlaws({ ...bom, bomFormat: "x" })).toEqual(["it is not CycloneDX"]);
  expect(findSbomFlaws({ ...bom, components: [] })).toEqual(["zod is needed but not listed", "it lists nothing"]);
  expect(findSbomFlaws({ ...bom, components: [{ ...component, externalReferences: [] }] })).toEqual([
    "zod has no SHA-512",
  ]);
});
