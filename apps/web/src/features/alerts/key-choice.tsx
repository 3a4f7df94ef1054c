import { CircleAlert } from "lucide-react";
import { useId, useState } from "react";
import { Sought } from "../../components/filters/searchable-list.tsx";
import { Choice } from "../../components/forms/choice.tsx";
import { useKeyNames } from "../../lib/api/keys.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";

interface KeyChoiceProps {
  isAll: boolean;
  chosen: number[];
  error: string | undefined;
  onAll: (isAll: boolean) => void;
  onChosen: (chosen: number[]) => void;
}

/** All keys, also those to come, or some by name. */
export function KeyChoice({ isAll, chosen, error, onAll, onChosen }: KeyChoiceProps) {
  const t = useTexts("alerts");
  const id = useId();
  const keys = useKeyNames();
  // Those of a rule stand first when it is opened, and stay where they are while they are ticked and unticked.
  const [first] = useState(() => new Set(chosen));
  const sorted = [...keys].sort((a, b) => Number(first.has(b.id)) - Number(first.has(a.id)));
  const toggle = (key: number) =>
    onChosen(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key]);

  return (
    <div className="flex flex-col gap-2">
      <Choice
        legend={t.alerts.form.keys}
        name="rule-keys"
        options={[
          { value: "all", label: t.alerts.form.allKeys },
          { value: "some", label: t.alerts.form.someKeys },
        ]}
        value={isAll ? "all" : "some"}
        onChoose={(value) => onAll(value === "all")}
      />
      {!isAll && (
        <div className={`rounded-control border p-1 ${error ? "border-bad" : "border-line-strong"}`}>
          <Sought
            legend={t.alerts.form.keys}
            items={sorted}
            nothing={t.alerts.form.noKeysYet}
            takesFocus={false}
            describedBy={error ? id : undefined}
          >
            {(key, index) => (
              <label key={key.id} className="flex min-h-9 items-center gap-3 rounded-control px-2 py-1 hover:bg-sunken">
                <input
                  type="checkbox"
                  className="size-4 accent-accent"
                  aria-invalid={error && index === 0 ? true : undefined}
                  checked={chosen.includes(key.id)}
                  onChange={() => toggle(key.id)}
                />
                <span dir="auto" className="min-w-0 break-words">
                  {key.name}
                </span>
              </label>
            )}
          </Sought>
        </div>
      )}
      {error && !isAll && (
        <p id={id} className="flex items-start gap-1.5 text-table text-bad">
          <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          {error}
        </p>
      )}
    </div>
  );
}
