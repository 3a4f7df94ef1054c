import { Check, Circle } from "lucide-react";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { checkPassword } from "./password.ts";

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
