// Counts what the parts of `npm test` found, and searches everything that servers logged for every credential the run used.
import fs from "node:fs";
import path from "node:path";

/** Tests passed and failed by vitest's JSON report. A file that could not even be loaded is one failed test. */
export function countVitest(report) {
  if (!report) return { passed: 0, failed: 1 };
  const broken = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length };
}

/** As `countVitest`, by Playwright's JSON report. A test that passed at a second try has passed. */
export function countPlaywright(report) {
  if (!report) return { passed: 0, failed: 1 };
  const { expected, flaky, unexpected } = report.stats;
  return { passed: expected + flaky, failed: unexpected };
}

/** Titles of the tests that passed at their second try. */
export function listFlaky(report) {
  const inSuite = ({ file, title, specs = [], suites = [] }) => [
    ...specs
      .filter(({ tests }) => tests.some(({ status }) => status === "flaky"))
      .map((spec) => `${file ?? title} › ${spec.title}`),
    ...suites.flatMap(inSuite),
  ];
  return (report?.suites ?? []).flatMap(inSuite);
}

export const add = (...counts) => ({
  passed: counts.reduce((sum, { passed }) => sum + passed, 0),
  failed: counts.reduce((sum, { failed }) => sum + failed, 0),
});

/** One failure where a runner failed without a test that did. */
export const orItself = (counts, code) => (code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts);

/** A line that must be found: proof of every run that the search finds what it looks for. */
const CANARY = "canary-that-the-search-must-find-6f1b";

/** Credentials by their looks, for those that no one noted. A mask of a key is shorter. */
const LOOKS = /sk-or-v1-[\w-]{24,}|or_api_[\w-]{24,}|orwatch_session=[\w-]{16,}/g;

/** Empties the folder that a run collects in, and plants the canary. */
export function prepareLogs(folder) {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, "canary.secrets"), `${JSON.stringify(CANARY)}\n`);
  fs.writeFileSync(path.join(folder, "canary.log"), `${JSON.stringify({ time: "", level: "info", event: CANARY })}\n`);
}

const shapesOf = (secret) => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  encodeURIComponent(secret.toWellFormed()),
  Buffer.from(secret).toString("base64").replace(/=+$/, ""),
  Buffer.from(secret).toString("hex"),
];

const HEAD = 8;

/** The texts of `wanted` that stand in `text`, found in one pass however many there are. */
function* findAll(wanted, text) {
  const byHead = new Map();
  for (const [shape, secret] of wanted) {
    const head = shape.slice(0, HEAD);
    byHead.set(head, [...(byHead.get(head) ?? []), { shape, secret }]);
  }
  const starts = new Set([...byHead.keys()].map((head) => head.charCodeAt(0) * 65536 + head.charCodeAt(1)));
  for (let at = 0; at + HEAD <= text.length; at += 1) {
    if (!starts.has(text.charCodeAt(at) * 65536 + text.charCodeAt(at + 1))) continue;
    for (const { shape, secret } of byHead.get(text.slice(at, at + HEAD)) ?? [])
      if (text.startsWith(shape, at)) yield { secret, at };
  }
}

const filesOf = (folder, ending) =>
  fs
    .readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .map((name) => fs.readFileSync(path.join(folder, name), "utf8"));

/**
 * Compares a run's logs with its secrets.
 * @returns findings: lines that hold a secret, or are no JSON event
 */
export function searchLogs(folder) {
  const secrets = new Set(
    filesOf(folder, ".secrets").flatMap((text) => text.split("\n").filter(Boolean).map(JSON.parse)),
  );
  const wanted = new Map([...secrets].flatMap((secret) => shapesOf(secret).map((shape) => [shape, secret])));
  const findings = [];
  let [lines, canaries] = [0, 0];
  for (const text of filesOf(folder, ".log")) {
    const lineAt = (at) => text.slice(text.lastIndexOf("\n", at) + 1, text.indexOf("\n", at)).slice(0, 300);
    for (const { secret, at } of findAll(wanted, text))
      if (secret === CANARY) canaries += 1;
      else findings.push(`${secret.slice(0, 6)}… stands in: ${lineAt(at)}`);
    for (const match of text.matchAll(LOOKS)) findings.push(`a credential by its looks: ${lineAt(match.index)}`);
    for (const line of text.split("\n")) {
      if (!line.startsWith("{")) continue;
      lines += 1;
      if (!isEvent(line)) findings.push(`not an event in JSON: ${line.slice(0, 300)}`);
    }
  }
  if (canaries !== 1) findings.push("the search did not find what was planted, so it proves nothing");
  return { secrets: secrets.size, lines, findings };
}

function isEvent(line) {
  try {
    const { time, level, event } = JSON.parse(line);
    return [time, level, event].every((field) => typeof field === "string");
  } catch {
    return false;
  }
}

/** The search as one test. */
export function countLogs(folder) {
  const { secrets, lines, findings } = searchLogs(folder);
  console.log(`  ${lines} lines of log searched for ${secrets} secrets: ${findings.length} findings`);
  for (const finding of findings.slice(0, 20)) console.log(`  ${finding}`);
  return findings.length === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}
