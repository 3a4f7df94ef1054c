import { count, entry, message, text } from "./params.ts";

export const common = [
  /** Text from before messages had codes, shown as it is. */
  entry("legacy_text", { text }),
  /** Stands for a code of a newer version. */
  entry("unknown_message", {}),
  /** Title of a notification with several items. */
  entry("first_and_more", { first: message, count }),
] as const;
