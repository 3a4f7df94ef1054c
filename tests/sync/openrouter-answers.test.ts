import { NO_DETAILS } from "@orwatch/server/openrouter/usage-details";
import fc from "fast-check";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { as, type Line, listEveryKey, openLine, type Stub, startStub } from "../support/openrouter/openrouter.ts";

/** A stub with one body for every request. */
const startFixed = (body: unknown): Promise<Stub> =>
  startStub((_, res) => {
    res.setHeader("content-type", "application/json");
    res.end(JSON.stringify(body));
  });

let line: Line;
const stubs: Stub[] = [];
beforeEach(async () => {
  line = await openLine();
});
afterEach(async () => {
  await line.close();
  for (const stub of stubs.splice(0)) await stub.close();
});
let tried = 0;
afterAll(() => void process.stdout.write(`openrouter: ${tried} bodies tried\n`));

const CALLER = { secret: "sk-or-v1-x", lane: "x", priority: "person" } as const;
const MARCH = { from: "2026-03-01", through: "2026-03-10", byModel: true };

/** A client whose every request is answered with `body`. */
async function answeredWith(body: unknown): Promise<Line> {
  const stub = await startFixed(body);
  stubs.push(stub);
  return openLine({ baseUrl: stub.url });
}

function makeAccount() {
  const account = line.sim.ledger.addAccount({ creditsNanos: 20_000_000_000n });
  const key = line.sim.ledger.addKey(account.id, { name: "app" });
  const manager = line.sim.ledger.addManagementKey(account.id, { name: "manager" });
  line.sim.ledger.spend(new Date("2026-03-09T10:00:00Z"), key, "openai/gpt-5", {
    costNanos: 123_456_789n,
    byokNanos: 5n,
    requests: 3,
    promptTokens: 1523,
    completionTokens: 77,
  });
  line.sim.ledger.spend(new Date("2026-03-10T10:00:00Z"), key, "x/free:free", { costNanos: 0n, promptTokens: 4 });
  return { account, key, manager };
}
const TRUTH = [
  {
    date: "2026-03-09",
    model: "openai/gpt-5",
    cost: 123_456_789n,
    byokCost: 5n,
    requests: 3,
    tokensInput: 1523,
    tokensOutput: 77,
    details: NO_DETAILS,
  },
  {
    ...{
      date: "2026-03-10",
      model: "x/free:free",
      cost: 0n,
      byokCost: 0n,
      requests: 1,
      tokensInput: 4,
      tokensOutput: 0,
    },
    details: NO_DETAILS,
  },
];

const QUIRKS = {
  bucketColumn: ["date", "created_at"],
  bucketValue: ["date", "iso"],
  countsAsStrings: [true, false],
  costsAsStrings: [true, false],
  nullsForZero: [true, false],
  unknownFields: [true, false],
} as const;

test("reads numeric strings, date__day and created_at__day, days with a time, nulls and unknown columns", async () => {
  const { key, manager } = makeAccount();
  const mixes = Object.entries(QUIRKS).reduce<Record<string, unknown>[]>(
    (sofar, [name, values]) => sofar.flatMap((mix) => values.map((value) => ({ ...mix, [name]: value }))),
    [{}],
  );
  for (const mix of mixes) {
    Object.assign(line.sim.options, mix);
    const answer = await line.client.queryAnalytics(as(manager), { keyHash: key.hash, ...MARCH });
    tried += 1;
    expect(answer.ok && answer.data.rows, JSON.stringify(mix)).toEqual(TRUTH);
  }
  expect(mixes).toHaveLength(64);
});

test("reads activity with dates with or without a time, one row for each endpoint", async () => {
  const { key, manager } = makeAccount();
  for (const activityDate of ["datetime", "date"] as const) {
    line.sim.options.activityDate = activityDate;
    const answer = await line.client.listActivity(as(manager), key.hash);
    expect(answer.ok && answer.data).toEqual({
      rows: [{ ...TRUTH[0], details: { ...NO_DETAILS, reasoningTokens: 0 } }],
      missing: [],
      malformed: [],
    });
  }
});

test("reports a truncated answer and warnings about an unknown hash", async () => {
  const { account, manager } = makeAccount();
  const big = line.sim.ledger.addKey(account.id);
  for (let model = 0; model < 1001; model++)
    for (let day = 1; day <= 10; day++)
      line.sim.ledger.spendOnDay(`2026-03-${String(day).padStart(2, "0")}`, big, `m/${model}`, { costNanos: 1n });
  const full = await line.client.queryAnalytics(as(manager), { keyHash: big.hash, ...MARCH });
  expect(full.ok && { rows: full.data.rows.length, truncated: full.data.truncated }).toEqual({
    rows: 10_000,
    truncated: true,
  });
  line.sim.options.warnings = "always";
  const unknown = await line.client.queryAnalytics(as(manager), { keyHash: "0".repeat(64), ...MARCH });
  expect(unknown.ok && unknown.data).toMatchObject({ rows: [], truncated: false, warnings: [expect.any(String)] });
});

test("reads cached answers", async () => {
  const { key, manager } = makeAccount();
  line.sim.options.analyticsCacheMs = 60_000;
  for (let turn = 0; turn < 2; turn++) {
    const answer = await line.client.queryAnalytics(as(manager), { keyHash: key.hash, ...MARCH });
    expect(answer.ok && answer.data.rows).toEqual(TRUTH);
  }
});

test("reads an old /key body without newer fields", async () => {
  const { key, account } = makeAccount();
  line.sim.options.oldKeyBody = true;
  const answer = await line.client.getCurrentKey(as(key));
  expect(answer.ok && answer.data).toMatchObject({ kind: "inference", usage: 123_456_789n, account: account.userId });
  const bare = await answeredWith({ data: { usage: "1.5", usage_daily: 0, is_provisioning_key: true } });
  const provisioning = await bare.client.getCurrentKey(CALLER);
  expect(provisioning.ok && provisioning.data).toMatchObject({
    kind: "management",
    usage: 1_500_000_000n,
    weekly: null,
  });
  await bare.close();
});

test("reads times with an offset as the same instants as with Z", async () => {
  const account = line.sim.ledger.addAccount();
  const key = line.sim.ledger.addKey(account.id, { expiresAt: new Date("2026-12-31T23:59:59Z") });
  for (const timestamps of ["z", "offset"] as const) {
    line.sim.options.timestamps = timestamps;
    const answer = await line.client.getCurrentKey(as(key));
    expect(answer.ok && answer.data.expiresAt?.toISOString()).toBe("2026-12-31T23:59:59.000Z");
  }
});

test("lists keys of other workspaces with workspace_id, and more than one page of them", async () => {
  const { account, manager } = makeAccount();
  const spaces = Array.from({ length: 103 }, (_, index) => line.sim.ledger.addWorkspace(account.id, `team ${index}`));
  for (let index = 0; index < 250; index++)
    line.sim.ledger.addKey(account.id, { workspaceId: spaces[102]!.id, disabled: index % 2 === 0 });
  const answer = await listEveryKey(line.client, as(manager));
  expect(answer.ok && new Set(answer.data.map(({ hash }) => hash)).size).toBe(251);
  const offsets = line.sim.requests.filter(({ query }) => query.workspace_id === spaces[102]!.id);
  expect(offsets.map(({ query }) => query.offset)).toEqual(["0", "100", "200"]);
});

test("stops listing keys after too many pages", async () => {
  const page = Array.from({ length: 100 }, (_, index) => ({ hash: `h${index}` }));
  const stub = await startStub((req, res) =>
    res.end(JSON.stringify({ data: req.url?.startsWith("/workspaces") ? [{ id: "w" }] : page })),
  );
  stubs.push(stub);
  const endless = await openLine({ baseUrl: stub.url });
  expect(await listEveryKey(endless.client, CALLER)).toMatchObject({ ok: false, reason: "unreadable" });
  expect(stub.seen.length).toBeLessThan(150);
  await endless.close();
});

test("an inference key rejected by /keys is still valid on /key", async () => {
  const { key } = makeAccount();
  for (const status of [401, 403] as const) {
    line.sim.options.keysDenialStatus = status;
    line.sim.options.workspacesDenialStatus = status;
    expect(await line.client.findKey(as(key), key.hash)).toMatchObject({ ok: false, status });
    expect(await listEveryKey(line.client, as(key))).toMatchObject({ ok: false, status });
    expect(await line.client.getCurrentKey(as(key))).toMatchObject({ ok: true });
  }
});

test("reads amounts to the nano-dollar despite rounding of doubles", async () => {
  const { key, manager } = makeAccount();
  const nanos = [1n, 100n, 2_835n, 999_999_999n, 1_234_567_890_123n];
  nanos.forEach((costNanos, index) => {
    line.sim.ledger.spend(new Date("2026-03-08T10:00:00Z"), key, `m/${index}`, { costNanos });
  });
  for (const floatNoise of [false, true]) {
    line.sim.options.floatNoise = floatNoise;
    const answer = await line.client.queryAnalytics(as(manager), {
      keyHash: key.hash,
      ...MARCH,
      through: "2026-03-08",
    });
    expect(answer.ok && answer.data.rows.map(({ cost }) => cost).sort((a, b) => Number(a - b))).toEqual(nanos);
  }
});

test.each([
  ["a day that does not exist", { date__day: "2026-02-30", credits_usage: 1 }],
  ["no day at all", { credits_usage: 1 }],
  ["a day in words", { date__day: "yesterday", credits_usage: 1 }],
  ["an hour's bucket", { date__hour: "2026-03-09 10:00:00", credits_usage: 1 }],
  ["an amount in words", { date__day: "2026-03-09", credits_usage: "much" }],
  ["an amount no account has", { date__day: "2026-03-09", credits_usage: 1e30 }],
  ["a count in words", { date__day: "2026-03-09", request_count: "many" }],
  ["a count that no key reaches", { date__day: "2026-03-09", tokens_prompt: Number.MAX_SAFE_INTEGER }],
  ["an amount that no key spends in a day", { date__day: "2026-03-09", credits_usage: 2e7 }],
  ["a count below zero", { date__day: "2026-03-09", request_count: -1 }],
  ["a count that is a list", { date__day: "2026-03-09", request_count: [5] }],
  ["an empty count", { date__day: "2026-03-09", request_count: "" }],
])("rejects an answer with a row with %s", async (_, row) => {
  const odd = await answeredWith({ data: { data: [row], metadata: { truncated: false } } });
  expect(await odd.client.queryAnalytics(CALLER, { keyHash: "h", ...MARCH })).toMatchObject({ reason: "unreadable" });
  await odd.close();
});

test("returns a result or a reason for any JSON and never throws", async () => {
  let body: unknown = null;
  const stub = await startStub((_, res) => res.end(JSON.stringify(body) ?? "null"));
  stubs.push(stub);
  const odd = await openLine({ baseUrl: stub.url });
  const field = fc.constantFrom("data", "usage", "usage_daily", "metadata", "truncated", "hash", "date", "total_usage");
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      fc.jsonValue({ maxDepth: 1 }),
      fc.array(tie("tree"), { maxLength: 2 }),
      fc.dictionary(field, tie("tree"), { maxKeys: 4 }),
    ),
  }));
  await fc.assert(
    fc.asyncProperty(tree, async (json) => {
      body = json;
      const { client } = odd;
      const answers = await Promise.all([
        client.getCurrentKey(CALLER),
        client.getCredits(CALLER),
        client.findKey(CALLER, "h"),
        client.queryAnalytics(CALLER, { keyHash: "h", ...MARCH }),
        client.listActivity(CALLER, "h"),
      ]);
      tried += answers.length;
      for (const answer of answers) if (!answer.ok) expect(answer.reason).toBe("unreadable");
    }),
    { numRuns: 150 },
  );
  await odd.close();
}, 60_000);

test("a listed key carries the limit and counters that the key itself shows", async () => {
  const { account, manager } = makeAccount();
  const key = line.sim.ledger.addKey(account.id, { limitNanos: 20_000_000_000n, limitReset: "monthly" });
  line.sim.ledger.spend(new Date("2026-03-09T10:00:00Z"), key, "maker/a", { costNanos: 2_835n, byokNanos: 7n });
  const own = await line.client.getCurrentKey(as(key));
  const listed = await listEveryKey(line.client, as(manager));
  const found = await line.client.findKey(as(manager), key.hash);
  if (!own.ok || !listed.ok || !found.ok) throw new Error("not answered");
  const { label, expiresAt, isFreeTier: _, kind: __, account: ___, ...counters } = own.data;
  expect(counters).toMatchObject({ usage: 2_835n, byok: { usage: 7n }, limit: 20_000_000_000n, limitReset: "monthly" });
  const seen = listed.data.find(({ hash }) => hash === key.hash);
  expect(seen).toMatchObject({ label, expiresAt, counters, workspaceId: account.defaultWorkspaceId });
  expect(found.data).toEqual(seen);
});

test("counters of a listed key that contradict each other are not read, and those of the others are", async () => {
  const stub = await startFixed({
    data: [
      { hash: "a", usage: 1, usage_daily: 2 },
      { hash: "b", usage: 2, usage_daily: 1 },
      { hash: "c", usage: "much" },
    ],
  });
  stubs.push(stub);
  const other = await openLine({ baseUrl: stub.url });
  for await (const page of other.client.listKeyPages(CALLER, null))
    expect(page).toMatchObject({
      ok: true,
      data: [
        { hash: "a", counters: null, hasContradiction: true },
        { hash: "b", counters: { usage: 2_000_000_000n }, hasContradiction: false },
        { hash: "c", counters: null, hasContradiction: false },
      ],
    });
  await other.close();
});
