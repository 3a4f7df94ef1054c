import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
// @ts-expect-error a script without types
import { prepareLogs, searchLogs } from "../../scripts/lib/suite.mjs";

let folder: string;
beforeEach(() => {
  folder = path.join(mkdtempSync(path.join(tmpdir(), "orwatch-logs-")), "run");
  prepareLogs(folder);
});
afterEach(() => rmSync(path.dirname(folder), { recursive: true, force: true }));

const note = (secret: string) => appendFileSync(path.join(folder, "1.secrets"), `${JSON.stringify(secret)}\n`);
const log = (text: string) => appendFileSync(path.join(folder, "2.log"), `${text}\n`);
const line = (fields: object) => log(JSON.stringify({ time: "t", level: "info", event: "x", ...fields }));
const findings = (): string[] => searchLogs(folder).findings;

test("accepts logs without secrets", () => {
  note("Correct-Horse-9");
  line({ note: "Correct-Horse-8" });
  log("orwatch is ready at http://localhost:3000");
  expect(searchLogs(folder)).toEqual({ secrets: 2, lines: 2, findings: [] });
});

test.each([
  ["as it is", (secret: string) => secret],
  ["within a word", (secret: string) => `x${secret}y`],
  ["percent-encoded", encodeURIComponent],
  ["in base64", (secret: string) => Buffer.from(secret).toString("base64")],
  ["in hex", (secret: string) => Buffer.from(secret).toString("hex")],
])("finds a secret in a line %s", (_, write) => {
  const secret = 'a "secret" with spaces and \\ 日本';
  note(secret);
  line({ before: "nothing" });
  line({ note: write(secret) });
  expect(findings()).toEqual([expect.stringContaining('a "sec… stands in')]);
});

test.each([`sk-or-v1-${"0a".repeat(32)}`, `or_api_${"x-".repeat(32)}`, `orwatch_session=${"a2".repeat(20)}`])(
  "finds %s by its format, even if it was not recorded",
  (text) => {
    line({ text });
    expect(findings()).toHaveLength(1);
  },
);

test("accepts the mask of a key", () => {
  line({ label: "sk-or-v1-abc...9f2" });
  expect(findings()).toEqual([]);
});

test("reports a line that is not an event", () => {
  log('{"half": ');
  log('{"level":"info"}');
  expect(findings()).toHaveLength(2);
});

test("fails when there are no logs to search", () => {
  rmSync(path.join(folder, "canary.log"));
  expect(findings()).toEqual([expect.stringContaining("proves nothing")]);
});
