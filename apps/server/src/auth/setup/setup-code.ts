import { createHash, timingSafeEqual } from "node:crypto";
import { message } from "@orwatch/messages/message";
import type { App } from "../../app.ts";
import { AppError } from "../../rpc/app-error.ts";
import type { Origin } from "../../rpc/principal.ts";

const digest = (code: string) =>
  createHash("sha256")
    .update(code.toLowerCase().replace(/[^a-z0-9]/g, ""))
    .digest();

export const hasUsers = ({ db }: Pick<App, "db">): boolean =>
  db.reader.prepare("SELECT 1 FROM users LIMIT 1").get() !== undefined;

/** The set-up code that must be printed, because no user exists; otherwise `null`. */
export const findSetupCode = (app: App): string | null => (hasUsers(app) ? null : app.memory.setup.code);

/** How the administrator was permitted to register: from this machine, or with the set-up code. */
export type SetupWay = "local" | "code";

/**
 * Checks whether a registration may create the first user. `null` if it may not, which does not matter once a user exists.
 * @throws FORBIDDEN if the code is wrong while no user exists
 */
export function checkSetupCode(
  app: App,
  input: { code: string | undefined; isLocal: boolean; origin: Origin },
): SetupWay | null {
  if (input.isLocal) return "local";
  const { setup } = app.memory;
  if (input.code !== undefined && timingSafeEqual(digest(input.code), digest(setup.code))) return "code";
  if (hasUsers(app)) return null;
  if (input.code === undefined) throw setupCodeRequired();
  setup.wrongCodes += 1;
  app.log.warn("auth.failed", { address: input.origin.address, what: "setup_code" });
  throw new AppError("FORBIDDEN", message("setup_code_wrong", {}));
}

export const setupCodeRequired = () => new AppError("FORBIDDEN", message("setup_code_required", {}));
