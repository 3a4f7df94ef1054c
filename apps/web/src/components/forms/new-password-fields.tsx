import { Check, Circle } from "lucide-react";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { PasswordField } from "./password-field.tsx";

/** The server's rules for a new password; it decides, this only shows them while one types. */
const RULES = [
  { id: "length", isMet: (password: string) => password.length >= 12 && password.length <= 128 },
  { id: "upper", isMet: (password: string) => /\p{Lu}/u.test(password) },
  { id: "lower", isMet: (password: string) => /\p{Ll}/u.test(password) },
  { id: "digit", isMet: (password: string) => /\p{Nd}/u.test(password) },
  { id: "special", isMet: (password: string) => /[^\p{L}\p{N}\s]/u.test(password) },
] as const;

export const checkPassword = (password: string) => RULES.map(({ id, isMet }) => ({ id, met: isMet(password) }));

/** The rules for a new password, ticking as they are met. */
export function PasswordRules({ password }: { password: string }) {
  const t = useTexts("account");
  return (
    <>
      <p>{t.account.rules.legend}</p>
      <ul className="mt-1 grid gap-1 sm:grid-cols-2">
        {checkPassword(password).map(({ id, met }) => (
          <li key={id} className={`flex items-center gap-1.5 ${met ? "text-good" : ""}`}>
            {met ? (
              <Check aria-hidden className="size-3.5" strokeWidth={2.5} />
            ) : (
              <Circle aria-hidden className="size-3.5 p-0.5" />
            )}
            {t.account.rules[id]}
            <span className="sr-only">{met ? t.account.rules.met : t.account.rules.notMet}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

interface NewPasswordFieldsProps<N extends string> {
  /** Field of the password and of its repetition, as the server calls them. */
  names: readonly [password: N, repeated: N];
  labels: Record<N, string>;
  values: Record<N, string>;
  errors: Partial<Record<N, string>>;
  onValue: (name: N, value: string) => void;
}

/** A new password, with its rules as they are met, and once more. */
export function NewPasswordFields<N extends string>({
  names,
  labels,
  values,
  errors,
  onValue,
}: NewPasswordFieldsProps<N>) {
  return names.map((name, index) => (
    <PasswordField
      key={name}
      label={labels[name]}
      name={name}
      autoComplete="new-password"
      value={values[name]}
      onValue={(value) => onValue(name, value)}
      error={errors[name]}
      hint={index === 0 && <PasswordRules password={values[name]} />}
    />
  ));
}
