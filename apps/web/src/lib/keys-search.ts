import * as z from "zod/mini";

z.config({ jitless: true });

/** `add` opens the dialog, so that other pages can lead straight to it. */
export const keysSearch = z.object({
  page: z.catch(z.optional(z.int().check(z.gte(1), z.lte(10_000))), undefined),
  add: z.catch(z.optional(z.literal(true)), undefined),
});

export type KeysSearch = z.output<typeof keysSearch>;
