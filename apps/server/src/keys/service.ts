import { createHash } from "node:crypto";
import { type ApiKey, Prisma } from "@orwatch/db";
import { TRPCError } from "@trpc/server";
import type { App } from "../app.ts";
import { recordEvent } from "../audit/service.ts";
import { withinLog } from "../log.ts";
import type { Answer, Caller } from "../openrouter/client.ts";
import type { Priority } from "../openrouter/pace.ts";
import type { CurrentKey } from "../openrouter/schema.ts";
import type { Origin } from "../principal.ts";
import { forEachSpread, startGapMs } from "../spread.ts";
import { listAttention } from "./attention.ts";
import { LOCKED_OUT } from "./lockout.ts";
import { maskKey, toKeyOutput } from "./output.ts";
import type { Attention, KeyOutput } from "./schema.ts";
import { detailOf, noteSent } from "./sent.ts";
import { judge } from "./verdict.ts";

/** OpenRouter's own id of a key: SHA-256 (hex) of the whole key. */
export const hashKey = (secret: string): string => createHash("sha256").update(secret).digest("hex");

export const notFound = () => new TRPCError({ code: "NOT_FOUND", message: "There is no such key." });

/** @throws NOT_FOUND when it is not the user's */
export async function getOwned(app: App, input: { userId: number; id: number }): Promise<ApiKey> {
  const key = await app.db.prisma.apiKey.findFirst({ where: { id: input.id, userId: input.userId } });
  if (!key) throw notFound();
  return key;
}

/** Lane in which a key's own requests are paced. */
export const laneOf = (key: Pick<ApiKey, "account" | "keyHash">): string => key.account ?? key.keyHash;

/** The key's secret, or `null` when the encryption key it was stored under is not at hand. */
export const openSecret = (app: App, key: ApiKey): string | null => app.cipher.open(key.keyEncrypted, key);

/** The credential of a stored key for a request to OpenRouter; `null` as for `openSecret`. */
export function callerOf(app: App, key: ApiKey, priority: Priority): Caller | null {
  const secret = openSecret(app, key);
  if (secret !== null) noteSent(app, key, priority);
  return secret === null ? null : { secret, lane: laneOf(key), priority };
}

/**
 * Stores a key after asking OpenRouter about it; its first sync is the caller's to start.
 * @throws BAD_REQUEST when OpenRouter refuses the key, CONFLICT when it is stored already or the user has too many
 */
export async function storeKey(
  app: App,
  input: { userId: number; name: string; key: string; description?: string | undefined; origin: Origin },
): Promise<KeyOutput> {
  const { userId, name, key: secret } = input;
  const keyHash = hashKey(secret);
  const duplicate = await app.db.prisma.apiKey.findUnique({ where: { userId_keyHash: { userId, keyHash } } });
  // A key that is locked out may be given again: that is how its history goes on.
  if (duplicate && openSecret(app, duplicate) !== null) throw duplicateError(duplicate.name);
  const answer = await app.openRouter.getCurrentKey({ secret, lane: keyHash, priority: "person" });
  if (!answer.ok && answer.reason === "refused")
    throw new TRPCError({
      code: "BAD_REQUEST",
      message:
        "OpenRouter does not accept this key. Check that it was copied whole and is neither disabled, expired nor deleted.",
    });
  const now = app.clock.now();
  const blank = { refusals: 0, firstRefusedAt: null, status: "unverified", goneAt: null, usageNanos: null };
  const data = {
    ...(judge(blank, answer, now) as Prisma.ApiKeyUncheckedCreateInput),
    userId,
    name,
    description: input.description || null,
    keyHash,
    keyEncrypted: app.cipher.seal(secret, { userId, keyHash }),
    label: maskKey(secret),
    createdAt: now,
  };
  try {
    const created = await app.db.prisma.$transaction(async (tx) => {
      if (duplicate) return reopen(tx, duplicate, data);
      if (data.kind !== "management") await refuseTooMany(tx, { userId, max: app.config.maxApiKeysPerUser });
      const row = await tx.apiKey.create({ data });
      if (row.kind === "management")
        await tx.apiKey.updateMany({ where: { userId, managedById: null }, data: { coverCheckedAt: null } });
      await tx.user.update({ where: { id: userId }, data: { dataVersion: { increment: 1 } } });
      return row;
    });
    await recordEvent(app, { userId, kind: "key_added", origin: input.origin, detail: detailOf(created) });
    return toKeyOutput(created);
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002") throw duplicateError(null);
    throw error;
  }
}

/** Gives a key that was locked out its secret again; what is known of it stays. */
async function reopen(
  tx: Prisma.TransactionClient,
  key: ApiKey,
  data: Prisma.ApiKeyUncheckedCreateInput,
): Promise<ApiKey> {
  const { createdAt: _, description, ...anew } = data;
  await tx.user.update({ where: { id: key.userId }, data: { dataVersion: { increment: 1 } } });
  return tx.apiKey.update({
    where: { id: key.id },
    data: { ...anew, description: description ?? key.description, lastSyncError: null },
  });
}

function duplicateError(name: string | null): TRPCError {
  const where = name === null ? "You have this key already." : `You have this key already, as "${name}".`;
  return new TRPCError({ code: "CONFLICT", message: where });
}

async function refuseTooMany(tx: Prisma.TransactionClient, input: { userId: number; max: number }): Promise<void> {
  // A key of unknown kind counts: NOT alone would pass over NULL.
  const total = await tx.apiKey.count({
    where: { userId: input.userId, OR: [{ kind: null }, { NOT: { kind: "management" } }] },
  });
  if (total >= input.max)
    throw new TRPCError({
      code: "CONFLICT",
      message: `You have ${total} ${total === 1 ? "key" : "keys"}, the most this server allows (MAX_API_KEYS_PER_USER). Delete one first.`,
    });
}

/** Newest first. */
export async function listKeys(
  app: App,
  input: { userId: number; skip: number; limit: number; show?: Attention | undefined },
) {
  const { userId, show } = input;
  const where = { userId, ...(show ? { id: { in: listAttention(app, { userId, show }) } } : {}) };
  const [items, total] = await Promise.all([
    app.db.prisma.apiKey.findMany({
      where,
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      skip: input.skip,
      take: input.limit,
    }),
    app.db.prisma.apiKey.count({ where }),
  ]);
  return { items: items.map(toKeyOutput), total };
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

/** Stores what an answer of /key says of the key, unless the key has been deleted meanwhile. */
export async function recordAnswer(app: App, key: ApiKey, answer: Answer<CurrentKey>): Promise<ApiKey> {
  const data = judge(key, answer, app.clock.now());
  if (Object.keys(data).length === 0) return key;
  const [[updated]] = await app.db.prisma.$transaction([
    app.db.prisma.apiKey.updateManyAndReturn({ where: { id: key.id }, data }),
    app.db.prisma.user.updateMany({ where: { id: key.userId }, data: { dataVersion: { increment: 1 } } }),
  ]);
  return updated ?? key;
}

/**
 * Asks OpenRouter about a key now, for a person.
 * @throws NOT_FOUND, BAD_GATEWAY when OpenRouter cannot be reached
 */
export async function validateKey(app: App, input: { userId: number; id: number }): Promise<KeyOutput> {
  const key = await getOwned(app, input);
  const caller = callerOf(app, key, "person");
  if (!caller) throw new TRPCError({ code: "BAD_REQUEST", message: LOCKED_OUT });
  const answer = await app.openRouter.getCurrentKey(caller);
  if (!answer.ok && answer.reason !== "refused")
    throw new TRPCError({
      code: "BAD_GATEWAY",
      message: `${answer.message} The key was not checked; try again later.`,
    });
  await recordAnswer(app, key, answer);
  return getKey(app, input);
}

/** Active keys, of one user or of all, management keys first: what they say of the others is then fresh. */
export async function listActiveKeys(app: App, input: { userId?: number; kind?: "management" }): Promise<ApiKey[]> {
  const keys = await app.db.prisma.apiKey.findMany({
    where: {
      isActive: true,
      user: { isActive: true },
      ...input,
    },
    orderBy: { id: "asc" },
  });
  return [...keys.filter((key) => key.kind === "management"), ...keys.filter((key) => key.kind !== "management")];
}

/** `null` when the key is gone. */
export const findKey = (app: App, id: number): Promise<ApiKey | null> =>
  app.db.prisma.apiKey.findUnique({ where: { id } });

/** Keys that are asked about at once; each lane at OpenRouter paces itself besides. */
const KEYS_AT_ONCE = 8;

/**
 * Asks OpenRouter about every active key of every user; those without an answer are counted and stay as they were. Their starts are
 * spread over most of `withinMs`; without it they aren't.
 */
export async function validateAll(
  app: App,
  { withinMs = 0 }: { withinMs?: number } = {},
): Promise<{ keys: number; invalid: number; unanswered: number }> {
  const counts = { keys: 0, invalid: 0, unanswered: 0 };
  const keys = await listActiveKeys(app, {});
  const pace = {
    atOnce: KEYS_AT_ONCE,
    gapMs: startGapMs(keys.length, withinMs),
    clock: app.clock,
    signal: app.stopping,
  };
  await forEachSpread(keys, pace, async (key) => {
    const status = await withinLog({ api_key_id: key.id }, () => revalidate(app, key)).catch((error) => {
      app.log.error("validate.key", { api_key_id: key.id, error });
      return null;
    });
    counts.keys += 1;
    counts.unanswered += status === null ? 1 : 0;
    counts.invalid += status === "invalid" ? 1 : 0;
  });
  return counts;
}

/** The status after asking; `null` when nobody answered. */
async function revalidate(app: App, key: ApiKey): Promise<string | null> {
  const caller = callerOf(app, key, "job");
  const answer = caller && (await app.openRouter.getCurrentKey(caller));
  if (!answer) return null;
  const { status } = await recordAnswer(app, key, answer);
  return answer.ok || answer.reason === "refused" ? status : null;
}
