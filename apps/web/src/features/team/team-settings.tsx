import { useState } from "react";
import * as z from "zod/mini";
import { CheckField } from "../../components/forms/check-field.tsx";
import { TextField } from "../../components/forms/field.tsx";
import { Form, SubmitButton, textProps, useApiForm } from "../../components/forms/form.tsx";
import { text } from "../../components/forms/schemas.ts";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Panel } from "../../components/ui/panel.tsx";
import { Permitted } from "../../components/ui/permitted.tsx";
import { messageOf } from "../../lib/api/errors.ts";
import { usePermission } from "../../lib/api/permission.ts";
import { type CurrentUser, trpc } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { DeleteTeamDialog, HandOverDialog, LeaveTeamDialog } from "./team-dialogs.tsx";

/** Name and rules of the team, and how to leave, hand over or delete it. */
export function TeamSettings({ account }: { account: CurrentUser }) {
  const { team } = account;
  return (
    <div className="flex max-w-3xl flex-col gap-4">
      <General key={team.id} account={account} />
      <ForUser account={account} />
      <Danger account={account} />
    </div>
  );
}

const schema = z.object({ name: text });

function General({ account }: { account: CurrentUser }) {
  const t = useTexts("team");
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  const mayManage = usePermission("manageMembers");
  const { team } = account;
  const members = trpc.teams.members.useQuery({ id: team.id }).data?.items ?? [];
  const lacksFactor = members.some(({ user_id, has_second_factor: has }) => user_id === account.id && has === false);
  const changed = () => Promise.all([utils.auth.account.invalidate(), utils.teams.audit.invalidate()]);
  const update = trpc.teams.update.useMutation();
  const form = useApiForm({
    defaultValues: { name: team.name },
    schema,
    async send({ name }) {
      if (name !== team.name) await update.mutateAsync({ id: team.id, name });
      announce(t.team.settings.saved);
      await changed();
    },
  });
  const require = trpc.teams.update.useMutation({
    onSuccess: ({ requires_second_factor: isOn }) =>
      announce(isOn ? t.team.settings.required : t.team.settings.notRequired),
    onError: (error) => announce(messageOf(error), "bad"),
    onSettled: changed,
  });
  return (
    <Panel title={t.team.settings.title}>
      <div className="flex flex-col gap-5 px-4 pb-5">
        <Form form={form} className="flex max-w-md flex-col gap-3">
          <form.Field name="name">
            {(field) => (
              <TextField
                {...textProps(field)}
                label={t.team.name}
                required
                dir="auto"
                maxLength={100}
                autoComplete="off"
                readOnly={!mayManage}
                {...(team.is_personal ? { hint: t.team.settings.personalHint } : {})}
              />
            )}
          </form.Field>
          {mayManage && (
            <div>
              <SubmitButton form={form}>{t.team.settings.save}</SubmitButton>
            </div>
          )}
        </Form>
        <CheckField
          label={t.team.settings.require}
          hint={`${t.team.settings.requireHint}${lacksFactor ? ` ${t.team.settings.requireOwn}` : ""}`}
          isChecked={require.isPending ? !team.requires_second_factor : team.requires_second_factor}
          isDisabled={!mayManage}
          onChange={(isOn) => !require.isPending && require.mutate({ id: team.id, requires_second_factor: isOn })}
        />
        {!mayManage && <Permitted to="manageMembers">{null}</Permitted>}
      </div>
    </Panel>
  );
}

/** What concerns the user alone: which team opens first. */
function ForUser({ account: { team, teams, default_team_id } }: { account: CurrentUser }) {
  const t = useTexts("team");
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  const update = trpc.auth.update.useMutation({
    onSuccess: () => announce(t.team.settings.saved),
    onError: (error) => announce(messageOf(error), "bad"),
    onSettled: () => utils.auth.account.invalidate(),
  });
  if (teams.length < 2) return null;
  const isDefault = team.id === default_team_id || (default_team_id === null && team.is_personal);
  const isChecked = update.isPending ? !isDefault : isDefault;
  return (
    <Panel title={t.team.settings.forYou}>
      <div className="px-4 pb-5">
        <CheckField
          label={t.team.settings.default}
          hint={t.team.settings.defaultHint}
          isChecked={isChecked}
          // The personal team is the default unless another one is.
          isDisabled={isDefault && team.is_personal}
          onChange={(isOn) => !update.isPending && update.mutate({ default_team_id: isOn ? team.id : null })}
        />
      </div>
    </Panel>
  );
}

type Open = "leave" | "handOver" | "delete" | null;

function Danger({ account }: { account: CurrentUser }) {
  const t = useTexts("team");
  const [open, setOpen] = useState<Open>(null);
  const isOwner = usePermission("ownTeam");
  const { team } = account;
  const close = () => setOpen(null);
  const actions = [
    { what: "leave" as const, isShown: !team.is_personal, texts: t.team.leaving },
    { what: "handOver" as const, isShown: isOwner, texts: t.team.handOver },
    { what: "delete" as const, isShown: isOwner && !team.is_personal, texts: t.team.deletion },
  ].filter(({ isShown }) => isShown);
  return (
    <>
      {actions.length > 0 && (
        <Panel title={t.team.settings.danger}>
          <ul className="divide-y divide-line border-t border-line">
            {actions.map(({ what, texts }) => (
              <li key={what} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-3">
                <p className="min-w-0 flex-1 basis-72 text-muted">{texts.note}</p>
                <Button variant={what === "delete" ? "danger" : "secondary"} onClick={() => setOpen(what)}>
                  {texts.action}
                </Button>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {open === "leave" && <LeaveTeamDialog account={account} onClose={close} />}
      {open === "handOver" && <HandOverDialog account={account} onClose={close} />}
      {open === "delete" && <DeleteTeamDialog team={team} onClose={close} />}
    </>
  );
}
