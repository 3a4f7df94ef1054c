import { CircleAlert } from "lucide-react";
import { type ComponentProps, type ReactNode, useId } from "react";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { describeProblem, type ErrorTexts, type Problem } from "./problems.ts";

export const BOX = "w-full rounded-control border bg-surface px-3 text-ink placeholder:text-muted";
export const borderOf = (error: string | undefined) => (error ? "border-bad" : "border-line-strong");

export interface FieldProps {
  label: string;
  note?: string;
  hint?: ReactNode;
  error?: string | undefined;
  problem?: Problem | undefined;
  errorTexts?: ErrorTexts | undefined;
}

/** Error message of a field. */
export function useError({ error, problem, label, errorTexts }: FieldProps): string | undefined {
  const t = useTexts("common");
  return error ?? (problem && describeProblem(problem, { label, errorTexts, t }));
}

interface FrameProps extends Pick<FieldProps, "label" | "note" | "hint"> {
  id: string;
  error: string | undefined;
  children: ReactNode;
}

export function Frame({ id, label, note, hint, error, children }: FrameProps) {
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
  /** Shown at the right end of the input. */
  trailing?: ReactNode;
}

export function TextField({ label, note, hint, trailing, className = "", ...rest }: TextFieldProps) {
  const { error: ownError, problem, errorTexts, ...input } = rest;
  const id = useId();
  const error = useError({ label, error: ownError, problem, errorTexts });
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
