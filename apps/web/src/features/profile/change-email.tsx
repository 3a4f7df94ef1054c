import { useState } from "react";
import * as z from "zod/mini";
import { TextField } from "../../components/forms/field.tsx";
import { textProps, useApiForm } from "../../components/forms/form.tsx";
import { FormModal } from "../../components/forms/form-modal.tsx";
import { text } from "../../components/forms/schemas.ts";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { messageOf } from "../../lib/api/errors.ts";
import { trpc, type User } from "../../lib/api/trpc.ts";
import { useLanguage, useTexts } from "../../lib/i18n/i18n.ts";

/** Changes the email address. Both the old and the new one must be confirmed by links that are sent there. */
export function ChangeEmail({ user }: { user: User }) {
  const t = useTexts("profile");
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  const [isOpen, setOpen] = useState(false);
  const changed = () => Promise.all([utils.auth.account.invalidate(), utils.audit.invalidate()]);
  const cancel = trpc.auth.cancelEmailChange.useMutation({
    onSuccess() {
      announce(t.profile.email.cancelled);
      return changed();
    },
    onError: (error) => announce(messageOf(error), "bad"),
  });
  if (!user.can_change_email) return null;
  return (
    <>
      {user.pending_email !== null && (
        <Notice tone="info" title={t.profile.email.pendingTitle({ email: user.pending_email })}>
          <p>{t.profile.email.pendingBody({ before: user.email, after: user.pending_email })}</p>
          <Button className="mt-2" busy={cancel.isPending} onClick={() => cancel.mutate({})}>
            {t.profile.email.cancel}
          </Button>
        </Notice>
      )}
      <div>
        <Button onClick={() => setOpen(true)}>{t.profile.email.change}</Button>
      </div>
      {isOpen && (
        <NewEmail
          onClose={() => setOpen(false)}
          onDone={() => {
            setOpen(false);
            announce(t.profile.email.sent);
            void changed();
          }}
        />
      )}
    </>
  );
}

const schema = z.object({ email: text });

function NewEmail({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const t = useTexts("profile");
  const language = useLanguage();
  const request = trpc.auth.requestEmailChange.useMutation({ onSuccess: onDone });
  const form = useApiForm({
    defaultValues: { email: "" },
    schema,
    send: ({ email }) => request.mutateAsync({ email, language }),
  });
  return (
    <FormModal
      form={form}
      title={t.profile.email.title}
      lead={t.profile.email.lead}
      submit={t.profile.email.submit}
      onClose={onClose}
    >
      <form.Field name="email">
        {(field) => (
          <TextField
            {...textProps(field)}
            data-autofocus
            label={t.profile.email.next}
            type="email"
            required
            autoComplete="email"
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
      </form.Field>
    </FormModal>
  );
}
