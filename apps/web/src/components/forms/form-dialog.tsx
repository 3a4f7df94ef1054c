import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { codeOf, fieldErrorsOf, messageOf } from "../../lib/api/errors.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import { Modal } from "../ui/dialog.tsx";
import { Notice } from "../ui/notice.tsx";
import { focusFirstError } from "./field.tsx";

type Errors = Record<string, string>;

interface FormDialogProps {
  title: string;
  lead?: ReactNode;
  /** What stands between the lead and the form. */
  before?: ReactNode;
  submit: string;
  look?: "primary" | "danger";
  /** A question that must be answered: a click beside it does not close it. */
  isAlert?: boolean;
  /** What the server calls its fields, and the words before its complaints about them. */
  labels: Record<string, string>;
  /** What it makes is shown once: it stays until that has come. */
  holds?: boolean;
  call: { error: unknown; isPending: boolean };
  /** Errors by field that can be told before asking the server. */
  check: () => Errors;
  onSubmit: () => void;
  onClose: () => void;
  /** The field that a refusal without one is about; `null` when it is about the whole. */
  fieldOf?: (error: unknown) => string | null;
  /** Said when what the form is about is gone: then there is nothing to send any more. */
  gone?: string;
  children: (errors: Partial<Errors>) => ReactNode;
}

/** A dialog with a form: refusals stand at their field or above the form, and the cursor goes to the first of them. */
export function FormDialog({
  title,
  lead,
  before,
  submit,
  look = "primary",
  isAlert = false,
  holds = false,
  ...form
}: FormDialogProps) {
  const t = useTexts("common");
  const { labels, call, check, onSubmit, fieldOf, gone, children } = form;
  const onClose = () => !(holds && call.isPending) && form.onClose();
  const element = useRef<HTMLFormElement>(null);
  const [isChecked, setChecked] = useState(false);
  const found = isChecked ? check() : {};
  const refused = errorsOf(call.error, labels, fieldOf);
  const isGone = gone !== undefined && codeOf(call.error) === "NOT_FOUND";

  useEffect(() => {
    if (call.error) focusFirstError(element.current);
  }, [call.error]);

  function send(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (Object.keys(check()).length > 0) return focusFirstError(element.current);
    if (!call.isPending) onSubmit();
  }

  return (
    <Modal title={title} lead={lead} isAlert={isAlert} onClose={onClose}>
      {before}
      <form ref={element} noValidate onSubmit={send} className="flex flex-col gap-4">
        {call.error !== null && Object.keys(refused).length === 0 && (
          <Notice tone={isGone ? "warn" : "bad"} role="alert">
            {isGone ? gone : messageOf(call.error)}
          </Notice>
        )}
        {children({ ...refused, ...found })}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{isGone ? t.common.close : t.common.cancel}</Button>
          {!isGone && (
            <Button type="submit" look={look} busy={call.isPending}>
              {submit}
            </Button>
          )}
        </div>
      </form>
    </Modal>
  );
}

function errorsOf(error: unknown, labels: Record<string, string>, fieldOf: FormDialogProps["fieldOf"]): Errors {
  const found = fieldErrorsOf(error, labels);
  const field = Object.keys(found).length === 0 && error ? fieldOf?.(error) : null;
  return field ? { [field]: messageOf(error) } : found;
}

/** `act`, as long as the dialog is there: an answer that comes late must not close the one that was opened since. */
export function useWhileOpen<A extends unknown[]>(act: (...input: A) => void): (...input: A) => void {
  const isOpen = useRef(false);
  useEffect(() => {
    isOpen.current = true;
    return () => {
      isOpen.current = false;
    };
  }, []);
  return (...input) => {
    if (isOpen.current) act(...input);
  };
}
