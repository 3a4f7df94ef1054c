import { checkPassword } from "@orwatch/domain/password";
import type { AnyFieldApi } from "@tanstack/react-form";
import { Check, Circle } from "lucide-react";
import * as z from "zod/mini";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { textProps } from "./form.tsx";
import { PasswordField } from "./password-field.tsx";

/** A new password, checked by the rules of the server. */
export const newPassword = z
  .string()
  .check(z.refine((typed) => checkPassword(typed).every(({ isMet }) => isMet), "weak"));

/** The field `again` repeats the password of `field`. */
export const isSame = <K extends string>(field: K, again: K) =>
  z.refine<Record<K, string>>((values) => values[field] === values[again], { path: [again], error: "differ" });

interface NewPasswordFieldProps {
  field: AnyFieldApi;
  label: string;
}

/** A new password, with its rules below. */
export function NewPasswordField({ field, label }: NewPasswordFieldProps) {
  const t = useTexts("account");
  return (
    <PasswordField
      {...textProps(field)}
      label={label}
      autoComplete="new-password"
      hint={<PasswordRules password={field.state.value} />}
      errorTexts={{ weak: t.account.passwordWeak }}
    />
  );
}

/** The new password repeated. */
export function RepeatPasswordField({ field, label }: NewPasswordFieldProps) {
  const t = useTexts("account");
  return (
    <PasswordField
      {...textProps(field)}
      label={label}
      autoComplete="new-password"
      errorTexts={{ differ: t.account.passwordsDiffer }}
    />
  );
}

/** Ticked as they are met. */
function PasswordRules({ password }: { password: string }) {
  const t = useTexts("account");
  return (
    <>
      <p>{t.account.rules.legend}</p>
      <ul className="mt-1 grid gap-1 sm:grid-cols-2">
        {checkPassword(password).map(({ rule, isMet }) => (
          <li key={rule} className={`flex items-center gap-1.5 ${isMet ? "text-good" : ""}`}>
            {isMet ? (
              <Check aria-hidden className="size-3.5" strokeWidth={2.5} />
            ) : (
              <Circle aria-hidden className="size-3.5 p-0.5" />
            )}
            {t.account.rules[rule]}
            <span className="sr-only">{isMet ? t.account.rules.met : t.account.rules.notMet}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
