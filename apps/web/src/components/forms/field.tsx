import { CircleAlert } from "lucide-react";
import { type ComponentProps, type ReactNode, useId } from "react";

export const BOX = "w-full rounded-control border bg-surface px-3 text-ink placeholder:text-muted";
export const borderOf = (error: string | undefined) => (error ? "border-bad" : "border-line-strong");

export interface FieldProps {
  label: string;
  note?: string;
  hint?: ReactNode;
  error?: string | undefined;
}

export function Frame({ id, label, note, hint, error, children }: FieldProps & { id: string; children: ReactNode }) {
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

export const describe = (id: string, { hint, error }: { hint?: ReactNode; error?: string | undefined }) =>
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
