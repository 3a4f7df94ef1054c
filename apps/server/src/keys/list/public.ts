import { formatNanos } from "@orwatch/domain/money";
import type { z } from "zod";
import type { App } from "../../app.ts";
import { usageNow } from "../../platform/clock.ts";
import { toCount } from "../../rpc/wire.ts";
import { readSyncState } from "../../usage/sync-state.ts";
import type { publicKeyOutput, publicKeysOutput } from "../schema.ts";
import { notFound } from "../service.ts";
import { toKeyOutput } from "./output.ts";

interface Sums {
  requests: bigint | null;
  cost: bigint;
  byok_cost: bigint;
}

const SUMS = `SELECT k.id, sum(d.requests) AS requests, coalesce(sum(d.cost), 0) AS cost, coalesce(sum(d.byok_cost), 0) AS byok_cost
  FROM api_keys k LEFT JOIN usage_days d ON d.api_key_id = k.id WHERE k.team_id = ? AND k.kind IS NOT 'residual' GROUP BY k.id`;

/** All keys of a team with their limits, counters and totals, sorted by name. */
export async function listPublicKeys(app: App, input: { teamId: number }): Promise<z.input<typeof publicKeysOutput>> {
  const state = readSyncState(app, input);
  const items = await readKeys(app, input);
  return { items, total: items.length, ...state };
}

/** @throws NOT_FOUND */
export async function getPublicKey(
  app: App,
  input: { teamId: number; id: number },
): Promise<z.input<typeof publicKeyOutput>> {
  const [key] = await readKeys(app, input);
  if (!key) throw notFound();
  return key;
}

async function readKeys(app: App, { teamId, id }: { teamId: number; id?: number }) {
  const sums = app.db.reader.prepare(SUMS).safeIntegers(true).all(teamId) as (Sums & { id: bigint })[];
  const sumsOf = new Map<number, Sums>(sums.map(({ id, ...ofKey }) => [Number(id), ofKey]));
  const keys = await app.db.prisma.apiKey.findMany({
    where: { teamId, ...(id === undefined ? {} : { id }), OR: [{ kind: null }, { kind: { not: "residual" } }] },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  const now = usageNow(app.clock);
  return keys.map((key) => {
    const sums = sumsOf.get(key.id) ?? { requests: null, cost: 0n, byok_cost: 0n };
    const requests = sums.requests === null ? null : toCount(sums.requests);
    const cost = formatNanos(sums.cost);
    const stats = {
      requests,
      cost,
      byok_cost: formatNanos(sums.byok_cost),
      total_requests: requests,
      total_cost: cost,
    };
    return { ...toKeyOutput(key, now), stats };
  });
}
