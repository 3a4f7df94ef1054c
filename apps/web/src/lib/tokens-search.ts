import * as z from "zod/mini";

z.config({ jitless: true });

/** `issue` opens the dialog, so that other pages can lead straight to it. */
export const tokensSearch = z.object({ issue: z.catch(z.optional(z.literal(true)), undefined) });

export type TokensSearch = z.output<typeof tokensSearch>;
