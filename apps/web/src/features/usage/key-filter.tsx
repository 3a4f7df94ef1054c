import { useNavigate } from "@tanstack/react-router";
import { ChevronDown, KeyRound } from "lucide-react";
import { buttonLook } from "../../components/ui/button.tsx";
import { Disclosure } from "../../components/ui/disclosure.tsx";
import { text } from "../../lib/text/usage.ts";
import type { KeyName } from "../../lib/trpc.ts";
import { Sought } from "./sought.tsx";
import { useDashboardSearch } from "./use-dashboard-search.ts";

/** Which keys the page counts; none ticked means all. */
export function KeyFilter({ keys, selected = [] }: { keys: KeyName[]; selected: number[] | undefined }) {
  const search = useDashboardSearch();
  const navigate = useNavigate({ from: "/dashboard" });
  const spenders = keys.filter(({ kind }) => kind !== "management");
  if (spenders.length < 2) return null;

  function toggle(id: number) {
    const next = selected.includes(id) ? selected.filter((other) => other !== id) : [...selected, id];
    void navigate({
      search: { ...search, api_key_id: next.length > 0 ? next : undefined },
      resetScroll: false,
    });
  }

  return (
    <Disclosure
      place="mt-2 max-sm:fixed max-sm:inset-x-4 sm:top-full sm:right-0 sm:w-64"
      button={(props) => (
        <button type="button" {...props} className={buttonLook()}>
          <KeyRound aria-hidden className="size-4 text-muted" />
          {selected.length === 0 ? text.filters.allKeys : text.filters.someKeys(selected.length)}
          <ChevronDown aria-hidden className="size-4 text-muted" />
        </button>
      )}
    >
      {() => (
        <Sought legend={text.filters.keys} items={spenders}>
          {({ id, name }) => (
            <label key={id} className="flex min-h-8 items-center gap-2.5 rounded-control px-2 hover:bg-sunken">
              <input
                type="checkbox"
                className="size-4 shrink-0 accent-accent"
                checked={selected.includes(id)}
                onChange={() => toggle(id)}
              />
              <span dir="auto" className="truncate" title={name}>
                {name}
              </span>
            </label>
          )}
        </Sought>
      )}
    </Disclosure>
  );
}
