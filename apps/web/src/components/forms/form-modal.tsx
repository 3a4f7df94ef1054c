import type { Permission } from "@orwatch/domain/permissions";
import type { AnyFormApi } from "@tanstack/react-form";
import { type ReactNode, useEffect, useRef } from "react";
import { codeOf } from "../../lib/api/errors.ts";
import { usePermission } from "../../lib/api/permission.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { Modal } from "../overlays/dialog.tsx";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { useNeed } from "../ui/permitted.tsx";
import { Form, SubmitButton, useApiProblem, useIsSubmitting } from "./form.tsx";

interface FormModalProps {
  form: AnyFormApi;
  title: string;
  lead?: ReactNode;
  /** Shown between the lead and the form. */
  before?: ReactNode;
  submit: string;
  variant?: "primary" | "danger";
  /** Not closed by a click outside. */
  isAlert?: boolean;
  /** Cannot be closed while submitting, because its result is shown only once. */
  staysOpenWhileBusy?: boolean;
  /** What it changes needs this. It may be opened by a link, or the role may change while it is open: then it says so and keeps what was typed. */
  needs?: Permission;
  /** Shown instead of the form if its resource no longer exists. */
  deletedText?: string;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog with a form. */
export function FormModal({ form, title, lead, before, submit, variant = "primary", ...rest }: FormModalProps) {
  const t = useTexts("common");
  const { isAlert = false, staysOpenWhileBusy = false, deletedText, needs, children } = rest;
  const isLocked = useIsSubmitting(form) && staysOpenWhileBusy;
  const onClose = () => !isLocked && rest.onClose();
  const problem = useApiProblem(form);
  const isPermitted = usePermission(needs ?? "view");
  const isForbidden = needs !== undefined && !isPermitted;
  const need = useNeed(needs ?? "view");
  const isDeleted = deletedText !== undefined && codeOf(problem?.error) === "NOT_FOUND";
  return (
    <Modal title={title} lead={lead} isAlert={isAlert} onClose={onClose}>
      {before}
      <Form
        form={form}
        message={
          isDeleted || isForbidden ? (
            <Notice tone="warn" role="alert">
              {isDeleted ? deletedText : need}
            </Notice>
          ) : undefined
        }
      >
        {children}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{isDeleted || isForbidden ? t.common.close : t.common.cancel}</Button>
          {!isDeleted && !isForbidden && (
            <SubmitButton form={form} variant={variant}>
              {submit}
            </SubmitButton>
          )}
        </div>
      </Form>
    </Modal>
  );
}

/** Calls `act` only while the dialog is mounted: a late response must not close another dialog. */
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
