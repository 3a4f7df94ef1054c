import type { Message } from "@orwatch/messages/message";
import { parseStoredMessage, storeMessage } from "@orwatch/messages/parse";
import type { App } from "../app.ts";
import { storedInstant } from "../platform/clock.ts";
import type { Origin } from "../rpc/principal.ts";
import { parseDevice } from "./device.ts";
import { type Actor, type EventCode, type EventKind, kindOf, toWireActor } from "./schema.ts";

interface Event {
  userId: number;
  /** The team whose activity log also has the event. */
  teamId?: number;
  /** Its parameters are names and IDs, never secrets. */
  message: Message<EventCode>;
  /** Who did it; default: the owner. */
  actor?: Actor;
  origin?: Origin | undefined;
  /** Events with the same kind and `fold` are grouped into one row per hour (or per day with `foldDay`). */
  fold?: string;
  foldBy?: "hour" | "day";
}

/** How long events are kept. */
const KEEP_DAYS = 365;
/** Maximum number of rows per user, kind and UTC day. Kinds are counted separately. */
const MAX_ROWS_A_DAY = 200;
/** The same for events caused without signing in. */
const MAX_ANONYMOUS_ROWS_A_DAY = 100;
/** Further events are grouped by address into at most this many rows, then into a single row. */
const MAX_FLOOD_ROWS_A_DAY = 50;

const INSERT = `
  INSERT INTO audit_events (user_id, at, last_at, kind, actor, address, user_agent, message, fold)
  SELECT id, :at, :at, :kind, :actor, :address, :userAgent, :message, :fold FROM users WHERE id = :userId
  ON CONFLICT (user_id, fold) DO UPDATE SET count = count + 1, last_at = excluded.last_at`;
/** A row that groups different events shows the address of the last one. */
const INSERT_FLOOD = `${INSERT},
  address = excluded.address, user_agent = excluded.user_agent, message = excluded.message, actor = excluded.actor`;

/** Everyone who may see the log of a team sees its members. Where a member was is only in their own log. */
const INSERT_FOR_TEAM = `
  INSERT INTO team_events (team_id, user_id, at, kind, message) SELECT t.id, :userId, :at, :kind, :message FROM teams t
  WHERE t.id = :teamId AND (SELECT count(*) FROM team_events WHERE team_id = t.id AND user_id = :userId AND kind = :kind AND at >= :day) < :max`;

const TODAY = `
  SELECT count(*) AS total, coalesce(sum(actor = 'anonymous'), 0) AS anonymous, coalesce(sum(fold LIKE '%|flood|%'), 0) AS floods
  FROM audit_events WHERE user_id = :userId AND last_at >= :day AND at >= :day AND kind = :kind`;

interface Today {
  total: number;
  anonymous: number;
  floods: number;
}

/** Records an event. Never throws, because what it describes has already happened. */
export async function recordEvent(app: App, event: Event): Promise<void> {
  const { userId, message, actor = "owner", origin, foldBy = "hour" } = event;
  const kind = kindOf(message.code);
  const at = storedInstant(app.clock.now());
  const day = at.slice(0, 10);
  const window = foldBy === "hour" ? at.slice(0, 13) : day;
  const row = { userId, kind, actor, at, message: storeMessage(message) };
  try {
    await app.db.write((connection) => {
      const today = connection.prepare(TODAY).get({ userId, day, kind }) as Today;
      const isFlood =
        today.total >= MAX_ROWS_A_DAY || (actor === "anonymous" && today.anonymous >= MAX_ANONYMOUS_ROWS_A_DAY);
      const place = today.floods < MAX_FLOOD_ROWS_A_DAY ? (origin?.address ?? "") : "";
      connection.prepare(isFlood ? INSERT_FLOOD : INSERT).run({
        ...row,
        address: origin?.address ?? null,
        userAgent: origin?.userAgent ?? null,
        fold: isFlood
          ? `${kind}|flood|${day}|${place}`
          : event.fold === undefined
            ? null
            : `${kind}|${event.fold}|${window}`.slice(0, 500),
      });
      if (event.teamId !== undefined)
        connection.prepare(INSERT_FOR_TEAM).run({
          teamId: event.teamId,
          userId,
          at,
          kind,
          message: row.message,
          day,
          max: MAX_ROWS_A_DAY,
        });
    });
  } catch (error) {
    app.log.error("audit.record", { user_id: userId, kind, error });
  }
}

/** Records an event after the response is sent: the response time does not show whether there was one. */
export function recordLater(app: App, event: Event): void {
  const work: Promise<void> = new Promise<void>((resolve) => setTimeout(resolve, LATER_MS))
    .then(() => recordEvent(app, event))
    .finally(() => app.background.delete(work));
  app.background.add(work);
}
const LATER_MS = 20;

/** The activity log of a user, newest first. */
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

function toOutput(row: Row) {
  const message = parseStoredMessage(row.message);
  return {
    id: row.id,
    kind: row.kind as EventKind,
    at: row.at.toISOString(),
    last_at: row.lastAt.toISOString(),
    count: row.count,
    actor: toWireActor(row.actor),
    address: row.address,
    device: parseDevice(row.userAgent),
    detail: detailOf(message),
    message,
  };
}

/** The known parameters of an event. */
export const detailOf = ({ code, params }: Message): Record<string, string | number> =>
  code.startsWith("event_")
    ? (Object.fromEntries(
        Object.entries(params as Record<string, string | number | string[] | null>)
          .filter(([, value]) => value !== null)
          .map(([name, value]) => [name, Array.isArray(value) ? value.join(" ") : value]),
      ) as Record<string, string | number>)
    : {};

/** Groups logins by the parsed device, because a client can send any number of different User-Agents. */
export function loginFold({ address, userAgent }: Origin): string {
  const { app, system } = parseDevice(userAgent);
  return `${address}|${app ?? ""}|${system ?? ""}`;
}

/** The activity log of a team, newest first. */
export async function listTeamEvents(app: App, input: { teamId: number; skip: number; limit: number }) {
  const where = { teamId: input.teamId };
  const [rows, total] = await Promise.all([
    app.db.prisma.teamEvent.findMany({
      where,
      include: { user: { select: { email: true } } },
      orderBy: { id: "desc" },
      skip: input.skip,
      take: input.limit,
    }),
    app.db.prisma.teamEvent.count({ where }),
  ]);
  const items = rows.map((row) => {
    const message = parseStoredMessage(row.message);
    return {
      id: row.id,
      kind: row.kind as EventKind,
      at: row.at.toISOString(),
      user: row.userId === null || row.user === null ? null : { user_id: row.userId, email: row.user.email },
      detail: detailOf(message),
      message,
    };
  });
  return { items, total };
}

/** Removes events older than a year and returns their number. */
export async function pruneEvents(app: App): Promise<number> {
  const before = new Date(app.clock.now().getTime() - KEEP_DAYS * 86_400_000);
  const { count } = await app.db.prisma.auditEvent.deleteMany({ where: { lastAt: { lt: before } } });
  const ofTeams = await app.db.prisma.teamEvent.deleteMany({ where: { at: { lt: before } } });
  return count + ofTeams.count;
}
