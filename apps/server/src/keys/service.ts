import { createHash } from "node:crypto";
import type { ApiKey } from "@orwatch/db";
import { TRPCError } from "@trpc/server";
import type { App } from "../app.ts";
import type { Caller } from "../openrouter/client.ts";
import type { Priority } from "../openrouter/pace.ts";
import { listAttention } from "./attention.ts";
import { toKeyOutput } from "./output.ts";
import type { Attention, KeyColumn, KeyNamesOutput, KeyOutput, KeySort } from "./schema.ts";
import { noteSent } from "./sent.ts";

/** OpenRouter's own id of a key: SHA-256 (hex) of the whole key. */
export const hashKey = (secret: string): string => createHash("sha256").update(secret).digest("hex");

export const notFound = () => new TRPCError({ code: "NOT_FOUND", message: "There is no such key." });

/** @throws NOT_FOUND when it is not the user's */
export async function getOwned(app: App, input: { userId: number; id: number }): Promise<ApiKey> {
  const key = await app.db.prisma.apiKey.findFirst({ where: { id: input.id, userId: input.userId } });
  if (!key) throw notFound();
  return key;
}

/** Keys that OpenRouter has not accepted yet share one lane: made-up ones get no pace of their own. */
export const UNKNOWN_LANE = "unknown";

/** Lane in which a key's own requests are paced. */
export const laneOf = (key: Pick<ApiKey, "account" | "keyHash" | "kind">): string =>
  key.account ?? (key.kind === null ? UNKNOWN_LANE : key.keyHash);

/** The key's secret, or `null` when the encryption key it was stored under is not at hand. */
export const openSecret = (app: App, key: ApiKey): string | null => app.cipher.open(key.keyEncrypted, key);

/** The credential of a stored key for a request to OpenRouter; `null` as for `openSecret`. */
export function callerOf(app: App, key: ApiKey, priority: Priority): Caller | null {
  const secret = openSecret(app, key);
  if (secret !== null) noteSent(app, key, priority);
  return secret === null ? null : { secret, lane: laneOf(key), priority };
}

const FIELDS = {
  usage_daily: "usageDailyNanos",
  usage_weekly: "usageWeeklyNanos",
  usage_monthly: "usageMonthlyNanos",
  usage: "usageNanos",
  last_used_at: "lastUsedAt",
  last_synced_at: "lastSyncedAt",
} as const satisfies Record<Exclude<KeyColumn, "name">, keyof ApiKey>;

function orderOf(sort: KeySort | undefined) {
  const column = sort?.replace("-", "") as KeyColumn | undefined;
  const direction = sort?.startsWith("-") ? "desc" : "asc";
  if (column === undefined) return [];
  return column === "name" ? [{ name: direction }] : [{ [FIELDS[column]]: { sort: direction, nulls: "last" } }];
}

/** Newest first, or by `sort`. */
export async function listKeys(
  app: App,
  input: {
    userId: number;
    skip: number;
    limit: number;
    show?: Attention | undefined;
    sort?: KeySort | undefined;
  },
) {
  const { userId, show, sort } = input;
  const where = { userId, ...(show ? { id: { in: listAttention(app, { userId, show }) } } : {}) };
  const [items, total] = await Promise.all([
    app.db.prisma.apiKey.findMany({
      where,
      orderBy: [...(orderOf(sort) as object[]), { createdAt: "desc" }, { id: "desc" }],
      skip: input.skip,
      take: input.limit,
    }),
    app.db.prisma.apiKey.count({ where }),
  ]);
  return { items: items.map(toKeyOutput), total };
}

/** Of every key, for pickers: newest first. */
export async function listKeyNames(app: App, { userId }: { userId: number }): Promise<KeyNamesOutput> {
  const items = await app.db.prisma.apiKey.findMany({
    where: { userId },
    select: { id: true, name: true, kind: true },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  return { items: items as KeyNamesOutput["items"] };
}

/** @throws NOT_FOUND */
export const getKey = async (app: App, input: { userId: number; id: number }): Promise<KeyOutput> =>
  toKeyOutput(await getOwned(app, input));

/** @throws NOT_FOUND */
export async function updateKey(
  app: App,
  input: {
    userId: number;
    id: number;
    name?: string | undefined;
    description?: string | null | undefined;
    is_active?: boolean | undefined;
  },
): Promise<KeyOutput> {
  const key = await getOwned(app, input);
  const { userId, id } = input;
  const isSwitched = input.is_active !== undefined && input.is_active !== key.isActive;
  const updated = await app.db.prisma.$transaction(async (tx) => {
    const [row] = await tx.apiKey.updateManyAndReturn({
      where: { id, userId },
      data: {
        ...(input.name === undefined ? {} : { name: input.name }),
        ...(input.description === undefined ? {} : { description: input.description || null }),
        ...(input.is_active === undefined ? {} : { isActive: input.is_active }),
      },
    });
    if (!row) throw notFound();
    if (isSwitched && key.kind === "management")
      await tx.apiKey.updateMany({ where: { userId }, data: { coverCheckedAt: null } });
    await tx.user.update({ where: { id: userId }, data: { dataVersion: { increment: 1 } } });
    return row;
  });
  return toKeyOutput(updated);
}
