import { Ban, ChevronDown, type LucideIcon } from "lucide-react";
import { useState } from "react";
import { buttonLook } from "../../components/ui/button.tsx";
import { Disclosure } from "../../components/ui/disclosure.tsx";
import { text } from "../../lib/text/stats.ts";

const words = text.stats;

/** So many fit without a search. */
const FEW = 12;

interface PickListProps<T> {
  label: string;
  Icon: LucideIcon;
  /** `undefined` while they are loading. */
  items: { value: T; name: string }[] | undefined;
  only: T[];
  without: T[];
  onOnly: (value: T) => void;
  onWithout: (value: T) => void;
  onOpen?: () => void;
  nothing: string;
}

/** Ticked: only these. Barred: all but these. */
export function PickList<T extends string | number>({ label, Icon, onOpen, ...list }: PickListProps<T>) {
  const count = list.only.length + list.without.length;
  return (
    <Disclosure
      place="mt-2 max-sm:fixed max-sm:inset-x-4 sm:top-full sm:right-0 sm:w-80"
      button={({ onClick, ...props }) => (
        <button
          type="button"
          {...props}
          onPointerEnter={onOpen}
          onClick={() => {
            onOpen?.();
            onClick();
          }}
          className={buttonLook()}
        >
          <Icon aria-hidden className="size-4 text-muted" />
          {label}
          {count > 0 && (
            <span className="rounded-full bg-accent px-1.5 text-caption text-on-accent tabular-nums">{count}</span>
          )}
          <ChevronDown aria-hidden className="size-4 text-muted" />
        </button>
      )}
    >
      {() => <Items label={label} {...list} />}
    </Disclosure>
  );
}

function Items<T extends string | number>({
  label,
  items,
  only,
  without,
  onOnly,
  onWithout,
  nothing,
}: Omit<PickListProps<T>, "Icon" | "onOpen">) {
  const [sought, setSought] = useState("");
  if (!items) return <div role="status" aria-label={text.values.loading} className="h-40" />;
  const found = items.filter(({ name }) => name.toLowerCase().includes(sought.trim().toLowerCase()));
  return (
    <div className="flex flex-col gap-2">
      {items.length > FEW && (
        <input
          type="search"
          aria-label={words.search}
          placeholder={words.search}
          // biome-ignore lint/a11y/noAutofocus: the panel was opened to be used
          autoFocus
          value={sought}
          onChange={(event) => setSought(event.target.value)}
          className="h-9 w-full rounded-control border border-line-strong bg-surface px-3 placeholder:text-muted"
        />
      )}
      <fieldset className="max-h-80 overflow-y-auto">
        <legend className="sr-only">{label}</legend>
        {found.length === 0 && <p className="p-2 text-muted">{items.length === 0 ? nothing : words.noMatch}</p>}
        {found.map(({ value, name }) => (
          <div key={value} className="flex items-center gap-1">
            <label className="flex min-h-8 min-w-0 flex-1 items-center gap-2.5 rounded-control px-2 hover:bg-sunken">
              <input
                type="checkbox"
                aria-label={words.only(name)}
                className="size-4 shrink-0 accent-accent"
                checked={only.includes(value)}
                onChange={() => onOnly(value)}
              />
              <span className={`truncate ${without.includes(value) ? "text-muted line-through" : ""}`} title={name}>
                {name}
              </span>
            </label>
            <button
              type="button"
              aria-pressed={without.includes(value)}
              aria-label={words.without(name)}
              title={words.without(name)}
              onClick={() => onWithout(value)}
              className="flex size-8 shrink-0 items-center justify-center rounded-control text-muted hover:bg-sunken aria-pressed:bg-accent-soft aria-pressed:text-accent"
            >
              <Ban aria-hidden className="size-4" />
            </button>
          </div>
        ))}
      </fieldset>
    </div>
  );
}
