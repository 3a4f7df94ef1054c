import { type AnyFieldApi, type AnyFormApi, revalidateLogic, useForm, useSelector } from "@tanstack/react-form";
import { type ChangeEvent, type FormEvent, type ReactNode, useRef } from "react";
import * as z from "zod/mini";
import { messageOf } from "../../lib/api/errors.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { type ApiProblem, type Problem, toApiProblems } from "./problems.ts";

interface ApiFormOptions<V extends object, O> {
  defaultValues: V;
  /** Validates the values and converts them for the request. Messages of its checks are codes: see `ErrorTexts`. */
  schema: z.ZodMiniType<O, V>;
  /** Errors it throws are shown at their field or above the form. */
  send: (values: O) => unknown;
  /** The field of errors without issues; `null` for the whole form. */
  fieldOf?: (error: unknown) => (keyof V & string) | null;
}

/** A form whose values are sent to the API. Validated on submit, and afterwards on every change. */
export function useApiForm<V extends object, O>({ defaultValues, schema, send, fieldOf }: ApiFormOptions<V, O>) {
  return useForm({
    defaultValues,
    validationLogic: revalidateLogic(),
    validators: { onDynamic: schema as z.ZodMiniType<unknown, V> },
    onSubmit: async ({ value, formApi }) => {
      try {
        await send(z.parse(schema, value));
      } catch (error) {
        const shown = formApi.fieldInfo as Record<string, { instance: unknown } | undefined>;
        const names = Object.keys(shown).filter((name) => shown[name]?.instance);
        setApiProblems(formApi, toApiProblems(error, { names, fieldOf }));
      }
    },
  });
}

export type ApiForm<V extends object> = ReturnType<typeof useApiForm<V, unknown>>;

const setApiProblems = (form: AnyFormApi, onServer: ReturnType<typeof toApiProblems>) => form.setErrorMap({ onServer });

/** Shows an error of another action above the fields; `null` for none. */
export const setApiProblem = (form: AnyFormApi, error: unknown): void =>
  setApiProblems(form, error === null ? { form: undefined, fields: {} } : toApiProblems(error, { names: [] }));

/** Props of a text field from its form field. */
export const textProps = (field: AnyFieldApi) => ({
  name: field.name as string,
  value: field.state.value as string,
  problem: field.state.meta.errors[0] as Problem | undefined,
  onChange: ({ target }: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => field.handleChange(target.value),
});

interface FormProps {
  form: AnyFormApi;
  className?: string;
  /** Shown instead of the message of the API. */
  message?: ReactNode;
  children: ReactNode;
}

/** Shows errors of the API above the fields and focuses the first invalid field. */
export function Form({ form, className = "flex flex-col gap-4", message, children }: FormProps) {
  const element = useRef<HTMLFormElement>(null);
  const problem = useApiProblem(form);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (form.state.isSubmitting) return;
    // The same values may be valid the next time.
    setApiProblems(form, { form: undefined, fields: {} });
    await form.handleSubmit();
    requestAnimationFrame(() => element.current?.querySelector<HTMLElement>("[aria-invalid='true']")?.focus());
  }

  return (
    <form ref={element} noValidate onSubmit={submit} className={className}>
      {message ??
        (problem && (
          <Notice tone="bad" role="alert">
            {messageOf(problem.error)}
          </Notice>
        ))}
      {children}
    </form>
  );
}

/** Errors of the API for the whole form. */
export const useApiProblem = (form: AnyFormApi): ApiProblem | undefined =>
  useSelector(form.store, ({ errorMap }) => errorMap.onServer as ApiProblem | undefined);

export const useIsSubmitting = (form: AnyFormApi): boolean => useSelector(form.store, (state) => state.isSubmitting);

interface SubmitButtonProps {
  form: AnyFormApi;
  variant?: "primary" | "danger";
  children: ReactNode;
}

export function SubmitButton({ form, variant = "primary", children }: SubmitButtonProps) {
  return (
    <Button type="submit" variant={variant} busy={useIsSubmitting(form)}>
      {children}
    </Button>
  );
}

/**
 * The fields of a form that have changed since it was opened. Only these are sent, because the others may have been
 * changed in another tab. `null` if none has changed.
 */
export function changedFields<T extends object>(opened: Partial<T>, now: T): Partial<T> | null {
  const fields = (Object.keys(now) as (keyof T)[]).filter(
    (name) => JSON.stringify(now[name]) !== JSON.stringify(opened[name]),
  );
  return fields.length === 0 ? null : (Object.fromEntries(fields.map((name) => [name, now[name]])) as Partial<T>);
}
