import { redirect } from "@tanstack/react-router";
import { loadTexts, type TextPart } from "../i18n/catalogs.ts";
import { codeOf, isUnauthorized } from "./errors.ts";

/** Accepts only paths of this app: a full URL in `?redirect=` could lead to another site. */
export const isOwnPath = (path: unknown): path is string =>
  typeof path === "string" && /^\/(?![/\\])[^\t\r\n]*$/.test(path) && !/^\/(login|register|two-factor)\b/.test(path);

/** Search parameters of the pages before login. */
export const redirectSearch = (search: Record<string, unknown>): { redirect?: string } =>
  isOwnPath(search.redirect) ? { redirect: search.redirect } : {};

/** Search parameters of pages to which the sign-in provider has sent the browser back: a message code, and its parameters if they are numbers. */
interface ErrorSearch {
  error?: string;
  seconds?: number;
  limit?: number;
}

export function errorSearch({ error, seconds, limit }: Record<string, unknown>): ErrorSearch {
  if (typeof error !== "string" || !/^[a-z_]{1,60}$/.test(error)) return {};
  const [s, l] = [Number(seconds), Number(limit)];
  return { error, ...(s > 0 ? { seconds: s } : {}), ...(l > 0 ? { limit: l } : {}) };
}

/**
 * Waits for the data of a page. Without a session, redirects to the login page, which returns to `href`; without the two-factor
 * authentication that is required, to its setup.
 */
export async function requireLogin<T>(needs: Promise<T>, href: string): Promise<T> {
  try {
    return await needs;
  } catch (error) {
    if (codeOf(error) === "SECOND_FACTOR_SETUP_REQUIRED")
      throw redirect({ to: "/two-factor", search: href === "/dashboard" ? {} : { redirect: href }, replace: true });
    if (!isUnauthorized(error)) throw error;
    throw redirect({ to: "/login", search: href === "/dashboard" ? {} : { redirect: href }, replace: true });
  }
}

/** Loader of a page after login: waits for its texts and initial data. */
export const loadPage = (
  { href }: { href: string },
  texts: TextPart[],
  ...answers: Promise<unknown>[]
): Promise<null> => requireLogin(Promise.all([loadTexts(...texts), ...answers]), href).then(() => null);
