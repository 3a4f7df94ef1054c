import { createHash, randomBytes } from "node:crypto";
import { parseCookies, serializeCookie } from "oslo/cookie";
import type { App } from "../../app.ts";

/** How long a browser stays known after a login. */
const KNOWN_DAYS = 365;
const DAY_MS = 86_400_000;

const cookieName = ({ config }: App) => (config.isHttps ? "__Host-orwatch_device" : "orwatch_device");
/** A mark can be decrypted for its own user only. */
const bindingOf = (userId: number) => ({ ownerId: userId, keyHash: "device" });
const nameOf = (text: string) => createHash("sha256").update(text).digest("base64url");

/**
 * Name of the mark in a Cookie header; `null` if there is none, or if it belongs to another user, is forged or expired. Whether the user
 * still knows the browser is checked with the known clients.
 */
export function readDeviceMark(app: App, input: { cookies: string; userId: number }): string | null {
  const mark = parseCookies(input.cookies).get(cookieName(app));
  if (!mark) return null;
  const text = app.cipher.decrypt(mark, bindingOf(input.userId));
  const since = Number(text?.split(".")[0]);
  if (!text || app.clock.now().getTime() - since > KNOWN_DAYS * DAY_MS) return null;
  return nameOf(text);
}

/**
 * Set-Cookie value that marks a browser as known to the user, and the name of the mark. It is no credential: a known browser only has its
 * own limit of attempts, so that failed attempts of others do not lock the user out.
 */
export function createDeviceMark(app: App, input: { userId: number }): { cookie: string; name: string } {
  const text = `${app.clock.now().getTime()}.${randomBytes(16).toString("base64url")}`;
  const cookie = serializeCookie(cookieName(app), app.cipher.encrypt(text, bindingOf(input.userId)), {
    httpOnly: true,
    sameSite: "lax",
    secure: app.config.isHttps,
    path: "/",
    maxAge: KNOWN_DAYS * 86_400,
  });
  return { cookie, name: nameOf(text) };
}
