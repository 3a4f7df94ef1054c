import type { AnyFieldApi } from "@tanstack/react-form";
import { CircleAlert } from "lucide-react";
import { useId, useState } from "react";
import { SearchableList } from "../../components/filters/searchable-list.tsx";
import { useError } from "../../components/forms/field.tsx";
import { textProps } from "../../components/forms/form.tsx";
import { Segmented } from "../../components/ui/segmented.tsx";
import { useKeyNames } from "../../lib/api/keys.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";

/** All keys, including new ones, or selected keys. */
export function KeyChoice({ field }: { field: AnyFieldApi }) {
  const t = useTexts("alerts");
  const id = useId();
  const keys = useKeyNames();
  const value: number[] | null = field.state.value;
  // The keys of the rule are first when the form opens. The order does not change while keys are selected.
  const [first] = useState(() => new Set(value));
  // The selection is kept while "all keys" is chosen.
  const [last, setLast] = useState<number[]>([]);
  const chosen = value ?? last;
  const sorted = [...keys].sort((a, b) => Number(first.has(b.id)) - Number(first.has(a.id)));
  const error = useError({ ...textProps(field), label: t.alerts.form.keys, errorTexts: { none: t.alerts.form.noKey } });
  const toggle = (key: number) =>
    field.handleChange(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key]);

  function choose(isAll: boolean) {
    setLast(chosen);
    field.handleChange(isAll ? null : chosen);
  }

  return (
    <div className="flex flex-col gap-2">
      <Segmented
        legend={t.alerts.form.keys}
        name="rule-keys"
        options={[
          { value: "all", label: t.alerts.form.allKeys },
          { value: "some", label: t.alerts.form.someKeys },
        ]}
        value={value === null ? "all" : "some"}
        onChoose={(which) => choose(which === "all")}
      />
      {value !== null && (
        <div className={`rounded-control border p-1 ${error ? "border-bad" : "border-line-strong"}`}>
          <SearchableList
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
          </SearchableList>
        </div>
      )}
      {error && (
        <p id={id} className="flex items-start gap-1.5 text-table text-bad">
          <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          {error}
        </p>
      )}
    </div>
  );
}
