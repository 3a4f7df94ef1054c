import { Check, Circle } from "lucide-react";
import { useTexts } from "../../lib/i18n/i18n.ts";

/** The rules for a new password, shown while typing. The server enforces them. */
const RULES = [
  { id: "length", isMet: (password: string) => password.length >= 12 && password.length <= 128 },
  { id: "upper", isMet: (password: string) => /\p{Lu}/u.test(password) },
  { id: "lower", isMet: (password: string) => /\p{Ll}/u.test(password) },
  { id: "digit", isMet: (password: string) => /\p{Nd}/u.test(password) },
  { id: "special", isMet: (password: string) => /[^\p{L}\p{N}\s]/u.test(password) },
] as const;

export const checkPassword = (password: string) => RULES.map(({ id, isMet }) => ({ id, met: isMet(password) }));

/** List of the rules for a new password and whether they are met. */
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

/** True if the password meets the rules. */
export const isStrongPassword = (password: string): boolean => checkPassword(password).every(({ met }) => met);
