import { oneOf, searchOf, whole } from "./search.ts";

/** `add` opens the dialog, so that other pages can lead straight to it. */
export const keysSearch = searchOf({
  page: whole({ min: 1, max: 10_000 }),
  add: oneOf([true]),
  show: oneOf(["unused", "no_limit", "low_limit", "failing"]),
});

export type KeysSearch = ReturnType<typeof keysSearch.parse>;
