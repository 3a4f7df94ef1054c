import * as z from "zod/mini";

/** Required text, trimmed. */
export const text = z.string().check(z.trim(), z.minLength(1));

/** Optional text. */
export const optionalText = z.string().check(z.trim());

/** A password, not trimmed. */
export const password = z.string().check(z.minLength(1));
