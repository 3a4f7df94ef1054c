import { Ban, ChevronDown, type LucideIcon } from "lucide-react";
import { SearchableList } from "../../components/filters/searchable-list.tsx";
import { buttonClasses } from "../../components/ui/button.tsx";
import { Popover } from "../../components/ui/popover.tsx";
import { useTexts } from "../../lib/i18n/i18n.ts";

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

/** Selected: only these. Excluded: all but these. */
export function PickList<T extends string | number>({ label, Icon, onOpen, ...list }: PickListProps<T>) {
  const count = list.only.length + list.without.length;
  return (
    <Popover
      label={label}
      panel="w-[calc(100vw-2rem)] sm:w-80"
      className={buttonClasses()}
      onOpen={onOpen}
      trigger={
        <>
          <Icon aria-hidden className="size-4 text-muted" />
          {label}{" "}
          {count > 0 && (
            <span className="rounded-full bg-accent px-1.5 text-caption text-on-accent tabular-nums">{count}</span>
          )}
          <ChevronDown aria-hidden className="size-4 text-muted" />
        </>
      }
    >
      {() => <Items label={label} {...list} />}
    </Popover>
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
  const t = useTexts("stats");
  if (!items) return <div role="status" aria-label={t.common.loading} className="h-40" />;
  return (
    <SearchableList legend={label} items={items} nothing={nothing}>
      {({ value, name }) => (
        <div key={value} className="flex items-center gap-1">
          <label className="flex min-h-8 min-w-0 flex-1 items-center gap-2.5 rounded-control px-2 hover:bg-sunken">
            <input
              type="checkbox"
              aria-label={t.stats.only({ name })}
              className="size-4 shrink-0 accent-accent"
              checked={only.includes(value)}
              onChange={() => onOnly(value)}
            />
            <span
              dir="auto"
              className={`truncate ${without.includes(value) ? "text-muted line-through" : ""}`}
              title={name}
            >
              {name}
            </span>
          </label>
          <button
            type="button"
            aria-pressed={without.includes(value)}
            aria-label={t.stats.without({ name })}
            title={t.stats.without({ name })}
            onClick={() => onWithout(value)}
            className="flex size-8 shrink-0 items-center justify-center rounded-control text-muted hover:bg-sunken aria-pressed:bg-accent-soft aria-pressed:text-accent"
          >
            <Ban aria-hidden className="size-4" />
          </button>
        </div>
      )}
    </SearchableList>
  );
}
