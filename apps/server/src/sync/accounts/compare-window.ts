import type { Connection } from "@orwatch/db";
import { type Day, minDay } from "@orwatch/domain/day";
import { type Message, message } from "@orwatch/messages/message";
import { shown } from "../../accounts/discovery.ts";
import type { Account } from "../../accounts/stored.ts";
import type { App } from "../../app.ts";
import type { Caller } from "../../openrouter/requests/request.ts";
import type { NamedUsageRow, UsageRow } from "../../openrouter/schema.ts";
import { readCountedSpend } from "../../usage/residuals/counted-spend.ts";
import type { KeyNames } from "../../usage/residuals/residual-split.ts";
import { bookResiduals, type ResidualOwner } from "../../usage/residuals/residuals.ts";
import { type Fetched, fetchUsage } from "../analytics/fetch.ts";
import type { Window } from "../analytics/plan.ts";
import { oldestKept } from "../keys/findings.ts";
import { fetchElsewhere, isProblem, type LabelledPart, readByLabel } from "./fetch-by-label.ts";

interface Comparison {
  owner: ResidualOwner;
  account: Account;
  caller: Caller;
  window: Window;
  today: Day;
  comparedBefore: Day | null;
}

/**
 * Compares the total of an account with its keys for the days of a window, and records the difference. The rows by key are compared as they
 * arrive, because there are as many as of all keys together.
 * @returns `problem`: why days are missing. `doubt`: days on which models and total disagree, which keep what they have.
 */
export async function compareWindow(
  app: App,
  comparison: Comparison,
): Promise<{ rowsWritten: number; problem: Message | null; doubt: Message | null }> {
  const { account, caller, window, today } = comparison;
  const total = await fetchUsage(app, {
    caller,
    keyHash: null,
    window,
    today,
    hasStoredUsage: ({ from, through }) => hasUsage(app, account.id, { from, through }),
  });
  if (total.days.length === 0) {
    const problem = total.problem ?? message("openrouter_analytics_no_total", {});
    return { rowsWritten: 0, problem, doubt: null };
  }
  const question = {
    caller,
    window,
    modelsOf: (day: Day) => [...new Set(total.rows.filter(({ date }) => date === day).map(({ model }) => model))],
  };
  const elsewhere = await fetchElsewhere(app, { ...question, accountId: account.id });
  let rowsWritten = 0;
  let held: LabelledPart | null = null;
  for await (const part of readByLabel(app, { ...question, query: app.openRouter.queryKeyNames })) {
    if (isProblem(part)) return { rowsWritten, problem: part, doubt: null };
    const days: LabelledPart = held === null ? part : join(held, part);
    const { from } = days.window;
    held = from > window.from && isDivided(app.db.reader, account.id, from) ? days : null;
    if (held === null) rowsWritten += await bookPart(app, comparison, { part: days, total, elsewhere });
  }
  const isDoubt = total.problem?.code === "openrouter_totals_disagree";
  return { rowsWritten, problem: isDoubt ? null : total.problem, doubt: isDoubt ? total.problem : null };
}

const join = (newer: LabelledPart, older: LabelledPart): LabelledPart => ({
  window: { from: older.window.from, through: newer.window.through },
  rows: newer.rows.concat(older.rows),
});

/** Whether counters know spend of a time that begins before a day and ends on it or later. Such days are compared together, so that it is explained once. */
const isDivided = (connection: Connection, accountId: number, day: Day): boolean =>
  [{ accountId }, { unreadOf: accountId }].some((owner) =>
    readCountedSpend(connection, owner, { from: day, through: day }).some(({ since }) => since < day),
  );

/** @returns the number of usage rows written */
function bookPart(
  app: App,
  { owner, account, today, comparedBefore }: Comparison,
  { part, total, elsewhere }: { part: LabelledPart; total: Fetched; elsewhere: Elsewhere },
): Promise<number> {
  const { from, through } = part.window;
  const isOfPart = (day: Day) => from <= day && day <= through;
  const ofPart = <Row extends UsageRow>(rows: readonly Row[]) => rows.filter(({ date }) => isOfPart(date));
  // Names of keys are stored in this form.
  const named = part.rows.map((row) => ({ ...row, label: row.label === null ? null : shown(row.label, row.label) }));
  return app.db.write((connection) => {
    const lister = connection.prepare("SELECT 1 FROM openrouter_accounts WHERE id = ?").get(account.id);
    if (lister === undefined) return 0;
    return bookResiduals(connection, {
      owner,
      today,
      days: total.days.filter(isOfPart),
      totals: ofPart(total.rows),
      named,
      comparedBefore,
      elsewhere: { ...elsewhere, rows: ofPart(elsewhere.rows) },
      names: readNames(connection, account),
      oldestDay: oldestKept(app, today),
    });
  });
}

interface Elsewhere {
  workspaceIds: string[];
  rows: NamedUsageRow[];
}

/** Whether keys of an account have usage from analytics. */
const hasUsage = (app: App, accountId: number, { from, through }: Window): boolean =>
  app.db.reader
    .prepare(
      `SELECT 1 FROM api_keys k JOIN usage_days d ON d.api_key_id = k.id AND d.date BETWEEN ? AND ?
       WHERE k.account_id = ? AND k.kind = 'inference' AND d.attributed AND d.requests > 0 LIMIT 1`,
    )
    .get(from, through, accountId) !== undefined;

interface NameRow {
  name: string;
  is_active: number;
  gone: number;
  month: Day | null;
  year: Day | null;
}

function readNames(connection: Connection, account: Account): KeyNames {
  const rows = connection
    .prepare(
      `SELECT coalesce(name_at_openrouter, name) AS name, is_active, gone_at IS NOT NULL AS gone, month_resynced_on AS month,
         year_resynced_on AS year
       FROM api_keys WHERE account_id = :id AND kind = 'inference'
       UNION ALL SELECT name, 0, 0, NULL, NULL FROM removed_keys WHERE account_id = :id`,
    )
    .safeIntegers(false)
    .all({ id: account.id }) as NameRow[];
  const names = (isMeant: (row: NameRow) => boolean) => new Set(rows.filter(isMeant).map(({ name }) => name));
  const watched: Map<string, { month: Day | null; year: Day | null }> = new Map();
  for (const { name, month, year } of rows.filter(({ is_active, gone }) => is_active === 1 && gone === 0)) {
    const other = watched.get(name);
    watched.set(
      name,
      other ? { month: earlier(month, other.month), year: earlier(year, other.year) } : { month, year },
    );
  }
  const unlisted = connection
    .prepare("SELECT 1 FROM openrouter_workspaces WHERE account_id = ? AND NOT is_listed LIMIT 1")
    .get(account.id);
  return {
    watched,
    others: names(({ is_active, gone }) => is_active === 0 && gone === 0),
    gone: names(({ gone }) => gone === 1),
    isComplete: account.lastListedAt !== null && account.lastListError === null && unlisted === undefined,
  };
}

const earlier = (a: Day | null, b: Day | null): Day | null => (a === null || b === null ? null : minDay(a, b));
