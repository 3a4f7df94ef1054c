import * as z from "zod/mini";

/** Text that is needed, without the spaces around it. */
export const text = z.string().check(z.trim(), z.minLength(1));

/** Text that may be left out. */
export const optionalText = z.string().check(z.trim());

/** A password as it is typed, spaces included. */
export const password = z.string().check(z.minLength(1));
