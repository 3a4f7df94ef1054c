import type { ComponentProps } from "react";
import { TextField } from "./field.tsx";

/** A code of the authenticator, or a recovery code: hence letters too. Password managers fill it by `one-time-code`. */
export function CodeField(props: ComponentProps<typeof TextField>) {
  return (
    <TextField
      required
      maxLength={64}
      autoComplete="one-time-code"
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      className="font-mono tracking-wider"
      {...props}
    />
  );
}
