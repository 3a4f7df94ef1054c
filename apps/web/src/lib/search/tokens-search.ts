import { oneOf, searchOf } from "./readers.ts";

/** `issue` opens the dialog, so that other pages can lead straight to it. */
export const tokensSearch = searchOf({ issue: oneOf([true]) });

export type TokensSearch = ReturnType<typeof tokensSearch.parse>;
