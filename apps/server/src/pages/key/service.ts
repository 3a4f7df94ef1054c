import type { ApiKey } from "@orwatch/db";
import { readBreakdownSettings } from "../../accounts/breakdowns/settings.ts";
import { listHistory } from "../../accounts/service.ts";
import { findAccount } from "../../accounts/stored.ts";
import { listRulesOfKey } from "../../alerts/service.ts";
import type { App } from "../../app.ts";
import { getForecast } from "../../forecasts/service.ts";
import { toKeyOutput } from "../../keys/list/output.ts";
import { getOwned } from "../../keys/service.ts";
import { findKey } from "../../keys/stored.ts";
import { currentDay, usageNow } from "../../platform/clock.ts";
import { getBreakdown } from "../../stats/breakdowns/breakdown.ts";
import { getWeek } from "../../stats/breakdowns/week.ts";
import { listUnusualDays } from "../../stats/dashboard/unusual.ts";
import { lastDays, periodOf } from "../../stats/period.ts";
import { sumDetails } from "../../stats/usage/detail-sums.ts";
import { getMonth } from "./month.ts";
import type { KeyPageInput } from "./schema.ts";

const DEFAULT_DAYS = 30;
const MAX_PROVIDERS = 50;
const MAX_EVENTS = 20;

/** @throws NOT_FOUND if the key does not belong to the team, BAD_REQUEST for a range that is reversed or too long */
export async function getKeyPage(app: App, input: KeyPageInput & { teamId: number }) {
  const { teamId, id } = input;
  const key = await getOwned(app, { teamId, id });
  const through = input.end_date ?? currentDay(app.clock);
  const period =
    input.start_date === undefined
      ? lastDays(input.days ?? DEFAULT_DAYS, through)
      : periodOf(input.start_date, through);
  const selection = { teamId, period, keyIds: [id] as [number], models: null };
  const account = key.accountId === null ? null : findAccount(app, key.accountId);
  const manager = key.managedById === null ? null : findKey(app, key.managedById);
  const forecast = getForecast(app, { teamId });
  const managers = [key.managedById, account?.managementKeyId];
  return {
    key: toKeyOutput(key, usageNow(app.clock)),
    manager: manager && { id: manager.id, name: manager.name },
    account: account && { id: account.id, name: account.name, ...collectedOf(account.breakdowns) },
    month: await getMonth(app, { teamId, keyId: id, completeThrough: key.completeThrough }),
    limit: forecast.limits.find(({ api_key_id }) => api_key_id === id) ?? null,
    credits: forecast.credits.find(({ api_key_id }) => managers.includes(api_key_id)) ?? null,
    rules: listRulesOfKey(app, { teamId, keyId: id }),
    history: historyOf(app, key),
    details: sumDetails(app, selection),
    unusual_days: listUnusualDays(app, selection),
    week: await getWeek(app, { teamId, keyId: id, period }),
    providers: await getBreakdown(app, {
      teamId,
      dimension: "provider",
      start_date: period.from,
      end_date: period.through,
      api_key_id: [id],
      limit: MAX_PROVIDERS,
    }),
  };
}

function collectedOf(settings: string | null) {
  const { hours, providers } = readBreakdownSettings(settings);
  return { collects_hours: hours, collects_providers: providers };
}

const historyOf = (app: App, { teamId, accountId, keyHash }: ApiKey) =>
  accountId === null
    ? { items: [], total: 0 }
    : listHistory(app, { teamId, id: accountId, hash: keyHash, skip: 0, limit: MAX_EVENTS });
