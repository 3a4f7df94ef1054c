import type { AnyFieldApi } from "@tanstack/react-form";
import { CircleAlert } from "lucide-react";
import { useId, useState } from "react";
import { useKeyNames } from "../../lib/api/keys.ts";
import { SearchableList } from "../filters/searchable-list.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { useError } from "./field.tsx";
import { textProps } from "./form.tsx";

interface KeyChoiceProps {
  /** IDs of the selected keys; `null` for all keys. */
  field: AnyFieldApi;
  texts: {
    keys: string;
    allKeys: string;
    someKeys: string;
    /** Shown if the team has no keys. */
    noKeysYet: string;
    /** Shown if the schema reports `none`. */
    noKey: string;
  };
}

/** All keys or selected keys. */
export function KeyChoice({ field, texts }: KeyChoiceProps) {
  const id = useId();
  const keys = useKeyNames();
  const value: number[] | null = field.state.value;
  // The selected keys are first when the form opens. The order does not change while keys are selected.
  const [first] = useState(() => new Set(value));
  // The selection is kept while "all keys" is chosen.
  const [last, setLast] = useState<number[]>([]);
  const chosen = value ?? last;
  const sorted = [...keys].sort((a, b) => Number(first.has(b.id)) - Number(first.has(a.id)));
  const error = useError({ ...textProps(field), label: texts.keys, errorTexts: { none: texts.noKey } });
  const toggle = (key: number) =>
    field.handleChange(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key]);

  function choose(isAll: boolean) {
    setLast(chosen);
    field.handleChange(isAll ? null : chosen);
  }

  return (
    <div className="flex flex-col gap-2">
      <Segmented
        legend={texts.keys}
        name="key-choice"
        options={[
          { value: "all", label: texts.allKeys },
          { value: "some", label: texts.someKeys },
        ]}
        value={value === null ? "all" : "some"}
        onChoose={(which) => choose(which === "all")}
      />
      {value !== null && (
        <div className={`rounded-control border p-1 ${error ? "border-bad" : "border-line-strong"}`}>
          <SearchableList
            legend={texts.keys}
            items={sorted}
            nothing={texts.noKeysYet}
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
