import { createHash, randomBytes } from "node:crypto";
import { parseCookies, serializeCookie } from "oslo/cookie";
import type { App } from "../../app.ts";

/** How long a browser is known after its login. */
const KNOWN_DAYS = 365;
const DAY_MS = 86_400_000;

const cookieName = ({ config }: App) => (config.isHttps ? "__Host-orwatch_device" : "orwatch_device");
/** A mark opens for its own account only, and opens nothing else. */
const bindingOf = (userId: number) => ({ userId, keyHash: "device" });
const nameOf = (text: string) => createHash("sha256").update(text).digest("base64url");

/**
 * Name of the mark in a Cookie header; `null` without one, or where it is another account's, forged or old. Whether the account still
 * knows it is a question for its known clients.
 */
export function readDeviceMark(app: App, input: { cookies: string; userId: number }): string | null {
  const mark = parseCookies(input.cookies).get(cookieName(app));
  if (!mark) return null;
  const text = app.cipher.open(mark, bindingOf(input.userId));
  const since = Number(text?.split(".")[0]);
  if (!text || app.clock.now().getTime() - since > KNOWN_DAYS * DAY_MS) return null;
  return nameOf(text);
}

/**
 * Set-Cookie value that marks a browser as one that has logged in to the account, and its name. It lets no one in: who brings it has
 * tries of its own, so that failed attempts of others do not lock the owner out, wherever that browser is by then.
 */
export function createDeviceMark(app: App, input: { userId: number }): { cookie: string; name: string } {
  const text = `${app.clock.now().getTime()}.${randomBytes(16).toString("base64url")}`;
  const cookie = serializeCookie(cookieName(app), app.cipher.seal(text, bindingOf(input.userId)), {
    httpOnly: true,
    sameSite: "lax",
    secure: app.config.isHttps,
    path: "/",
    maxAge: KNOWN_DAYS * 86_400,
  });
  return { cookie, name: nameOf(text) };
}
