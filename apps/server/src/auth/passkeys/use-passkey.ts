import type { Passkey, User } from "@orwatch/db";
import { message } from "@orwatch/messages/message";
import type { App } from "../../app.ts";
import { recordLater } from "../../audit/service.ts";
import { storedInstant } from "../../platform/clock.ts";
import { AppError } from "../../rpc/app-error.ts";
import type { Origin } from "../../rpc/principal.ts";
import { countPasskeyCheck } from "../attempts.ts";
import type { UsedCredential } from "./schema.ts";
import { verifyUsed } from "./verify.ts";

/**
 * The passkey with which a challenge was signed, and its user. Its use is stored.
 * @param input.userId the user whose passkey it must be; `null`: any user
 * @throws `status` if the passkey is unknown, of another user or wrong, BAD_REQUEST if the challenge is not open, TOO_MANY_REQUESTS
 */
export async function usePasskey(
  app: App,
  input: {
    credential: UsedCredential;
    userId: number | null;
    origin: Origin;
    actor: "owner" | "anonymous";
    status: "UNAUTHORIZED" | "BAD_REQUEST";
  },
): Promise<{ passkey: Passkey; user: User }> {
  const { credential, userId, origin, actor, status } = input;
  const attempt = countPasskeyCheck(app, origin);
  const found = await app.db.prisma.passkey.findUnique({
    where: { credentialId: credential.id },
    include: { user: true },
  });
  const isOwn = found !== null && (userId === null || found.userId === userId);
  const used = await verifyUsed(app, {
    credential,
    passkey: isOwn ? found : null,
    userId: found?.userId ?? null,
  });
  if (found && used && (await storeUse(app, { passkey: found, counter: used.counter }))) {
    attempt.succeeded();
    const { user, ...passkey } = found;
    return { passkey, user };
  }
  app.log.warn("auth.failed", { address: origin.address, user_id: found?.userId ?? null, what: "passkey" });
  if (found)
    recordLater(app, {
      userId: found.userId,
      message: message("event_passkey_rejected", { passkey_id: found.id, name: found.name }),
      actor: isOwn ? actor : "anonymous",
      origin,
      fold: origin.address,
    });
  throw new AppError(status, message("passkey_not_accepted", {}));
}

/** Stores the counter and the time of use. False if the passkey was removed or used at the same time. */
function storeUse(app: App, { passkey, counter }: { passkey: Passkey; counter: number }): Promise<boolean> {
  const now = storedInstant(app.clock.now());
  return app.db.write(
    (connection) =>
      Number(
        connection
          .prepare("UPDATE passkeys SET counter = @counter, last_used_at = @now WHERE id = @id AND counter = @before")
          .run({ id: passkey.id, before: passkey.counter, counter, now }).changes,
      ) === 1,
  );
}
