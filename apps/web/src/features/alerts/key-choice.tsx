import { CircleAlert } from "lucide-react";
import { useId } from "react";
import { Choice } from "../../components/ui/choice.tsx";
import { ALL_KEYS } from "../../lib/pages.ts";
import { text } from "../../lib/text/alerts.ts";
import { trpc } from "../../lib/trpc.ts";

const words = text.ruleForm;

interface KeyChoiceProps {
  isAll: boolean;
  chosen: number[];
  error: string | undefined;
  onAll: (isAll: boolean) => void;
  onChosen: (chosen: number[]) => void;
}

/** All keys, also those to come, or some by name. */
export function KeyChoice({ isAll, chosen, error, onAll, onChosen }: KeyChoiceProps) {
  const id = useId();
  const keys = trpc.keys.list.useQuery(ALL_KEYS);
  const toggle = (key: number) =>
    onChosen(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key]);

  return (
    <div className="flex flex-col gap-2">
      <Choice
        legend={words.keys}
        name="rule-keys"
        options={[
          { value: "all", label: words.allKeys },
          { value: "some", label: words.someKeys },
        ]}
        value={isAll ? "all" : "some"}
        onChoose={(value) => onAll(value === "all")}
      />
      {!isAll && (
        <fieldset
          aria-label={words.keys}
          aria-describedby={error ? id : undefined}
          className={`max-h-48 overflow-y-auto rounded-control border ${error ? "border-bad" : "border-line-strong"}`}
        >
          {keys.data?.items.map((key, index) => (
            <label key={key.id} className="flex min-h-9 items-center gap-3 px-3 py-1 hover:bg-sunken">
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
          ))}
        </fieldset>
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
