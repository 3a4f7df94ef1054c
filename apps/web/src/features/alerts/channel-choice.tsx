import type { AnyFieldApi } from "@tanstack/react-form";
import { useState } from "react";
import { Segmented } from "../../components/ui/segmented.tsx";
import { trpc } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";

/** All channels, including new ones, or selected channels. Nothing while there are no channels to choose from. */
export function ChannelChoice({ field }: { field: AnyFieldApi }) {
  const { alerts: t } = useTexts("alerts");
  const channels = trpc.channels.list.useQuery({}).data?.items ?? [];
  const value: number[] | null = field.state.value;
  // The selection is kept while "all channels" is chosen.
  const [last, setLast] = useState<number[]>(channels.map(({ id }) => id));
  if (channels.length === 0 && value === null) return null;
  const chosen = value ?? last;
  const toggle = (id: number) =>
    field.handleChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);

  function choose(isAll: boolean) {
    setLast(chosen);
    field.handleChange(isAll ? null : chosen);
  }

  return (
    <div className="flex flex-col gap-2">
      <Segmented
        legend={t.form.channels}
        name="rule-channels"
        options={[
          { value: "all", label: t.form.allChannels },
          { value: "some", label: t.form.someChannels },
        ]}
        value={value === null ? "all" : "some"}
        onChoose={(which) => choose(which === "all")}
      />
      {value !== null && (
        <fieldset className="rounded-control border border-line-strong p-1">
          <legend className="sr-only">{t.form.channels}</legend>
          {channels.map(({ id, name, target }) => (
            <label key={id} className="flex min-h-9 items-center gap-3 rounded-control px-2 py-1 hover:bg-sunken">
              <input
                type="checkbox"
                className="size-4 accent-accent"
                checked={chosen.includes(id)}
                onChange={() => toggle(id)}
              />
              <span className="min-w-0 break-words">
                <span dir="auto">{name}</span> <span className="text-table text-muted">{target}</span>
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {value?.length === 0 && <p className="text-table text-muted">{t.form.noChannel}</p>}
    </div>
  );
}
