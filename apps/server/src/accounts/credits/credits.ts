import { type Day, startOf } from "@orwatch/domain/day";
import { formatNanos } from "@orwatch/domain/money";
import type { App } from "../../app.ts";
import { getCreditsForecast } from "../../forecasts/service.ts";
import { findKey } from "../../keys/stored.ts";
import { periodOf } from "../../stats/period.ts";
import { getOwnedAccount } from "../service.ts";
import { managersOfAccount } from "../stored.ts";
import { readCredits } from "./credits-history.ts";
import type { CreditsOutput } from "./schema.ts";

/**
 * The credits of an account over time, oldest first, with purchases.
 * @throws NOT_FOUND, BAD_REQUEST for a range that is the wrong way round or too long
 */
export function getCreditsHistory(
  app: App,
  input: { teamId: number; id: number; start_date: Day; end_date: Day },
): CreditsOutput {
  const account = getOwnedAccount(app, input);
  const { from, through } = periodOf(input.start_date, input.end_date);
  const manager = account.managementKeyId === null ? null : findKey(app, account.managementKeyId);
  const rows = readCredits(app, { accountId: account.id, from, through });
  const hasNeverBought = manager?.isFreeTier === true || (rows.at(-1)?.total ?? manager?.creditsTotalNanos) === 0n;
  const start = startOf(from);
  return {
    items: rows.map(({ at, lastSeenAt, total, used }) => ({
      at: at.toISOString(),
      last_seen_at: lastSeenAt.toISOString(),
      total: formatNanos(total),
      used: formatNanos(used),
      remaining: hasNeverBought || total <= 0n ? null : formatNanos(total - used),
    })),
    purchases: rows.flatMap(({ at, total }, index) => {
      const before = rows[index - 1];
      return before === undefined || before.total === total || at < start
        ? []
        : [{ at: at.toISOString(), amount: formatNanos(total - before.total) }];
    }),
    remaining_unknown: hasNeverBought ? "never_bought" : rows.length === 0 ? "not_reported" : null,
    run_out_date: hasNeverBought ? null : runOutDate(app, account),
  };
}

function runOutDate(app: App, { teamId, id }: { teamId: number; id: number }): Day | null {
  const managers = managersOfAccount(app, id);
  return (
    getCreditsForecast(app, { teamId }).find(({ api_key_id }) => managers.includes(api_key_id))?.runs_out_on ?? null
  );
}
