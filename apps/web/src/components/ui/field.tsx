import { CircleAlert } from "lucide-react";
import { type ComponentProps, type ReactNode, useId } from "react";

const BOX = "w-full rounded-control border bg-surface px-3 text-ink placeholder:text-muted";
const borderOf = (error: string | undefined) => (error ? "border-bad" : "border-line-strong");

interface FieldProps {
  label: string;
  note?: string;
  hint?: ReactNode;
  error?: string | undefined;
}

function Frame({ id, label, note, hint, error, children }: FieldProps & { id: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="font-medium">
        {label}
        {note && <span className="font-normal text-muted"> ({note})</span>}
      </label>
      {children}
      {error && (
        <p id={`${id}-error`} className="flex items-start gap-1.5 text-table text-bad">
          <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          {error}
        </p>
      )}
      {hint && (
        <div id={`${id}-hint`} className="text-caption text-muted">
          {hint}
        </div>
      )}
    </div>
  );
}

const describe = (id: string, { hint, error }: { hint?: ReactNode; error?: string | undefined }) =>
  [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(" ") || undefined;

interface TextFieldProps extends FieldProps, Omit<ComponentProps<"input">, "id"> {
  /** Stands inside the box at its right end. */
  trailing?: ReactNode;
}

export function TextField({ label, note, hint, error, trailing, className = "", ...input }: TextFieldProps) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error} {...(note ? { note } : {})}>
      <div className="relative">
        <input
          id={id}
          className={`${BOX} h-9 ${borderOf(error)} ${trailing ? "pr-10" : ""} ${className}`}
          aria-invalid={error ? true : undefined}
          aria-describedby={describe(id, { hint, error })}
          {...input}
        />
        {trailing && <div className="absolute inset-y-0 right-1 flex items-center">{trailing}</div>}
      </div>
    </Frame>
  );
}

export function TextArea({ label, note, hint, error, ...area }: FieldProps & Omit<ComponentProps<"textarea">, "id">) {
  const id = useId();
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

/** One of several, in the browser's own list. */
export function SelectField({ label, note, hint, error, options, onValue, ...select }: SelectFieldProps) {
  const id = useId();
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

/** How long an error may take from the answer to its field. */
const FRAMES = 20;

/** Puts the cursor into the first field that is refused, as soon as it is marked so. */
export function focusFirstError(form: HTMLFormElement | null, frames = FRAMES) {
  requestAnimationFrame(() => {
    const field = form?.querySelector<HTMLElement>("[aria-invalid='true']");
    if (field) field.focus();
    else if (frames > 0 && form?.isConnected) focusFirstError(form, frames - 1);
  });
}
