import { buttonLook } from "../../components/ui/button.tsx";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { AccountFrame, textLink } from "./account-frame.tsx";
import { FirstField } from "./first-field.tsx";

/** The log-in as it is sent: a picture of the form, as large as the form will be. */
export function FirstLogin() {
  const t = useTexts("account");
  return (
    <AccountFrame title={t.account.login.title} lead={t.account.login.lead}>
      <div className="flex flex-col gap-4">
        <FirstField label={t.account.email} />
        <FirstField label={t.account.password} />
        <span className={buttonLook("primary")}>{t.account.login.submit}</span>
      </div>
      <div className="flex flex-col gap-2">
        <p>
          {t.account.login.toRegister} <span className={textLink}>{t.account.login.registerLink}</span>
        </p>
        <p className="text-table text-muted">{t.account.login.forgot}</p>
      </div>
    </AccountFrame>
  );
}
