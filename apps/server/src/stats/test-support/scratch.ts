import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { type Db, openDb } from "@orwatch/db";
import { copyTemplate } from "@orwatch/db/fixture";
import { addDays, type Day, listDays } from "@orwatch/domain/day";
import { divideHalfUp, formatNanos, percentage } from "@orwatch/domain/money";
import { addOwner } from "../../memberships/test-support.ts";
import type { DashboardOutput } from "../dashboard/schema.ts";
import type { Reading } from "../selection.ts";

export const TODAY = "2026-03-10";
export const NOW = new Date(`${TODAY}T12:00:00Z`);

export type Scratch = Reading & { db: Db; file: string; remove(): Promise<void> };

/** A temporary migrated database, read at noon of TODAY. */
export async function openScratch(): Promise<Scratch> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "orwatch-stats-"));
  const file = path.join(folder, "app.db");
  if (!copyTemplate(file)) throw new Error("tests/setup/migrated-template.ts has made no database to copy");
  const db = await openDb(file);
  return {
    db,
    file,
    clock: { now: () => NOW, monotonicMs: () => 0, sleep: () => Promise.resolve() },
    async remove() {
      await db.close();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

let made = 0;

/** A team with keys named "key 1", "key 2" and so on. */
export async function addTeam({ db }: Scratch, keys: number): Promise<{ teamId: number; keyIds: number[] }> {
  made += 1;
  const { teamId } = await addOwner(db, `user${made}@example.com`);
  const keyIds: number[] = [];
  for (let index = 1; index <= keys; index += 1) {
    const data = { teamId, name: `key ${index}`, keyEncrypted: "-", label: "-" };
    keyIds.push((await db.prisma.apiKey.create({ data: { ...data, keyHash: `${made}-${index}` } })).id);
  }
  return { teamId, keyIds };
}

interface Question {
  teamId: number;
  from: Day;
  through: Day;
  keyIds: number[] | null;
  models: string[] | null;
}

type Expected = Omit<DashboardOutput, "as_of" | "complete_through" | "keys">;

/** The same result, calculated from the rows only. Of the roll-ups, only the known days are used. */
export async function recompute({ db }: Scratch, question: Question): Promise<Expected> {
  const { teamId, from, through, keyIds, models } = question;
  const owned = await db.prisma.apiKey.findMany({ where: { teamId } });
  const keys = owned.filter((key) => keyIds === null || keyIds.includes(key.id));
  const stored = await db.prisma.usageStat.findMany({ where: { apiKeyId: { in: keys.map((key) => key.id) } } });
  const known = await db.prisma.usageDay.findMany({ where: { apiKeyId: { in: keys.map((key) => key.id) } } });
  type Row = (typeof stored)[number];
  const isIn = (row: { date: string }, first: Day, last: Day) => row.date >= first && row.date <= last;
  const isCounted = (day: (typeof known)[number]) =>
    day.attributed ||
    stored.some((row) => row.apiKeyId === day.apiKeyId && row.date === day.date && row.requestsCount !== null);
  const sum = (rows: Row[], pick: (row: Row) => bigint | null) =>
    rows.reduce((all, row) => all + (pick(row) ?? 0n), 0n);
  const cost = (rows: Row[]) => sum(rows, (row) => row.cost);
  const count = (rows: Row[], pick: (row: Row) => bigint | null, isKnown: boolean) =>
    isKnown ? Number(sum(rows, pick)) : null;
  const counts = (rows: Row[], isKnown: boolean) => ({
    total_requests: count(rows, (row) => row.requestsCount, isKnown),
    total_cost: formatNanos(cost(rows)),
    total_tokens_input: count(rows, (row) => row.tokensInput, isKnown),
    total_tokens_output: count(rows, (row) => row.tokensOutput, isKnown),
  });
  const ofModels = stored.filter((row) => models === null || models.includes(row.model));
  const rows = ofModels.filter((row) => isIn(row, from, through));
  const knownDays = known.filter((day) => isIn(day, from, through));
  const withRequests = rows.filter((row) => row.requestsCount !== null);
  const requests = sum(rows, (row) => row.requestsCount);
  const perMillion = (some: Row[]) => {
    const counted = some.filter((row) => row.tokensInput !== null);
    const tokens = sum(counted, (row) => row.tokensInput) + sum(counted, (row) => row.tokensOutput);
    return tokens === 0n ? null : formatNanos(divideHalfUp(cost(counted) * 1_000_000n, tokens));
  };
  const days = listDays(from, through);

  const byModel = [...new Set(rows.map((row) => row.model))]
    .map((model) => ({ model, rows: rows.filter((row) => row.model === model) }))
    .sort((a, b) => Number(cost(b.rows) - cost(a.rows)) || (a.model < b.model ? -1 : 1));
  const named = byModel.slice(0, 10).map(({ model }) => model);
  const beforeFrom = listDays("2024-01-01", from).at(-1 - days.length) as Day;
  const beforeThrough = listDays("2024-01-01", from).at(-2) as Day;
  const sumsOf = (first: Day, last: Day) => {
    const inside = known.filter((day) => isIn(day, first, last));
    const own = ofModels.filter((row) => isIn(row, first, last));
    return inside.length === 0
      ? null
      : { ...counts(own, inside.some(isCounted)), cost_per_million_tokens: perMillion(own) };
  };
  const complete = days.filter((day) => day < TODAY);
  const earlier = complete.map((day) => addDays(day, -days.length));
  const current = complete.length === 0 ? null : sumsOf(from, complete.at(-1) as Day);
  const previous = complete.length === 0 ? null : sumsOf(earlier[0] as Day, earlier.at(-1) as Day);
  return {
    summary: {
      ...counts(rows, knownDays.some(isCounted)),
      byok_cost: formatNanos(sum(rows, (row) => row.byokCost)),
      avg_cost_per_request: requests === 0n ? null : formatNanos(divideHalfUp(cost(withRequests), requests)),
      cost_per_million_tokens: perMillion(rows),
      avg_requests_per_day: knownDays.some(isCounted) ? Math.round((Number(requests) / days.length) * 100) / 100 : null,
      period_days: days.length,
    },
    by_model: byModel.map(({ model, rows: own }) => {
      const isKnown = own.some((row) => row.requestsCount !== null);
      return {
        model,
        requests_count: count(own, (row) => row.requestsCount, isKnown),
        cost: formatNanos(cost(own)),
        percentage_requests: isKnown
          ? percentage(
              sum(own, (row) => row.requestsCount),
              requests,
            )
          : null,
        percentage_cost: percentage(cost(own), cost(rows)),
        cost_per_million_tokens: perMillion(own),
      };
    }),
    by_date: days.map((date) => {
      const own = rows.filter((row) => row.date === date);
      const covered = knownDays.filter((day) => day.date === date);
      const others = own.filter((row) => !named.includes(row.model));
      return {
        date,
        requests_count: count(own, (row) => row.requestsCount, covered.some(isCounted)),
        cost: covered.length === 0 ? null : formatNanos(cost(own)),
        by_model: [
          ...named
            .map((model) => ({ model, rows: own.filter((row) => row.model === model) }))
            .filter((series) => series.rows.length > 0)
            .map((series) => ({ model: series.model, cost: formatNanos(cost(series.rows)) })),
          ...(others.length > 0 ? [{ model: "(other)", cost: formatNanos(cost(others)) }] : []),
        ],
      };
    }),
    by_key: keys
      .map((key) => ({
        key,
        own: rows.filter((row) => row.apiKeyId === key.id),
        covered: knownDays.filter((day) => day.apiKeyId === key.id),
      }))
      .filter(({ own, covered }) => (models === null ? covered.length > 0 : own.length > 0))
      .sort((a, b) => Number(cost(b.own) - cost(a.own)) || a.key.id - b.key.id)
      .map(({ key, own, covered }) => ({
        kind: null,
        account_id: null,
        api_key_id: key.id,
        name: key.name,
        requests_count: count(
          own,
          (row) => row.requestsCount,
          models === null ? covered.some(isCounted) : own.some((row) => row.requestsCount !== null),
        ),
        cost: formatNanos(cost(own)),
        percentage_cost: percentage(cost(own), cost(rows)),
      })),
    top_models: byModel.slice(0, 5).map(({ model }) => model),
    previous: sumsOf(beforeFrom, beforeThrough),
    comparison: current &&
      previous && {
        start_date: from,
        end_date: complete.at(-1) as Day,
        previous_start_date: earlier[0] as Day,
        previous_end_date: earlier.at(-1) as Day,
        current,
        previous,
      },
  };
}
