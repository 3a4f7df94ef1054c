import { buttonLook } from "../../components/ui/button.tsx";
import { text } from "../../lib/text.ts";
import { AccountFrame, textLink } from "./account-frame.tsx";
import { FirstField } from "./first-field.tsx";
import { PasswordRules } from "./password-rules.tsx";

/** The registration as it is sent, as most servers have it: open. */
export function FirstRegister() {
  return (
    <AccountFrame title={text.register.title} lead={text.register.lead}>
      <div className="flex flex-col gap-4">
        <FirstField label={text.account.email} />
        <FirstField label={text.account.password}>
          <PasswordRules password="" />
        </FirstField>
        <FirstField label={text.account.passwordConfirm} />
        <span className={buttonLook("primary")}>{text.register.submit}</span>
      </div>
      <p>
        {text.register.toLogin} <span className={textLink}>{text.register.loginLink}</span>
      </p>
    </AccountFrame>
  );
}
