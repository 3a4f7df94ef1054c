import { useState } from "react";
import * as z from "zod/mini";
import { AccountFrame } from "../../components/account-frame.tsx";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { Form, SubmitButton, textProps, useApiForm } from "../../components/forms/form.tsx";
import { PasswordField } from "../../components/forms/password-field.tsx";
import { password } from "../../components/forms/schemas.ts";
import { reasonOf } from "../../lib/api/errors.ts";
import type { SharedPage } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { type OpenedShare, openShareWithPassword } from "./load-share.ts";
import { Shown } from "./shown.tsx";

interface SharePageProps {
  token: string;
  opened: OpenedShare;
  onRetry: () => void;
}

/** What visitors with a share link see. Until it is open, it says nothing about what is shared. */
export function SharePage({ token, opened, onRetry }: SharePageProps) {
  const t = useTexts("share");
  const [unlocked, setUnlocked] = useState<SharedPage | null>(null);
  if (unlocked) return <Shown page={unlocked} />;
  switch (opened.state) {
    case "shown":
      return <Shown page={opened.page} />;
    case "locked":
      return (
        <AccountFrame title={t.share.lockedTitle} lead={t.share.lockedBody}>
          <PasswordForm token={token} onOpened={setUnlocked} />
        </AccountFrame>
      );
    case "gone":
      return (
        <AccountFrame title={t.share.goneTitle} lead={t.share.goneBody}>
          {null}
        </AccountFrame>
      );
    case "failed":
      return (
        <AccountFrame title={t.share.failedTitle} lead="">
          <ErrorNotice error={opened.error} onRetry={onRetry} />
        </AccountFrame>
      );
  }
}

const schema = z.object({ password });

function PasswordForm({ token, onOpened }: { token: string; onOpened: (page: SharedPage) => void }) {
  const t = useTexts("share");
  const form = useApiForm({
    defaultValues: { password: "" },
    schema,
    send: async (values) => onOpened(await openShareWithPassword(token, values.password)),
    fieldOf: (error) => (reasonOf(error) === "share_password_wrong" ? "password" : null),
  });
  return (
    <Form form={form}>
      <form.Field name="password">
        {(field) => (
          <PasswordField {...textProps(field)} label={t.share.password} autoComplete="current-password" autoFocus />
        )}
      </form.Field>
      <SubmitButton form={form}>{t.share.open}</SubmitButton>
    </Form>
  );
}
