import { type ComponentProps, useId } from "react";
import { BOX, borderOf, describe, type FieldProps, Frame, useError } from "./field.tsx";

/* Fields that are not used before login, to keep the first load small. */

export function TextArea({ label, note, hint, ...rest }: FieldProps & Omit<ComponentProps<"textarea">, "id">) {
  const { error: ownError, problem, errorTexts, ...area } = rest;
  const id = useId();
  const error = useError({ label, error: ownError, problem, errorTexts });
  return (
    <Frame id={id} label={label} hint={hint} error={error} {...(note ? { note } : {})}>
      <textarea
        id={id}
        className={`${BOX} min-h-16 py-2 ${borderOf(error)}`}
        aria-invalid={error ? true : undefined}
        aria-describedby={describe(id, { hint, error })}
        {...area}
      />
    </Frame>
  );
}

interface SelectFieldProps extends FieldProps, Omit<ComponentProps<"select">, "id" | "onChange" | "value"> {
  options: { value: string; label: string }[];
  value: string;
  onValue: (value: string) => void;
}

/** A native select. */
export function SelectField({ label, note, hint, options, onValue, ...rest }: SelectFieldProps) {
  const { error: ownError, problem, errorTexts, ...select } = rest;
  const id = useId();
  const error = useError({ label, error: ownError, problem, errorTexts });
  return (
    <Frame id={id} label={label} hint={hint} error={error} {...(note ? { note } : {})}>
      <select
        id={id}
        className={`${BOX} h-9 ${borderOf(error)}`}
        aria-invalid={error ? true : undefined}
        aria-describedby={describe(id, { hint, error })}
        onChange={(event) => onValue(event.target.value)}
        {...select}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Frame>
  );
}
