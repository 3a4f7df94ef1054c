import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { loadFixture } from "@orwatch/db/fixture";
import { migrateDatabase } from "@orwatch/db/migrate";
import { type AnyMessage, message } from "@orwatch/messages/message";
import { parseStoredMessage } from "@orwatch/messages/parse";
import { MIGRATIONS_FOLDER, SCHEMA_FILE } from "@orwatch/server/platform/installation";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

/** The last version that stored sentences in notifications. */
const LAST_WITH_SENTENCES = "20261130060000_stored_messages";
const NAME = "Credits: “production” under $20";
const named = { key_id: 2, key: NAME };
const legacy = (text: string) => message("legacy_text", { text });
const host = "hooks.example.com";

const DELIVERY_ERRORS: [string, AnyMessage][] = [
  ["The bot was blocked in this chat. Unblock it in Telegram.", message("telegram_bot_blocked", {})],
  ["The server stopped while it was sent.", message("delivery_interrupted", {})],
  ["The mail server refused the e-mail (status 452).", message("mail_rejected", { status: 452 })],
  ["The mail server did not finish within 20 s.", message("mail_timeout", { seconds: 20 })],
  ["The name hooks.example.com cannot be found.", message("host_not_found", { host })],
  ["hooks.example.com answered with status 503.", message("host_unexpected_status", { host, status: 503 })],
  [
    "hooks.example.com answered with a redirect (status 301); enter the address it leads to.",
    message("host_redirected", { host, status: 301 }),
  ],
  ["hooks.example.com did not answer within 10 s.", message("host_timeout", { host, seconds: 10 })],
  [
    "hooks.example.com cannot be reached through the proxy, which answered with status 407.",
    message("host_proxy_status", { host, status: 407 }),
  ],
  [
    "::1 leads into a private network or to this server itself, which it does not send to; its administrator can permit the network in ALLOW_PRIVATE_WEBHOOKS.",
    message("host_private", { host: "::1" }),
  ],
  [
    "The address must use port 80, 443 or one above 1023.",
    message("address_refused", { cause: message("field_url_port", {}) }),
  ],
  ...["hooks.example.com answered with status 5xx.", "Something else.", "{}", "x"].map((text): [string, AnyMessage] => [
    text,
    legacy(text),
  ]),
];

const OFF_REASONS: [string, AnyMessage][] = [
  ["The receiver says that it is gone for good.", message("channel_receiver_gone", {})],
  [
    "For a day nothing came through. hooks.example.com does not accept connections.",
    message("channel_failing_for_a_day", { cause: message("host_refused_connection", { host }) }),
  ],
  ["For a day nothing came through. ", message("channel_failing_for_a_day", { cause: null })],
  ["For a day nothing came through. Who knows.", message("channel_failing_for_a_day", { cause: legacy("Who knows.") })],
];

const rule = (kind: string | null) => ({ rule_id: kind && 1, rule_name: kind && "my rule", rule_kind: kind });
const alert = { event: "alert", api_key_id: 2, key_name: NAME, threshold: null, value: null, unit: null, window: null };
const recovery = { ...alert, event: "recovery" };
const ofAll = { api_key_id: null, key_name: null };
const spent = { ...alert, ...rule("spend"), value: "1234.567890123", threshold: "5.00" };
const spend = { spent: "1234567890123", threshold: "5000000000" };
const advice =
  "If that was not you, change your password, end your other sessions, and look for API tokens and channels that you do not know; if you cannot log in, ask who runs this server.";
const account = { ...alert, ...ofAll, ...rule(null), event: "account" };

const ITEMS: [string, object, AnyMessage][] = [
  [
    `Spend of key “${NAME}” on 2026-03-10: $1,234.57, above $5.00.`,
    { ...spent, window: "2026-03-10" },
    message("spend_above_threshold", {
      scope: { kind: "key", id: 2, name: NAME },
      period: "day",
      from: "2026-03-10",
      ...spend,
    }),
  ],
  [
    "Spend of all keys in the week of 2026-03-09: $1,234.57, above $5.00.",
    { ...spent, ...ofAll, window: "week of 2026-03-09" },
    message("spend_above_threshold", { scope: { kind: "all" }, period: "week", from: "2026-03-09", ...spend }),
  ],
  [
    "Spend of 3 keys in 2026-03: $1,234.57, above $5.00.",
    { ...spent, ...ofAll, window: "2026-03" },
    message("spend_above_threshold", {
      scope: { kind: "selected", count: 3 },
      period: "month",
      from: "2026-03-01",
      ...spend,
    }),
  ],
  [
    `Account credits seen by “${NAME}”: -$1.50 left, below $10.00.`,
    { ...alert, ...rule("credits"), value: "-1.50", threshold: "10.00" },
    message("credits_below", { ...named, remaining: "-1500000000", threshold: "10000000000" }),
  ],
  [
    `Account credits seen by “${NAME}”: $0.00 again, no longer below $0.000000001.`,
    { ...recovery, ...rule("credits"), value: "0.00", threshold: "0.000000001" },
    message("credits_resolved", { ...named, remaining: "0", threshold: "1" }),
  ],
  [
    `Key “${NAME}” no longer has a limit.`,
    { ...recovery, ...rule("limit_share"), threshold: "80", value: "0" },
    message("key_limit_removed", named),
  ],
  [
    `OpenRouter accepts key “${NAME}” again.`,
    { ...recovery, ...rule("key_invalid") },
    message("key_rejected_resolved", named),
  ],
  [
    `Key “${NAME}” syncs again.`,
    { ...recovery, ...rule("sync_stale"), threshold: "24" },
    message("key_sync_stale_resolved", named),
  ],
  [
    `Key “${NAME}” no longer expires within 7 days.`,
    { ...recovery, ...rule("key_expires"), threshold: "7" },
    message("key_expires_resolved", { ...named, days: 7 }),
  ],
  [
    `Key “${NAME}” has expired on 2026-03-10 12:05 UTC.`,
    { ...alert, ...rule("key_expires"), threshold: "7" },
    message("key_expired", { ...named, expired_at: "2026-03-10T12:05:00.000Z" }),
  ],
  ...(
    [
      ["within a day", 0],
      ["in 1 day", 1],
      ["in 6 days", 6],
    ] as const
  ).map(([when, days]): [string, object, AnyMessage] => [
    `Key “${NAME}” expires ${when}, on 2026-03-16 12:05 UTC.`,
    { ...alert, ...rule("key_expires"), threshold: "7" },
    message("key_expires", { ...named, days, expires_at: "2026-03-16T12:05:00.000Z" }),
  ]),
  [
    `Key “${NAME}” has not synced for 24 hours or more.`,
    { ...alert, ...rule("sync_stale"), threshold: "24" },
    message("key_sync_stale", { ...named, hours: 24, synced_at: null, cause: null }),
  ],
  [
    `Key “${NAME}” has not synced for 24 hours or more, since 2026-03-09 12:05 UTC. OpenRouter cannot be reached.`,
    { ...alert, ...rule("sync_stale"), threshold: "24" },
    message("key_sync_stale", {
      ...named,
      hours: 24,
      synced_at: "2026-03-09T12:05:00.000Z",
      cause: legacy("OpenRouter cannot be reached."),
    }),
  ],
  [
    `OpenRouter no longer accepts key “${NAME}”.`,
    { ...alert, ...rule("key_invalid") },
    message("key_rejected", { ...named, cause: null }),
  ],
  [
    `OpenRouter no longer accepts key “${NAME}”. It was deleted.`,
    { ...alert, ...rule("key_invalid") },
    message("key_rejected", { ...named, cause: legacy("It was deleted.") }),
  ],
  [
    `Key “${NAME}”: OpenRouter's answer is odd.`,
    { ...alert, ...rule(null) },
    message("key_sync_warning", { ...named, cause: legacy("OpenRouter's answer is odd.") }),
  ],
  [
    `The rule “my rule” watches a key that was deleted: “${NAME}”. It goes on for its other keys.`,
    { ...alert, ...rule("spend"), event: "rule" },
    message("rule_key_deleted", { rule_id: 1, rule: "my rule", ...named, remaining: "some" }),
  ],
  [
    "12 messages were held back by your maximum of 20 a day.",
    { ...alert, ...ofAll, ...rule(null), event: "summary" },
    message("notifications_over_daily_limit", { count: 12, limit: 20 }),
  ],
  [
    "1 message was held back by your maximum of 20 a day.",
    { ...alert, ...ofAll, ...rule(null), event: "summary" },
    message("notifications_over_daily_limit", { count: 1, limit: 20 }),
  ],
  [
    "And 7 more, too many to list.",
    { ...alert, ...ofAll, ...rule(null), event: "summary" },
    message("items_omitted", { count: 7 }),
  ],
  [
    "For a day nothing came through. hooks.example.com answered with status 500. Test the channel and switch it on again when it works.",
    { ...alert, ...ofAll, ...rule(null), event: "channel" },
    message("channel_turned_off", {
      cause: message("channel_failing_for_a_day", { cause: message("host_unexpected_status", { host, status: 500 }) }),
    }),
  ],
  [
    `The password of your account was changed, from 203.0.113.7 (Firefox, Linux). ${advice}`,
    account,
    message("account_changed", {
      change: "password_changed",
      origin: { kind: "request", address: "203.0.113.7", device: "Firefox, Linux" },
    }),
  ],
  [
    `A notification channel was added to your account, from ::1. ${advice}`,
    account,
    message("account_changed", {
      change: "channel_added",
      origin: { kind: "request", address: "::1", device: null },
    }),
  ],
  [
    `The password of your account was reset, from the command line of the server. ${advice}`,
    account,
    message("account_changed", { change: "password_reset", origin: { kind: "command_line" } }),
  ],
  // The limit was rounded, and other names than the fields say are no sentence of ours.
  ...[
    `Key “${NAME}” has used 50 % of its daily limit of $10.00 ($5.00 left).`,
    "Key “other” syncs again.",
    "Hello.",
  ].map((text): [string, object, AnyMessage] => [
    text,
    { ...alert, ...rule("limit_share"), threshold: "50", value: "50" },
    legacy(text),
  ]),
];

const counted = (key: string, event = "alert") => ({
  ...alert,
  ...rule("key_invalid"),
  event,
  key_name: key,
  text: `${event} of ${key}`,
});
const counts = message("alert_count", { count: 2 });

const TITLES: [string, string, object[], AnyMessage][] = [
  ["alert", "alert of a", [counted("a")], legacy("alert of a")],
  [
    "alert",
    "2 alerts: “a”, “2 alerts”",
    [counted("a"), counted("2 alerts"), counted("a")],
    message("items_title", { counts: [counts], names: ["a", "2 alerts"], more: "no" }),
  ],
  [
    "alert",
    "4 alerts: “d”, “c”, “b”, …",
    [counted("d"), counted("c"), counted("b"), counted("a")],
    message("items_title", {
      counts: [message("alert_count", { count: 4 })],
      names: ["d", "c", "b"],
      more: "yes",
    }),
  ],
  [
    "alert",
    "2 alerts, 1 alert resolved",
    [counted("a"), counted("b"), counted("c", "recovery")],
    message("items_title", { counts: [counts, message("resolved_count", { count: 1 })], names: null, more: "no" }),
  ],
  [
    "alert",
    "alert of a And 1 more.",
    [counted("a"), counted("b")],
    message("items_title", { counts: [counts], names: ["a", "b"], more: "no" }),
  ],
  ["alert", "month of the shop", [counted("a"), counted("b")], legacy("month of the shop")],
  [
    "channel",
    `The channel “${NAME}” was switched off`,
    [{ ...counted("a"), event: "channel" }],
    message("channel_turned_off_title", { channel_id: null, channel: NAME }),
  ],
  [
    "account",
    "The second factor of your account was switched on",
    [{ ...account, text: "x" }],
    message("account_changed_title", { change: "two_factor_enabled" }),
  ],
  ["alert", "no items", [], legacy("no items")],
];

let folder: string;
let db: Database.Database;
beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "orwatch-notifications-"));
  const file = path.join(folder, "app.db");
  loadFixture(LAST_WITH_SENTENCES, file);
  const before = new Database(file);
  const now = "2026-03-10T12:00:00.000+00:00";
  const addChannel = before.prepare(
    "INSERT INTO channels (user_id, kind, name, target, ref, settings_encrypted, off_reason, created_at) VALUES (1, 'webhook', 'x', '-', ?, '-', ?, ?)",
  );
  for (const [text] of OFF_REASONS) addChannel.run(`off ${text}`, text, now);
  const addDelivery = before.prepare(
    "INSERT INTO deliveries (channel_id, kind, message_id, state, created_at, next_try_at, last_error) VALUES (1, 'test', ?, 'failed', ?, ?, ?)",
  );
  for (const [text] of DELIVERY_ERRORS) addDelivery.run(`delivery ${text}`, now, now, text);
  const addNotice = before.prepare(
    "INSERT INTO notices (id, user_id, kind, title, items, created_at) VALUES (?, 1, ?, ?, ?, ?)",
  );
  for (const [index, [text, fields]] of ITEMS.entries())
    addNotice.run(1000 + index, "alert", text, JSON.stringify([{ ...fields, text }]), now);
  for (const [index, [kind, title, items]] of TITLES.entries())
    addNotice.run(2000 + index, kind, title, JSON.stringify(items), now);
  for (const [index, [text, fields]] of ITEMS.entries())
    if ((fields as { event: string }).event === "channel")
      before.prepare("UPDATE notices SET kind = 'channel' WHERE id = ? AND title = ?").run(1000 + index, text);
  before.exec(`INSERT INTO alert_rules (id, user_id, name, kind, terms, created_at, updated_at) VALUES
    (11, 1, 'Credits run low', 'credits', '{}', '2026-03-01T08:00:00.000+00:00', ''),
    (12, 1, 'Credits run low', 'credits', '{}', '2026-03-02T08:00:00.000+00:00', ''),
    (13, 1, 'Credits run low', 'key_invalid', '{}', '2026-03-01T08:00:00.000+00:00', '')`);
  before.close();
  await migrateDatabase({
    file,
    schemaFile: SCHEMA_FILE,
    migrationsFolder: MIGRATIONS_FOLDER,
    backupFolder: path.join(folder, "backups"),
  });
  db = new Database(file, { readonly: true });
});
afterAll(() => {
  db.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

const read = (sql: string, of: string | number) => db.prepare(sql).pluck().get(of) as string;

test.each(DELIVERY_ERRORS)("the migration converts the delivery error: %s", (text, expected) => {
  const stored = read("SELECT last_error FROM deliveries WHERE message_id = ?", `delivery ${text}`);
  expect(JSON.parse(stored)).toEqual(expected);
  expect(parseStoredMessage(stored)).toEqual(expected);
});

test.each(OFF_REASONS)("the migration converts the reason why a channel was turned off: %s", (text, expected) => {
  expect(parseStoredMessage(read("SELECT off_reason FROM channels WHERE ref = ?", `off ${text}`))).toEqual(expected);
});

test.each(ITEMS.map(([text, fields, expected], index) => ({ text, fields, expected, index })))(
  "the migration converts the item: $text",
  ({ fields, expected, index }) => {
    expect(JSON.parse(read("SELECT items FROM notifications WHERE id = ?", 1000 + index))).toEqual([
      { ...fields, message: expected },
    ]);
    expect(parseStoredMessage(read("SELECT title FROM notifications WHERE id = ?", 1000 + index))).toEqual(expected);
  },
);

test.each(TITLES.map(([, title, items, expected], index) => ({ title, items, expected, index })))(
  "the migration converts the title: $title",
  ({ items, expected, index }) => {
    expect(parseStoredMessage(read("SELECT title FROM notifications WHERE id = ?", 2000 + index))).toEqual(expected);
    expect(JSON.parse(read("SELECT items FROM notifications WHERE id = ?", 2000 + index))).toHaveLength(items.length);
  },
);

describe("a rule made by the server", () => {
  const hasDefaultName = (id: number) => Number(read("SELECT has_default_name FROM alert_rules WHERE id = ?", id));

  test("a rule made by the server has a default name after the migration", () => expect(hasDefaultName(11)).toBe(1));
  test("a rule of the user has no default name after the migration, even with the same words", () =>
    expect(hasDefaultName(12)).toBe(0));
  test("a renamed rule has no default name after the migration", () => expect(hasDefaultName(13)).toBe(0));
});

test("the migration leaves no tables behind", () => {
  expect(db.prepare("SELECT count(*) FROM sqlite_master WHERE name LIKE 'old_%'").pluck().get()).toBe(0);
});
