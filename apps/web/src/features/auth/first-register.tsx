import { PasswordRules } from "../../components/forms/password-rules.tsx";
import { buttonLook } from "../../components/ui/button.tsx";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { AccountFrame, textLink } from "./account-frame.tsx";
import { FirstField } from "./first-field.tsx";

/** The registration as it is sent, as most servers have it: open. */
export function FirstRegister() {
  const t = useTexts("account");
  return (
    <AccountFrame title={t.account.register.title} lead={t.account.register.lead}>
      <div className="flex flex-col gap-4">
        <FirstField label={t.account.email} />
        <FirstField label={t.account.password}>
          <PasswordRules password="" />
        </FirstField>
        <FirstField label={t.account.passwordConfirm} />
        <span className={buttonLook("primary")}>{t.account.register.submit}</span>
      </div>
      <p>
        {t.account.register.toLogin} <span className={textLink}>{t.account.register.loginLink}</span>
      </p>
    </AccountFrame>
  );
}
