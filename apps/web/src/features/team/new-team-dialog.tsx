import * as z from "zod/mini";
import { TextField } from "../../components/forms/field.tsx";
import { textProps, useApiForm } from "../../components/forms/form.tsx";
import { FormModal } from "../../components/forms/form-modal.tsx";
import { text } from "../../components/forms/schemas.ts";
import { trpc } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { pageInTeam } from "../../lib/search/team-search.ts";

const schema = z.object({ name: text });

/** Creates a team and opens its members, because it has none yet but the user. */
export function NewTeamDialog({ onClose }: { onClose: () => void }) {
  const t = useTexts("team");
  const create = trpc.teams.create.useMutation();
  const form = useApiForm({
    defaultValues: { name: "" },
    schema,
    async send(values) {
      const { id } = await create.mutateAsync(values);
      window.location.assign(pageInTeam("/team", id));
      // Stays busy until the page is left.
      return new Promise(() => {});
    },
  });
  return (
    <FormModal
      form={form}
      title={t.common.team.new}
      lead={t.team.creation.lead}
      submit={t.team.creation.submit}
      onClose={onClose}
    >
      <form.Field name="name">
        {(field) => (
          <TextField
            {...textProps(field)}
            data-autofocus
            label={t.team.name}
            required
            dir="auto"
            maxLength={100}
            autoComplete="off"
            hint={t.team.creation.hint}
          />
        )}
      </form.Field>
    </FormModal>
  );
}
