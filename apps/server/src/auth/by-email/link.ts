import { createHash, randomBytes } from "node:crypto";
import { message } from "@orwatch/messages/message";
import type { App } from "../../app.ts";
import { secondsLeft } from "../../platform/rate-limit.ts";
import { AppError, tooManyRequests } from "../../rpc/app-error.ts";

/** How long links in emails work. */
export const LINK_MINUTES = 30;

/** Uses of links with a wrong token, per address. */
const USES = { requests: 10, windowS: 60 };

/** A token of 256 random bits. Only its hash is stored. */
export const createToken = () => randomBytes(32).toString("base64url");
export const hashToken = (token: string) => createHash("sha256").update(token).digest("hex");

export const endOfLink = ({ clock }: Pick<App, "clock">) => new Date(clock.now().getTime() + LINK_MINUTES * 60_000);

/** The token is in the fragment: browsers send it to no server, and so it is in no log. */
export const toAddress = (site: string, page: "reset-password" | "confirm-email", token: string) =>
  `${site}/${page}#token=${token}`;

/**
 * The address of this server for links. The Host header must not decide where a link leads, because whoever asks for the email sets it.
 * @throws FORBIDDEN without SMTP_URL or PUBLIC_URL
 */
export function getSiteForLinks({ config, mailer }: Pick<App, "config" | "mailer">): string {
  if (!mailer.isConfigured || config.publicUrl === null)
    throw new AppError("FORBIDDEN", message("email_links_off", {}));
  return config.publicUrl;
}

export const sendsLinks = ({ config, mailer }: Pick<App, "config" | "mailer">): boolean =>
  mailer.isConfigured && config.publicUrl !== null;

/** Counts one use of a link against the address. @throws TOO_MANY_REQUESTS */
export function countUse(app: App, { address }: { address: string }): { succeeded(): void } {
  const bucket = `email-link:${address}`;
  const result = app.limits.take(bucket, USES);
  if (!result.allowed) throw tooManyRequests(message("too_many_attempts", { seconds: secondsLeft(result) }));
  return { succeeded: () => app.limits.refund(bucket) };
}

export const linkUnusable = () => new AppError("BAD_REQUEST", message("email_link_unusable", {}));
