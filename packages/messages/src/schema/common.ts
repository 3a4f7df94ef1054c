import { entry, text } from "./params.ts";

export const common = [
  /** Text from before messages had codes, shown as it is. */
  entry("legacy_text", { text }),
  /** Replaces an unknown code of a newer version. */
  entry("unknown_message", {}),
] as const;
