import { formatNanos } from "@orwatch/domain/money";
import type { z } from "zod";
import type { App } from "../../app.ts";
import { usageNow } from "../../platform/clock.ts";
import { toCount } from "../../rpc/wire.ts";
import { readSyncState } from "../../usage/sync-state.ts";
import type { publicKeysOutput } from "../schema.ts";
import { toKeyOutput } from "./output.ts";

interface Sums {
  requests: bigint | null;
  cost: bigint;
  byok_cost: bigint;
}

const SUMS = `SELECT k.id, sum(d.requests) AS requests, coalesce(sum(d.cost), 0) AS cost, coalesce(sum(d.byok_cost), 0) AS byok_cost
  FROM api_keys k LEFT JOIN usage_days d ON d.api_key_id = k.id WHERE k.team_id = ? AND k.kind IS NOT 'residual' GROUP BY k.id`;

/** All keys of a team with their limits, counters and totals, sorted by name. */
export async function listPublicKeys(
  app: App,
  { teamId }: { teamId: number },
): Promise<z.input<typeof publicKeysOutput>> {
  const sums = app.db.reader.prepare(SUMS).safeIntegers(true).all(teamId) as (Sums & { id: bigint })[];
  const state = readSyncState(app, { teamId });
  const sumsOf = new Map<number, Sums>(sums.map(({ id, ...ofKey }) => [Number(id), ofKey]));
  const keys = await app.db.prisma.apiKey.findMany({
    where: { teamId, OR: [{ kind: null }, { kind: { not: "residual" } }] },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  const now = usageNow(app.clock);
  const items = keys.map((key) => {
    const { requests, cost, byok_cost } = sumsOf.get(key.id) ?? { requests: null, cost: 0n, byok_cost: 0n };
    const stats = {
      total_requests: requests === null ? null : toCount(requests),
      total_cost: formatNanos(cost),
      byok_cost: formatNanos(byok_cost),
    };
    return { ...toKeyOutput(key, now), stats };
  });
  return { items, total: items.length, ...state };
}
