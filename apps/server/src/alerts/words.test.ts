import { expect, test } from "vitest";
import { toItalian } from "../notifications/inbox/italian.ts";
import type { Assessment, KeyFacts } from "./assessment.ts";
import type { Rule, Terms } from "./rule.ts";
import { alertItem, goneItem, recoveryItem } from "./words.ts";

const DOLLAR = 1_000_000_000n;
const NOW = new Date("2026-03-10T12:00:00Z");
const key = (given: Partial<KeyFacts> = {}) =>
  ({ id: 1, name: "the $5.00 key", limit: 10n * DOLLAR, limitReset: "monthly", ...given }) as KeyFacts;
const inDays = (days: number) => new Date(NOW.getTime() + days * 86_400_000);

const rule = (terms: Terms, keys: Rule["keys"] = null): Rule => ({ id: 1, name: "my rule", keys, since: NOW, terms });
const assessed = (given: Partial<Assessment>): Assessment => ({
  subject: "all",
  key: null,
  period: "2026-03-10",
  window: "2026-03-10",
  levels: [],
  recovers: true,
  found: { amount: 1234n * DOLLAR + 5n },
  ...given,
});

const spend = (span: "day" | "week" | "month") =>
  ({ kind: "spend", span, amount: DOLLAR / 1000n, eachKey: false }) as const;
const unusual = { kind: "unusual", times: 300, least: DOLLAR, eachKey: false } as const;
const share: Terms = { kind: "limit_share", percents: [80] };
const some = [
  { id: 1, name: "a" },
  { id: 2, name: "b" },
];

const FIRES: [Terms, Partial<Assessment>, Rule["keys"]?][] = [
  [spend("day"), {}],
  [spend("week"), {}, some],
  [spend("month"), { key: key() }],
  [unusual, { found: { amount: 9n * DOLLAR, usual: { doubled: DOLLAR } } }],
  [unusual, { found: { amount: 9n * DOLLAR, usual: { doubled: 0n } } }],
  [share, { key: key(), found: { amount: 9n * DOLLAR } }],
  [share, { key: key({ limitReset: null }), found: { amount: 9n * DOLLAR } }],
  [share, { key: key(), found: { amount: 11n * DOLLAR } }],
  [share, { key: key({ limitReset: null }), found: { amount: 11n * DOLLAR } }],
  [
    { kind: "credits", amount: 5n * DOLLAR },
    { key: key(), found: { amount: -DOLLAR } },
  ],
  [{ kind: "key_invalid" }, { key: key({ statusMessage: null }) }],
  [
    { kind: "key_invalid" },
    { key: key({ statusMessage: "OpenRouter refuses it since 2026-03-10 10:00 UTC: it was deleted there." }) },
  ],
  ...[-1, 0.5, 1.5, 6].map((days): [Terms, Partial<Assessment>] => [
    { kind: "key_expires", days: 7 },
    { key: key({ expiresAt: inDays(days) }) },
  ]),
  [{ kind: "sync_stale", hours: 24 }, { key: key({ lastSyncedAt: null, lastSyncError: null }) }],
  [
    { kind: "sync_stale", hours: 24 },
    { key: key({ lastSyncedAt: NOW, lastSyncError: "OpenRouter cannot be reached." }) },
  ],
];

const RECOVERIES: [Terms, KeyFacts][] = [
  [share, key()],
  [share, key({ limit: null })],
  [{ kind: "credits", amount: 5n * DOLLAR }, key()],
  [{ kind: "key_invalid" }, key()],
  [{ kind: "key_expires", days: 7 }, key()],
  [{ kind: "sync_stale", hours: 24 }, key()],
];

const firing = { id: 1, ruleId: 1, subject: "key:1", threshold: "80", window: "-", isOpen: true };
const said = [
  ...FIRES.map(([terms, given, keys]) =>
    alertItem({ rule: rule(terms, keys), assessment: assessed(given), threshold: "24", isSpoken: true }, NOW),
  ),
  ...RECOVERIES.map(([terms, of]) =>
    recoveryItem({ rule: rule(terms), assessment: assessed({ key: of }), firing, isSpoken: true }),
  ),
  ...[true, false].map((isLast) => goneItem({ rule: rule(share), key: { id: 1, name: "old" }, isLast })),
];

test("every sentence has its Italian, with amounts as Italians write them and names as they are", () => {
  for (const { text } of said) {
    const italian = toItalian(text);
    expect(italian, text).not.toBe(text);
    expect(italian.replace("the $5.00 key", ""), text).not.toMatch(
      /\b(key|keys|spend|the|of|has|is|left|again|above|below|on|since)\b|\$\d/i,
    );
    expect(italian.includes("the $5.00 key"), text).toBe(text.includes("the $5.00 key"));
  }
  expect(toItalian(said[5]?.text ?? "")).toBe(
    "La chiave “the $5.00 key” ha usato il 90% del suo limite mensile di 10,00 $ (restano 1,00 $).",
  );
  expect(toItalian(said[3]?.text ?? "")).toBe(
    "Spesa di tutte le chiavi martedì 2026-03-10: 9,00 $, 18,0 volte i soliti 0,50 $.",
  );
});

test("what changed at the account is told in Italian too", () => {
  const advice =
    "If that was not you, change your password and end your other sessions; if you cannot log in, ask who runs this server.";
  for (const whence of ["from the command line of the server", "from 192.0.2.1 (Firefox, Linux)"])
    expect(toItalian(`The password of your account was changed, ${whence}. ${advice}`)).toMatch(
      /^La password del tuo account è stata cambiata, da(lla riga| 192\.0\.2\.1 \(Firefox, Linux\)).*\. Se non sei stato tu, cambia/,
    );
});

test("what is not ours stays as it is", () => {
  for (const text of ["", "Hello.", "Key “x” sings.", "1.50 and 2"]) expect(toItalian(text)).toBe(text);
});
