import { Check, Circle } from "lucide-react";
import { checkPassword } from "../../lib/password.ts";
import { text } from "../../lib/text.ts";

/** The rules for a new password, ticking as they are met. */
export function PasswordRules({ password }: { password: string }) {
  return (
    <>
      <p>{text.password.legend}</p>
      <ul className="mt-1 grid gap-1 sm:grid-cols-2">
        {checkPassword(password).map(({ id, label, met }) => (
          <li key={id} className={`flex items-center gap-1.5 ${met ? "text-good" : ""}`}>
            {met ? (
              <Check aria-hidden className="size-3.5" strokeWidth={2.5} />
            ) : (
              <Circle aria-hidden className="size-3.5 p-0.5" />
            )}
            {label}
            <span className="sr-only">{met ? text.password.met : text.password.notMet}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
