import type { SeededDefect } from "./seeded-defect.ts";

const SPEND = "tests/alerts/alerts-spend.test.ts";
const KEYS = "tests/alerts/alerts-keys.test.ts";
const TOLD = "tests/alerts/alerts.test.ts";
const CHANNELS = "tests/notifications/channels.test.ts";
const DELIVERIES = "tests/notifications/deliveries.test.ts";
const INTERRUPTED = "tests/notifications/deliveries-interrupted.test.ts";
const OUTGOING = "tests/security/outgoing-http.test.ts";

const defect = (
  name: string,
  [file, find, replace]: [file: string, find: string, replace: string],
  [tests, noticedBy]: [file: string, title: RegExp],
): SeededDefect => ({ name, file: `apps/server/src/${file}`, find, replace, tests, noticedBy });

/** Defects that alert too late, twice or not at all, or send where nothing may be sent. */
export const ALERT_DEFECTS: SeededDefect[] = [
  defect(
    "alerts: a threshold is compared the wrong way",
    ["alerts/rules/spend.ts", "isFiring: spent > terms.amount", "isFiring: spent < terms.amount"],
    [SPEND, /told once a day/],
  ),
  defect(
    "alerts: what is exactly the amount is above it",
    ["alerts/rules/spend.ts", "isFiring: spent > terms.amount", "isFiring: spent >= terms.amount"],
    [SPEND, /told once a day/],
  ),
  defect(
    "alerts: the share of a limit is told beyond it only",
    ["alerts/rules/limit-share.ts", "used * 100n >= limit * BigInt(percent)", "used * 100n > limit * BigInt(percent)"],
    [KEYS, /share of a limit/],
  ),
  defect(
    "alerts: a new rule speaks of what ended before it",
    ["alerts/rules/periods.ts", " || since >= ended", ""],
    [SPEND, /none of its business/],
  ),
  defect(
    "alerts: a window begins by this machine's clock",
    ["alerts/rules/limit-share.ts", "FIRST_DAY[span](toDay(at))", 'FIRST_DAY[span](at.toLocaleDateString("sv-SE"))'],
    [KEYS, /resets daily/],
  ),
  defect(
    "alerts: a week begins on Sunday",
    [
      "alerts/rules/periods.ts",
      "const from = FIRST_DAY[span](today);",
      'const from = span === "week" ? addDays(FIRST_DAY.week(addDays(today, 1)), -1) : FIRST_DAY[span](today);',
    ],
    [SPEND, /weeks from Monday/],
  ),
  defect(
    "alerts: a message is said at every evaluation",
    ["alerts/decide.ts", "!isOpen(threshold) && !fired.has(", "!isOpen(threshold) && !new Set<string>().has("],
    ["apps/server/src/alerts/decide.test.ts", /never fired twice/],
  ),
  defect(
    "alerts: recovery is not said",
    ["alerts/decide.ts", "!isFiring && resolved !== undefined", "isFiring && resolved !== undefined"],
    [KEYS, /recovery once/],
  ),
  defect(
    "alerts: recovery is said again and again",
    ["alerts/evaluate.ts", "SET resolved_at = ? WHERE id = ? AND resolved_at IS NULL", "SET fired_at = ? WHERE id = ?"],
    [KEYS, /that they are back/],
  ),
  defect(
    "alerts: counters right after a reset are believed",
    ["keys/current.ts", "const UNSETTLED_MS = 2 * 60_000", "const UNSETTLED_MS = 0"],
    [KEYS, /may not have turned/],
  ),
  defect(
    "alerts: an hour without a server is an hour without a sync",
    ["alerts/facts.ts", "input.attemptedAt ?? readAttempt(app, input.now)", "input.now"],
    [KEYS, /a server that was off/],
  ),
  defect(
    "alerts: quiet hours are ignored",
    ["alerts/quiet-hours.ts", "if (!isQuiet) return at;", "return at;"],
    [TOLD, /in quiet hours/],
  ),
  defect(
    "alerts: quiet hours end by UTC",
    ["alerts/quiet-hours.ts", "const minute = localMinute(at, timeZone);", 'const minute = localMinute(at, "UTC");'],
    [TOLD, /the user's time zone/],
  ),
  defect(
    "alerts: the clocks of the night are not put back",
    ["alerts/quiet-hours.ts", "return corrected > at ? corrected : end;", "return end;"],
    ["apps/server/src/alerts/quiet-hours.test.ts", /put forward and back/],
  ),
  defect(
    "alerts: there is no maximum a day",
    ["alerts/notify.ts", ">= settings.maxPerDay", ">= 1000 * settings.maxPerDay"],
    [TOLD, /maximum/],
  ),
  defect(
    "alerts: a snooze that is ended goes on for what waits",
    [
      "alerts/settings.ts",
      "reschedule(connection, input.userId, now);\n  });\n  return getSettings(app, input);\n}\n\n/** Pauses",
      "});\n  return getSettings(app, input);\n}\n\n/** Pauses",
    ],
    [TOLD, /waits for the morning/],
  ),
  defect(
    "alerts: a long snooze is taken for a clock that jumped",
    ["notifications/outbox/claim.ts", "const FARTHEST_MS = 32 * 24", "const FARTHEST_MS = 2 * 24"],
    [TOLD, /be that in a month/],
  ),
  defect(
    "channels: another time is signed than is sent",
    [
      "notifications/providers/webhook.ts",
      '"webhook-timestamp": timestamp',
      '"webhook-timestamp": String(Number(timestamp) + 1)',
    ],
    [CHANNELS, /standard's own library/],
  ),
  defect(
    "channels: the signature is over the characters, not the bytes",
    ["notifications/providers/webhook.ts", ".update(signed)", '.update(signed, "latin1")'],
    [CHANNELS, /standard's own library/],
  ),
  defect(
    "channels: an old secret signs for ever",
    ["notifications/providers/webhook.ts", "until === null || until > now", "until === null || until !== now"],
    [CHANNELS, /then with the new one alone/],
  ),
  defect(
    "channels: every try has an id of its own",
    ["notifications/outbox/claim.ts", "d.message_id AS messageId", "hex(randomblob(8)) AS messageId"],
    [DELIVERIES, /under one id/],
  ),
  defect(
    "channels: a message is tried without end",
    ["notifications/outbox/retry.ts", "if (isOver && input.attempts >= LEAST_TRIES) return null;", ""],
    [DELIVERIES, /500 for a day/],
  ),
  defect(
    "channels: one that never works stays on",
    ["notifications/outbox/claim.ts", "if (attempt.isLasting || isDead) switchOff", "if (attempt.isLasting) switchOff"],
    [DELIVERIES, /500 for a day/],
  ),
  defect(
    "channels: a receiver that hangs holds the others up",
    [
      "notifications/outbox/claim.ts",
      "busy.has(channelId) || ofUser >= MAX_PER_USER || (isTroubled && troubled >= MAX_TROUBLED)",
      "busy.size > 0",
    ],
    [DELIVERIES, /hold up no other channel/],
  ),
  defect(
    "channels: what a process was sending is forgotten",
    ["notifications/outbox/claim.ts", "d.state IN ('waiting', 'sending')", "d.state IN ('waiting')"],
    [INTERRUPTED, /whose process died/],
  ),
  defect(
    "channels: a secret comes back from the receiver",
    [
      "notifications/outbox/send.ts",
      'text = text.replaceAll(shape, "[secret]")',
      "text = text.replaceAll(shape, shape)",
    ],
    [CHANNELS, /what opens a channel/],
  ),
  defect(
    "channels: anybody's channel may be read",
    [
      "notifications/channels/service.ts",
      "findFirst({ where: { id: input.id, userId: input.userId } })",
      "findFirst({ where: { id: input.id } })",
    ],
    [CHANNELS, /another user's channels/],
  ),
  defect(
    "outgoing: a redirect is followed",
    [
      "outgoing/exchange.ts",
      'req.on("response", async (res) => {',
      'req.on("response", async (res) => {\n      if (res.headers.location) return resolve(exchange({ ...input, url: new URL(res.headers.location) }));',
    ],
    [OUTGOING, /does not follow a redirect/],
  ),
  defect(
    "outgoing: private addresses are open",
    [
      "outgoing/target.ts",
      "isOpened(address) || (isPublicAddress(address) && !isOwn(address))",
      "isOpened(address) || isIP(address) > 0",
    ],
    [OUTGOING, /hidden behind a name/],
  ),
  defect(
    "outgoing: one public address opens the private ones beside it",
    ["outgoing/http-client.ts", "if (!addresses.every(policy.permits))", "if (!addresses.some(policy.permits))"],
    [OUTGOING, /hidden behind a name/],
  ),
  defect(
    "outgoing: the name is asked for again when connecting",
    [
      "outgoing/exchange.ts",
      "lookup: (_host, { all }, done) => {",
      'lookup: (_host, { all }, done) => {\n        addresses.splice(0, 9, { address: "127.0.0.1", family: 4 });',
    ],
    [OUTGOING, /rebound/],
  ),
  defect(
    "outgoing: an answer is read to its end",
    ["outgoing/exchange.ts", "if (size >= MAX_ANSWER_BYTES) res.destroy();", ""],
    [OUTGOING, /64 KiB/],
  ),
  defect(
    "outgoing: there is no time-out",
    ["outgoing/http-client.ts", "AbortSignal.timeout(timeoutMs)", "AbortSignal.timeout(timeoutMs * 1000)"],
    [OUTGOING, /times out when nothing is answered/],
  ),
];
