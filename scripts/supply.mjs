// What ships, and whether anything in it is known to be unsafe: npm run sbom, npm run audit, npm run release:notes.
import "./lib/help.mjs";
import fs from "node:fs";
import path from "node:path";
import { ARTIFACTS, listPackages, main, ROOT, readJson, run, Stop } from "./lib/run.mjs";

const TIMEOUT_MS = 30_000;
const GRAVE = ["high", "critical"];
/** What a user installs; tests and benches ship nowhere. */
const SHIPPED = ["@orwatch/server...", "@orwatch/web...", "@orwatch/sdk"];

const pnpm = (...args) =>
  Promise.race([
    run("npx", ["-y", readJson("package.json").packageManager, ...args]),
    new Promise((resolve) => setTimeout(() => resolve({ code: 1, output: "no answer in time" }), TIMEOUT_MS).unref()),
  ]);

/**
 * What the registry says of the dependencies that ship.
 * @returns `null` when it did not answer: being offline is no failure
 */
export function readAudit(output) {
  const start = output.indexOf("{");
  try {
    const { advisories } = JSON.parse(output.slice(start, output.lastIndexOf("}") + 1));
    if (!advisories) return null;
    const found = Object.values(advisories).map(({ module_name, severity, title, url }) => ({
      name: module_name,
      severity,
      title,
      url,
    }));
    return { grave: found.filter(({ severity }) => GRAVE.includes(severity)), other: found.length };
  } catch {
    return null;
  }
}

export async function runAudit() {
  const { output } = await pnpm("audit", "--prod", "--json");
  const audit = readAudit(output);
  if (audit === null) {
    console.log(
      "  NOT CHECKED: the registry did not answer, so known vulnerabilities of dependencies are unknown here.",
    );
    return { passed: 0, failed: 0 };
  }
  for (const { name, severity, title, url } of audit.grave) console.log(`  ${severity}: ${name}: ${title} ${url}`);
  console.log(`  ${audit.other} advisories, ${audit.grave.length} of them grave`);
  return { passed: audit.grave.length === 0 ? 1 : 0, failed: audit.grave.length };
}

/** What is wrong with a bill of materials in CycloneDX; empty when nothing is. */
export function findSbomFlaws(bom) {
  if (bom.bomFormat !== "CycloneDX" || !/^1\.\d$/.test(bom.specVersion)) return ["it is not CycloneDX"];
  const flaws = [];
  const refs = new Set([bom.metadata?.component?.["bom-ref"]]);
  for (const item of bom.components ?? []) {
    refs.add(item["bom-ref"]);
    const name = `${item.group ? `${item.group}/` : ""}${item.name}`;
    if (!item.name || !item.version || !item.purl?.startsWith("pkg:npm/")) flaws.push(`${name} has no version or purl`);
    const hashes = (item.externalReferences ?? []).flatMap((reference) => reference.hashes ?? []);
    const isOurs = item.group === "@orwatch";
    if (!isOurs && !hashes.some(({ alg, content }) => alg === "SHA-512" && /^[\da-f]{128}$/.test(content)))
      flaws.push(`${name} has no SHA-512`);
  }
  for (const { ref, dependsOn = [] } of bom.dependencies ?? [])
    for (const one of [ref, ...dependsOn]) if (!refs.has(one)) flaws.push(`${one} is needed but not listed`);
  if ((bom.components ?? []).length === 0) flaws.push("it lists nothing");
  return flaws;
}

async function writeSbom() {
  fs.mkdirSync(ARTIFACTS, { recursive: true });
  const file = path.join(ARTIFACTS, "sbom.cdx.json");
  const filters = SHIPPED.flatMap((name) => ["--filter", name]);
  const format = ["--sbom-format", "cyclonedx", "--sbom-spec-version", "1.6", "--sbom-type", "application"];
  const { code, output } = await pnpm(...filters, "sbom", ...format, "--prod", "--lockfile-only", "--out", file);
  if (code !== 0) throw new Stop(output.trim());
  const bom = JSON.parse(fs.readFileSync(file, "utf8"));
  const flaws = findSbomFlaws(bom);
  if (flaws.length > 0) throw new Stop(`the bill of materials is not complete: ${flaws.slice(0, 5).join("; ")}`);
  console.log(`${path.relative(ROOT, file)}: ${bom.components.length} components, CycloneDX ${bom.specVersion}`);
}

/** The section of a version in a changelog in the form of Keep a Changelog, without its heading; `null` when it has none. */
export function findNotes(changelog, version) {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => text.startsWith(`[${version}]`));
  return section ? section.slice(section.indexOf("\n")).trim() : null;
}

/** Prints the notes of a release, after checking that its tag, all packages and the changelog agree. */
function printNotes(tag = "") {
  const version = /^v(\d+\.\d+\.\d+)$/.exec(tag)?.[1];
  if (!version) throw new Stop("Name the tag of the release, such as v0.2.0.");
  const manifests = [readJson("package.json"), ...listPackages().map(({ manifest }) => manifest)];
  const others = manifests.filter((manifest) => manifest.version !== version).map(({ name }) => name);
  if (others.length > 0) throw new Stop(`The tag is ${tag}, but these have another version: ${others.join(", ")}.`);
  const notes = findNotes(fs.readFileSync(path.join(ROOT, "CHANGELOG.md"), "utf8"), version);
  if (!notes) throw new Stop(`CHANGELOG.md has no section [${version}], or it is empty.`);
  console.log(notes);
}

if (process.argv[1] === import.meta.filename)
  await main("", async () => {
    if (process.argv[2] === "notes") return printNotes(process.argv[3]);
    if (process.argv[2] === "sbom") return writeSbom();
    const { failed } = await runAudit();
    process.exitCode = failed > 0 ? 1 : 0;
  });
