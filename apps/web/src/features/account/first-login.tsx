import { buttonLook } from "../../components/ui/button.tsx";
import { text } from "../../lib/text.ts";
import { AccountFrame, textLink } from "./account-frame.tsx";
import { FirstField } from "./first-field.tsx";

/** The log-in as it is sent: a picture of the form, as large as the form will be. */
export function FirstLogin() {
  return (
    <AccountFrame title={text.login.title} lead={text.login.lead}>
      <div className="flex flex-col gap-4">
        <FirstField label={text.account.email} />
        <FirstField label={text.account.password} />
        <span className={buttonLook("primary")}>{text.login.submit}</span>
      </div>
      <div className="flex flex-col gap-2">
        <p>
          {text.login.toRegister} <span className={textLink}>{text.login.registerLink}</span>
        </p>
        <p className="text-table text-muted">{text.login.forgot}</p>
      </div>
    </AccountFrame>
  );
}
