import type { App } from "../app.ts";
import type { Origin } from "../principal.ts";
import { parseDevice } from "./device.ts";
import type { Actor, EventKind } from "./schema.ts";

export interface Event {
  userId: number;
  kind: EventKind;
  /** Who did it; the owner unless told. */
  actor?: Actor;
  origin?: Origin | undefined;
  /** Names and ids; never a secret. */
  detail?: Record<string, string | number>;
  /** Events of one kind with the same words here are one row an hour (or `foldDay`: a day) that counts them. */
  fold?: string;
  foldBy?: "hour" | "day";
}

/** How long an event is kept. */
export const KEEP_DAYS = 365;
/** Rows of one user in one UTC day; what goes beyond is counted in one row a kind. */
const MAX_ROWS_A_DAY = 1000;
/** The same for what strangers cause, so that a flood of theirs leaves room for the owner's own. */
const MAX_STRANGER_ROWS_A_DAY = 100;

const INSERT = `
  INSERT INTO audit_events (user_id, at, last_at, kind, actor, address, user_agent, detail, fold)
  SELECT id, :at, :at, :kind, :actor, :address, :userAgent, :detail, :fold FROM users WHERE id = :userId
  ON CONFLICT (user_id, fold) DO UPDATE SET count = count + 1, last_at = excluded.last_at`;

const TODAY = `
  SELECT count(*) AS total, coalesce(sum(actor = 'stranger'), 0) AS strangers
  FROM (SELECT at, actor FROM audit_events WHERE user_id = :userId AND last_at >= :day LIMIT ${2 * MAX_ROWS_A_DAY})
  WHERE at >= :day`;

/** As Prisma writes instants. */
const toText = (instant: Date) => instant.toISOString().replace("Z", "+00:00");

/** Writes an event down. Never throws: what it tells of has happened already. */
export async function recordEvent(app: App, event: Event): Promise<void> {
  const { userId, kind, actor = "owner", origin, detail = {}, foldBy = "hour" } = event;
  const at = toText(app.clock.now());
  const day = at.slice(0, 10);
  const window = foldBy === "hour" ? at.slice(0, 13) : day;
  const row = { userId, kind, actor, at, detail: JSON.stringify(detail) };
  try {
    await app.db.write((connection) => {
      const today = connection.prepare(TODAY).get({ userId, day }) as { total: number; strangers: number };
      const isFlood =
        today.total >= MAX_ROWS_A_DAY || (actor === "stranger" && today.strangers >= MAX_STRANGER_ROWS_A_DAY);
      connection.prepare(INSERT).run({
        ...row,
        ...(isFlood ? { detail: "{}" } : {}),
        address: isFlood ? null : (origin?.address ?? null),
        userAgent: isFlood ? null : (origin?.userAgent ?? null),
        fold: isFlood
          ? `${kind}|flood|${day}`
          : event.fold === undefined
            ? null
            : `${kind}|${event.fold}|${window}`.slice(0, 500),
      });
    });
  } catch (error) {
    app.log.error("audit.record", { user_id: userId, kind, error });
  }
}

/** As `recordEvent`, after the answer: nobody waits for it, and nobody can tell from the time whether it was written. */
export function recordLater(app: App, event: Event): void {
  const work: Promise<void> = new Promise<void>((resolve) => setTimeout(resolve, LATER_MS))
    .then(() => recordEvent(app, event))
    .finally(() => app.background.delete(work));
  app.background.add(work);
}
const LATER_MS = 20;

/** What happened to an account, newest first. */
export async function listActivity(app: App, input: { userId: number; skip: number; limit: number }) {
  const where = { userId: input.userId };
  const [rows, total] = await Promise.all([
    app.db.prisma.auditEvent.findMany({
      where,
      orderBy: [{ lastAt: "desc" }, { id: "desc" }],
      skip: input.skip,
      take: input.limit,
    }),
    app.db.prisma.auditEvent.count({ where }),
  ]);
  return { items: rows.map(toOutput), total };
}

type Row = Awaited<ReturnType<App["db"]["prisma"]["auditEvent"]["findMany"]>>[number];

export const toOutput = (row: Row) => ({
  id: row.id,
  kind: row.kind as EventKind,
  at: row.at.toISOString(),
  last_at: row.lastAt.toISOString(),
  count: row.count,
  actor: row.actor as Actor,
  address: row.address,
  device: parseDevice(row.userAgent),
  detail: JSON.parse(row.detail) as Record<string, string | number>,
});

/** What log-ins are folded by; begins with the address, so that `hasLoggedInFrom` can look for it. */
export const loginFold = ({ address, userAgent }: Origin): string => `${address}|${userAgent ?? ""}`;

/** True when the account has been logged in to from this address within the year. One step in an index, whoever asks. */
export function hasLoggedInFrom(app: App, input: { email: string; address: string }): boolean {
  const from = `logged_in|${input.address}|`;
  return (
    app.db.reader
      .prepare(
        `SELECT 1 FROM audit_events WHERE user_id = (SELECT id FROM users WHERE email = ?) AND fold >= ? AND fold < ? LIMIT 1`,
      )
      .get(input.email, from, `${from}\u{10ffff}`) !== undefined
  );
}

/** Removes events of more than a year ago; says how many. */
export async function pruneEvents(app: App): Promise<number> {
  const before = new Date(app.clock.now().getTime() - KEEP_DAYS * 86_400_000);
  const { count } = await app.db.prisma.auditEvent.deleteMany({ where: { lastAt: { lt: before } } });
  return count;
}
