import { redirect } from "@tanstack/react-router";
import { loadTexts, type TextPart } from "../i18n/catalogs.ts";
import { isUnauthorized } from "./errors.ts";

/** Only paths of this app: a full address in `?redirect=` would lead people off to another site. */
export const isOwnPath = (path: unknown): path is string =>
  typeof path === "string" && /^\/(?![/\\])[^\t\r\n]*$/.test(path) && !/^\/(login|register)\b/.test(path);

/** Search of the pages one sees before the login. */
export const redirectSearch = (search: Record<string, unknown>): { redirect?: string } =>
  isOwnPath(search.redirect) ? { redirect: search.redirect } : {};

/** Awaits what a page needs; whoever is not logged in is sent to the login and comes back to `href`. */
export async function requireLogin<T>(needs: Promise<T>, href: string): Promise<T> {
  try {
    return await needs;
  } catch (error) {
    if (!isUnauthorized(error)) throw error;
    throw redirect({ to: "/login", search: href === "/dashboard" ? {} : { redirect: href }, replace: true });
  }
}

/** For the loader of a page behind the login: waits for its texts and for the responses that it shows first. */
export const loadPage = (
  { href }: { href: string },
  texts: TextPart[],
  ...answers: Promise<unknown>[]
): Promise<null> => requireLogin(Promise.all([loadTexts(...texts), ...answers]), href).then(() => null);
