import { createHash, createHmac } from "node:crypto";
import { message } from "@orwatch/messages/message";
import type { App } from "../app.ts";
import { AppError } from "./app-error.ts";
import type { Principal } from "./principal.ts";

const KEEP_MS = 24 * 3_600_000;

interface IdempotentRequest {
  principal: Principal;
  /** Name of the procedure: the same key may be used once for each, in each team, and with each API token. */
  operation: string;
  /** The Idempotency-Key. */
  key: string;
  body: object;
}

/**
 * Runs requests with an Idempotency-Key once: a repetition within 24 hours gets the stored response. Responses can contain a secret that is
 * returned only once, so they are stored encrypted, and neither the key nor the body is stored. A request that fails leaves nothing behind.
 */
export function createIdempotency(app: App) {
  const running = new Set<string>();

  /**
   * @returns the text of the response
   * @throws BAD_REQUEST for an invalid key
   * @throws CONFLICT if the key is in use, was used with another body, or its request was interrupted
   */
  return async function runOnce(
    { principal, operation, key, body }: IdempotentRequest,
    work: () => Promise<string>,
  ): Promise<{ text: string; isReplayed: boolean }> {
    if (!/^[\x21-\x7e]{1,255}$/.test(key)) throw new AppError("BAD_REQUEST", message("idempotency_key_invalid", {}));
    const { userId, teamId } = principal;
    const caller = principal.kind === "apiToken" ? `${teamId} ${principal.tokenId}` : teamId;
    const keyHash = createHash("sha256").update(`${caller}\n${operation}\n${key}`).digest("hex");
    const bodyHash = createHmac("sha256", key).update(JSON.stringify(body)).digest("hex");
    const slot = `${userId} ${keyHash}`;
    if (running.has(slot)) throw new AppError("CONFLICT", message("idempotency_key_in_use", {}));
    running.add(slot);
    try {
      const known = await reserve(app, { userId, keyHash, bodyHash });
      if (known) {
        if (known.bodyHash !== bodyHash) throw new AppError("CONFLICT", message("idempotency_key_reused", {}));
        // The response may contain a secret, so it needs what the request needed.
        if (principal.kind === "session" && principal.mustReauthenticate)
          throw new AppError("REAUTHENTICATE", message("confirmation_required", {}));
        const text = known.responseEncrypted && app.cipher.decrypt(known.responseEncrypted, bindingOf(userId, keyHash));
        if (!text) throw new AppError("CONFLICT", message("idempotency_key_interrupted", {}));
        return { text, isReplayed: true };
      }
      const text = await runOrRelease(app, { userId, keyHash }, work);
      await app.db.prisma.idempotencyKey.updateMany({
        where: { userId, keyHash },
        data: { responseEncrypted: app.cipher.encrypt(text, bindingOf(userId, keyHash)) },
      });
      return { text, isReplayed: false };
    } finally {
      running.delete(slot);
    }
  };
}

const bindingOf = (ownerId: number, keyHash: string) => ({ ownerId, keyHash: `idempotency:${keyHash}` });

/** The stored request with the key, or `null` if there is none: then the key is now reserved. */
async function reserve(app: App, request: { userId: number; keyHash: string; bodyHash: string }) {
  const { userId, keyHash } = request;
  const createdAt = app.clock.now();
  return app.db.prisma.$transaction(async (tx) => {
    const known = await tx.idempotencyKey.findUnique({ where: { userId_keyHash: { userId, keyHash } } });
    if (known && createdAt.getTime() - known.createdAt.getTime() < KEEP_MS) return known;
    if (known) await tx.idempotencyKey.delete({ where: { id: known.id } });
    await tx.idempotencyKey.create({ data: { ...request, createdAt } });
    return null;
  });
}

async function runOrRelease(
  app: App,
  where: { userId: number; keyHash: string },
  work: () => Promise<string>,
): Promise<string> {
  try {
    return await work();
  } catch (error) {
    await app.db.prisma.idempotencyKey.deleteMany({ where });
    throw error;
  }
}

/** @returns the number of removed keys */
export async function removeOldIdempotencyKeys(app: App): Promise<number> {
  const oldest = new Date(app.clock.now().getTime() - KEEP_MS);
  return (await app.db.prisma.idempotencyKey.deleteMany({ where: { createdAt: { lt: oldest } } })).count;
}
