import { Link } from "@tanstack/react-router";
import { useState } from "react";
import * as z from "zod/mini";
import { ConfirmDialog } from "../../components/forms/confirm-dialog.tsx";
import { TextField } from "../../components/forms/field.tsx";
import { textProps, useApiForm } from "../../components/forms/form.tsx";
import { FormModal, useWhileOpen } from "../../components/forms/form-modal.tsx";
import { SelectField } from "../../components/forms/more-fields.tsx";
import { text } from "../../components/forms/schemas.ts";
import { Modal } from "../../components/overlays/dialog.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { buttonClasses } from "../../components/ui/button.tsx";
import { type CurrentUser, type Team, trpc } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";

interface TeamDialogProps {
  team: Team;
  onClose: () => void;
}

/** Loads the default team of the user, in a new page: this one belongs to the team that was left. Never resolves. */
function openDefaultTeam(): Promise<never> {
  window.location.replace("/dashboard");
  return new Promise(() => {});
}

export function LeaveTeamDialog({ account, onClose }: { account: CurrentUser; onClose: () => void }) {
  const t = useTexts("team");
  const { team } = account;
  const leave = trpc.teams.removeMember.useMutation({ onSuccess: openDefaultTeam });
  return (
    <ConfirmDialog
      isDanger
      title={t.team.leaving.title({ team: team.name })}
      body={t.team.leaving.body}
      submit={t.team.leaving.action}
      isBusy={leave.isPending}
      error={leave.error}
      onConfirm={() => leave.mutate({ id: team.id, user_id: account.id })}
      onClose={onClose}
    />
  );
}

const handOverSchema = z.object({ member: text });

export function HandOverDialog({ account, onClose }: { account: CurrentUser; onClose: () => void }) {
  const t = useTexts("team");
  const close = useWhileOpen(onClose);
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  const { team } = account;
  const members = trpc.teams.members.useQuery({ id: team.id }).data?.items ?? [];
  const others = members.filter(({ user_id, is_active }) => user_id !== account.id && is_active);
  const handOver = trpc.teams.handOver.useMutation();
  const form = useApiForm({
    defaultValues: { member: "" },
    schema: handOverSchema,
    async send({ member }) {
      await handOver.mutateAsync({ id: team.id, user_id: Number(member) });
      announce(t.team.handOver.done);
      await Promise.all([utils.auth.account.invalidate(), utils.teams.invalidate()]);
      close();
    },
  });
  if (others.length === 0)
    return (
      <Modal title={t.team.handOver.title({ team: team.name })} lead={t.team.handOver.noMembers} onClose={onClose}>
        <div className="flex justify-end">
          <Link to="/team" search={{ invite: true }} className={buttonClasses("primary")} data-autofocus>
            {t.team.invite}
          </Link>
        </div>
      </Modal>
    );
  return (
    <FormModal
      form={form}
      needs="ownTeam"
      isAlert
      variant="danger"
      title={t.team.handOver.title({ team: team.name })}
      lead={team.is_personal ? t.team.handOver.personalBody : t.team.handOver.body}
      submit={t.team.handOver.submit}
      onClose={onClose}
    >
      <form.Field name="member">
        {(field) => (
          <SelectField
            problem={textProps(field).problem}
            data-autofocus
            required
            label={t.team.handOver.to}
            options={[
              { value: "", label: "–" },
              ...others.map(({ user_id, email }) => ({ value: String(user_id), label: email })),
            ]}
            value={field.state.value}
            onValue={field.handleChange}
          />
        )}
      </form.Field>
    </FormModal>
  );
}

const sameName = (a: string, b: string): boolean => a.trim().normalize() === b.trim().normalize();

export function DeleteTeamDialog({ team, onClose }: TeamDialogProps) {
  const t = useTexts("team");
  const remove = trpc.teams.delete.useMutation();
  const [schema] = useState(() =>
    z.object({ name: z.string().check(z.refine((typed) => sameName(typed, team.name), "other")) }),
  );
  const form = useApiForm({
    defaultValues: { name: "" },
    schema,
    async send() {
      await remove.mutateAsync({ id: team.id });
      return openDefaultTeam();
    },
  });
  return (
    <FormModal
      form={form}
      needs="ownTeam"
      isAlert
      variant="danger"
      title={t.team.deletion.title({ team: team.name })}
      lead={t.team.deletion.body}
      submit={t.team.deletion.action}
      onClose={onClose}
    >
      <form.Field name="name">
        {(field) => (
          <TextField
            {...textProps(field)}
            data-autofocus
            label={t.team.deletion.typeName({ team: team.name })}
            required
            dir="auto"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            errorTexts={{ other: t.team.deletion.notName }}
          />
        )}
      </form.Field>
    </FormModal>
  );
}
