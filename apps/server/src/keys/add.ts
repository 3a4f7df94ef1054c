import { type ApiKey, Prisma } from "@orwatch/db";
import { TRPCError } from "@trpc/server";
import type { App } from "../app.ts";
import { recordEvent } from "../audit/service.ts";
import type { Origin } from "../rpc/principal.ts";
import { askAboutNewKey } from "./ask.ts";
import { judge } from "./key-status.ts";
import { maskKey, toKeyOutput } from "./output.ts";
import type { KeyOutput } from "./schema.ts";
import { detailOf } from "./sent.ts";
import { hashKey, openSecret } from "./service.ts";

/**
 * Stores a key after asking OpenRouter about it; its first sync is the caller's to start.
 * @throws BAD_REQUEST when OpenRouter refuses the key, CONFLICT when it is stored already or the user has too many,
 * TOO_MANY_REQUESTS
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
  const answer = await askAboutNewKey(app, { userId, secret, address: input.origin.address });
  if (!answer.ok && answer.reason === "refused")
    throw new TRPCError({
      code: "BAD_REQUEST",
      message:
        "OpenRouter does not accept this key. Check that it was copied whole and is neither disabled, expired nor deleted.",
    });
  const now = app.clock.now();
  const blank = {
    refusals: 0,
    firstRefusedAt: null,
    status: "unverified",
    goneAt: null,
    usageNanos: null,
    byokNanos: null,
  };
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
      if (duplicate) return notePending(tx, await reopen(tx, duplicate, data), now);
      if (data.kind !== "management") await refuseTooMany(tx, { userId, max: app.config.maxApiKeysPerUser });
      const row = await tx.apiKey.create({ data });
      if (row.kind === "management")
        await tx.apiKey.updateMany({ where: { userId, managedById: null }, data: { coverCheckedAt: null } });
      await tx.user.update({ where: { id: userId }, data: { dataVersion: { increment: 1 } } });
      return notePending(tx, row, now);
    });
    await recordEvent(app, { userId, kind: "key_added", origin: input.origin, detail: detailOf(created) });
    return toKeyOutput(created, now);
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002") throw duplicateError(null);
    throw error;
  }
}

/** Notes that the first sync of a key is to come, so that the next start does it should this process end before. */
async function notePending(tx: Prisma.TransactionClient, key: ApiKey, requestedAt: Date): Promise<ApiKey> {
  if (key.status === "valid")
    await tx.pendingSync.upsert({
      where: { apiKeyId: key.id },
      create: { apiKeyId: key.id, requestedAt },
      update: { requestedAt, attempts: 0, startedAt: null },
    });
  return key;
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
