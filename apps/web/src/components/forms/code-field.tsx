import type { ComponentProps } from "react";
import { TextField } from "./field.tsx";

/** A two-factor code or recovery code, which can have letters. Password managers fill it through `one-time-code`. */
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
