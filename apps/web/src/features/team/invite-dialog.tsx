import { isPermitted, ROLES, type Role } from "@orwatch/domain/permissions";
import { useState } from "react";
import * as z from "zod/mini";
import { TextField } from "../../components/forms/field.tsx";
import { textProps, useApiForm } from "../../components/forms/form.tsx";
import { FormModal } from "../../components/forms/form-modal.tsx";
import { SelectField } from "../../components/forms/more-fields.tsx";
import { optionalText } from "../../components/forms/schemas.ts";
import { ShownOnce } from "../../components/forms/shown-once.tsx";
import { type Invitation, type Team, trpc } from "../../lib/api/trpc.ts";
import { useFormat, useLanguage, useTexts } from "../../lib/i18n/i18n.ts";

interface InviteDialogProps {
  team: Team;
  onClose: () => void;
}

export function InviteDialog({ team, onClose }: InviteDialogProps) {
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  return invitation ? (
    <ShowLink invitation={invitation} onClose={onClose} />
  ) : (
    <InviteForm team={team} onInvited={setInvitation} onClose={onClose} />
  );
}

const schema = z.object({ role: z.enum(ROLES), email: optionalText });

function InviteForm({ team, onInvited, onClose }: InviteDialogProps & { onInvited: (invitation: Invitation) => void }) {
  const t = useTexts("team");
  const language = useLanguage();
  const utils = trpc.useUtils();
  const invite = trpc.teams.invite.useMutation();
  const form = useApiForm({
    defaultValues: { role: "viewer" as Role, email: "" },
    schema,
    async send({ role, email }) {
      onInvited(await invite.mutateAsync({ id: team.id, role, language, ...(email ? { email } : {}) }));
      await utils.teams.invitations.invalidate();
    },
  });
  const roles = ROLES.filter((role) => role !== "owner" || isPermitted(team.role, "ownTeam")).reverse();
  return (
    <FormModal
      form={form}
      needs="manageMembers"
      title={t.team.invitation.title}
      lead={t.team.invitation.lead}
      submit={t.team.invitation.submit}
      staysOpenWhileBusy
      onClose={onClose}
    >
      <form.Field name="role">
        {(field) => (
          <SelectField
            problem={textProps(field).problem}
            data-autofocus
            label={t.team.role}
            options={roles.map((role) => ({ value: role, label: t.common.team.roles[role] }))}
            value={field.state.value}
            onValue={(role) => field.handleChange(role as Role)}
            hint={t.team.roleHints[field.state.value]}
          />
        )}
      </form.Field>
      <form.Field name="email">
        {(field) => (
          <TextField
            {...textProps(field)}
            label={t.team.invitation.email}
            note={t.common.optional}
            type="email"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            hint={t.team.invitation.emailHint}
          />
        )}
      </form.Field>
    </FormModal>
  );
}

function ShowLink({ invitation, onClose }: { invitation: Invitation; onClose: () => void }) {
  const t = useTexts("team");
  const format = useFormat();
  const { role, email, expires_at, is_emailed } = invitation;
  const until = format.instant(expires_at);
  return (
    <ShownOnce
      title={t.team.invitation.createdTitle}
      lead={email ? t.team.invitation.createdFor({ email, role, until }) : t.team.invitation.created({ role, until })}
      label={t.team.invitation.link}
      // Without PUBLIC_URL, the server does not know its own address.
      secret={new URL(invitation.url, window.location.origin).href}
      {...(is_emailed && email ? { note: t.team.invitation.emailed({ email }) } : {})}
      unsaved={t.team.invitation.unsaved}
      saved={t.team.invitation.saved}
      onClose={onClose}
    />
  );
}
