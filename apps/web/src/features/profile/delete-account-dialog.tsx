import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { type FormEvent, useRef, useState } from "react";
import { Button } from "../../components/ui/button.tsx";
import { Modal } from "../../components/ui/dialog.tsx";
import { focusFirstError, TextField } from "../../components/ui/field.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { codeOf, messageOf } from "../../lib/errors.ts";
import { text } from "../../lib/text/profile.ts";
import { trpc } from "../../lib/trpc.ts";
import { PasswordField } from "../account/password-field.tsx";

const words = text.removal;

export function DeleteAccountDialog({ email, onClose }: { email: string; onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const [password, setPassword] = useState("");
  const [found, setFound] = useState<{ email?: string; password?: string }>({});
  const form = useRef<HTMLFormElement>(null);
  const router = useRouter();
  const queryClient = useQueryClient();
  const remove = trpc.auth.deleteAccount.useMutation({
    onSuccess: async () => {
      await router.navigate({ to: "/register" });
      queryClient.clear();
      router.clearCache();
    },
    onError: () => focusFirstError(form.current),
  });
  const isPassword = codeOf(remove.error) === "BAD_REQUEST";

  function submit(event: FormEvent) {
    event.preventDefault();
    const problems = {
      ...(typed.trim().toLowerCase() === email.toLowerCase() ? {} : { email: words.notEmail }),
      ...(password ? {} : { password: text.account.missing(text.account.password) }),
    };
    setFound(problems);
    if (Object.keys(problems).length > 0) return focusFirstError(form.current);
    if (!remove.isPending) remove.mutate({ password });
  }

  return (
    <Modal isAlert title={words.title} lead={words.body} onClose={onClose}>
      <form ref={form} noValidate onSubmit={submit} className="flex flex-col gap-4">
        {remove.error && !isPassword && (
          <Notice tone="bad" role="alert">
            {messageOf(remove.error)}
          </Notice>
        )}
        <TextField
          data-autofocus
          label={words.email(email)}
          required
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          error={found.email}
        />
        <PasswordField
          label={text.account.password}
          name="password"
          autoComplete="current-password"
          value={password}
          onValue={setPassword}
          error={found.password ?? (isPassword ? messageOf(remove.error) : undefined)}
        />
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{text.values.cancel}</Button>
          <Button type="submit" look="danger" busy={remove.isPending}>
            {words.submit}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
