import Database from "better-sqlite3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { issueToken, type Seeded, seedUsage } from "../support/openrouter/seed.ts";
import { type Caller, callerOf, type Harness, startHarness } from "../support/server/harness.ts";

const RANGE = "start_date=2026-02-01&end_date=2026-03-10";

let harness: Harness;
let token: Caller;
let seeded: Seeded;
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" }, env: { RATE_LIMIT_REQUESTS: "10000" } });
  const user = await harness.createUser();
  token = callerOf(() => harness.url, (await issueToken(user)).token);
  // Two keys have the same name, so the order depends on the key ID too.
  const options = { email: user.email, keys: ["b", "a", "a"], models: ["z", "y/x", "(unattributed)"] };
  seeded = seedUsage(harness, { ...options, through: "2026-03-10", days: 12 });
});
afterAll(() => harness.close());

interface Row {
  date: string;
  api_key_id: number;
  model: string;
}

const nameOf = ({ date, api_key_id, model }: Row) => `${date} ${api_key_id} ${model}`;

/** Reads page after page by cursor, and runs `between` after each. */
async function readByCursor(query: string, between: (page: number) => void = () => {}): Promise<string[]> {
  const rows: Row[] = [];
  let cursor: string | null = null;
  let page = 0;
  do {
    const answer = await token.get(`/api/v1/usage?${query}${cursor ? `&cursor=${cursor}` : ""}`);
    expect(answer.status, answer.text).toBe(200);
    rows.push(...answer.body.items);
    cursor = answer.body.next_cursor;
    page += 1;
    between(page);
  } while (cursor !== null);
  return rows.map(nameOf);
}

const readAtOnce = async (query: string): Promise<string[]> =>
  (await token.get(`/api/v1/usage?${query}&limit=1000`)).body.items.map(nameOf);

test.each([1, 7, 9, 108, 1000])("pages of %i rows contain every row once, in order", async (limit) => {
  const expected = await readAtOnce(RANGE);
  expect(expected).toHaveLength(seeded.rows);
  expect(await readByCursor(`${RANGE}&limit=${limit}`)).toEqual(expected);
});

test("filters apply to every page", async () => {
  const query = `${RANGE}&model=z&exclude_api_key_id=${seeded.keyIds[0]}`;
  expect(await readByCursor(`${query}&limit=5`)).toEqual(await readAtOnce(query));
});

test("rows that a sync adds or removes meanwhile move no other row", async () => {
  const before = await readAtOnce(RANGE);
  const connection = new Database(harness.server.app.config.databaseFile);
  const write = (sql: string, ...values: unknown[]) => {
    connection.prepare(sql).run(...values);
    connection
      .prepare(
        "UPDATE usage_days SET rows = (SELECT count(*) FROM usage_stats s WHERE s.api_key_id = usage_days.api_key_id AND s.date = usage_days.date)",
      )
      .run();
    connection.prepare("UPDATE teams SET data_version = data_version + 1").run();
  };
  const read = await readByCursor(`${RANGE}&limit=10`, (page) => {
    const [id] = seeded.keyIds;
    if (page === 1)
      write(
        "INSERT INTO usage_stats (api_key_id, date, model, cost, byok_cost, created_at) VALUES (?, '2026-03-10', 'new', 1, 0, '2026-03-10T12:00:00.000+00:00')",
        id,
      );
    // The last row of the page, which the cursor names.
    if (page === 2) {
      const [date, keyId, model] = (before[19] ?? "").split(" ");
      write("DELETE FROM usage_stats WHERE date = ? AND api_key_id = ? AND model = ?", date, keyId, model);
    }
  });
  connection.close();
  expect(read).toEqual(before);
});

test("Link headers lead from page to page", async () => {
  const first = await token.get(`/api/v1/usage?${RANGE}&limit=50`);
  const next = /<([^>]+)>; rel="next"/.exec(first.headers.get("link") ?? "")?.[1] ?? "";
  const second = await token.get(next);
  expect(second.body.items[0]).not.toEqual(first.body.items[0]);
  expect(second.body.pagination.page).toBe(2);
  const known = await token.get(`/api/v1/usage?${RANGE}&limit=50`);
  expect(known.headers.get("link"), "also of a cached response").toBe(first.headers.get("link"));
});

test("a cursor is rejected if it is invalid or combined with an order or a page number", async () => {
  const { next_cursor: cursor } = (await token.get(`/api/v1/usage?${RANGE}&limit=1`)).body;
  const issueOf = async (query: string) => {
    const { status, body } = await token.get(`/api/v1/usage?${RANGE}&${query}`);
    return [status, body.issues?.[0]?.path, body.issues?.[0]?.reason];
  };
  expect(await issueOf("cursor=nonsense")).toEqual([400, "cursor", "field_not_cursor"]);
  expect(await issueOf(`cursor=${Buffer.from('["x",1]').toString("base64url")}`)).toEqual([
    400,
    "cursor",
    "field_not_cursor",
  ]);
  for (const other of ["sort=-cost", "group_by=day", "page=2"])
    expect(await issueOf(`cursor=${cursor}&${other}`)).toEqual([400, other.split("=")[0], "field_not_with_cursor"]);
  const sums = (await token.get(`/api/v1/usage?${RANGE}&group_by=day&limit=2`)).body;
  expect([sums.next_cursor, sums.pagination.pages]).toEqual([null, 6]);
});
