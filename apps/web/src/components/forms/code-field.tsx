import { TextField } from "./field.tsx";

interface CodeFieldProps {
  label: string;
  value: string;
  onValue: (value: string) => void;
  error: string | undefined;
  hint?: string;
  "data-autofocus"?: boolean;
}

/** A code of the authenticator, or a recovery code: hence letters too. Password managers fill it by `one-time-code`. */
export function CodeField({ value, onValue, ...rest }: CodeFieldProps) {
  return (
    <TextField
      name="code"
      required
      maxLength={64}
      autoComplete="one-time-code"
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      className="font-mono tracking-wider"
      value={value}
      onChange={(event) => onValue(event.target.value)}
      {...rest}
    />
  );
}
