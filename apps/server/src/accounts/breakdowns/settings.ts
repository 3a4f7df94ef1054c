import type { Connection } from "@orwatch/db";
import { addDays } from "@orwatch/domain/day";
import { readStored } from "@orwatch/messages/renderer";
import type { App } from "../../app.ts";
import { currentDay } from "../../platform/clock.ts";
import { dayNumberOf } from "../../usage/breakdowns/dimensions.ts";
import { breakdownDaysKept, removeEndUsers } from "../../usage/breakdowns/removal.ts";
import type { AccountOutput } from "../schema.ts";
import { type Account, changeAccount } from "../stored.ts";
import { type BreakdownSettings, type BreakdownSettingsInput, breakdownSettings } from "./schema.ts";

const DEFAULT_BREAKDOWNS: BreakdownSettings = {
  providers: true,
  apps: true,
  finish_reasons: true,
  members: true,
  workspaces: true,
  hours: true,
  performance: true,
  end_users: false,
};

/** Parses the stored settings. Missing or invalid ones have their default. */
export function readBreakdownSettings(stored: string | null): BreakdownSettings {
  if (stored === null) return DEFAULT_BREAKDOWNS;
  try {
    const parsed = breakdownSettings.partial().safeParse(JSON.parse(stored));
    return { ...DEFAULT_BREAKDOWNS, ...(parsed.success ? parsed.data : {}) } as BreakdownSettings;
  } catch {
    return DEFAULT_BREAKDOWNS;
  }
}

/** Measured: 39 bytes for a row, 62 with latency and throughput, and 30 for each day of a key. */
const BYTES_PER_ROW = 48;
const BYTES_PER_DAY = 30;
const MONTH_DAYS = 30;

const OWNERS = `SELECT o.id FROM breakdown_owners o JOIN api_keys k ON k.id = o.api_key_id AND k.account_id = :id
  UNION ALL SELECT o.id FROM breakdown_owners o WHERE o.account_id = :id`;

const STORED = `SELECT count(*) AS days, coalesce(sum(c.rows), 0) AS rows, count(*) FILTER (WHERE c.day >= :recent) AS recentDays,
    coalesce(sum(c.rows) FILTER (WHERE c.day >= :recent), 0) AS recentRows, date(min(c.day) FILTER (WHERE c.rows > 0) * 86400, 'unixepoch') AS since
  FROM breakdown_days c WHERE c.owner_id IN (${OWNERS})`;

const ASKED = `SELECT p.asked_at, p.problem FROM breakdown_progress p WHERE p.owner_id IN (${OWNERS})
  ORDER BY p.problem IS NULL, p.asked_at DESC`;

/** Settings and state of the breakdowns of an account, for API responses. */
export function breakdownsOf(app: App, account: Account): Pick<AccountOutput, "breakdowns" | "breakdown_state"> {
  const read = (sql: string) => app.db.reader.prepare(sql).safeIntegers(false);
  const recent = dayNumberOf(addDays(currentDay(app.clock), -MONTH_DAYS));
  const stored = read(STORED).get({ id: account.id, recent }) as {
    days: number;
    rows: number;
    recentDays: number;
    recentRows: number;
    since: string | null;
  };
  const asked = read(ASKED).all({ id: account.id }) as { asked_at: string; problem: string | null }[];
  const last = asked.reduce((latest, { asked_at }) => (asked_at > latest ? asked_at : latest), "");
  const error = readStored(asked[0]?.problem ?? null);
  return {
    breakdowns: readBreakdownSettings(account.breakdowns),
    breakdown_state: {
      rows: stored.rows,
      bytes: stored.rows * BYTES_PER_ROW + stored.days * BYTES_PER_DAY,
      bytes_per_month: stored.recentRows * BYTES_PER_ROW + stored.recentDays * BYTES_PER_DAY,
      since: stored.since,
      retention_days: breakdownDaysKept(app.config),
      last_collected_at: last === "" ? null : new Date(last).toISOString(),
      last_error: error.text,
      last_error_message: error.message,
    },
  };
}

/** Changes which breakdowns are collected, inside the caller's transaction. Turning end users off deletes those stored. */
export function changeBreakdowns(connection: Connection, account: Account, change: BreakdownSettingsInput): void {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  const settings = { ...readBreakdownSettings(account.breakdowns), ...given };
  changeAccount(connection, account, { breakdowns: JSON.stringify(settings) });
  if (!settings.end_users) removeEndUsers(connection, { teamId: account.teamId, accountId: account.id });
}
