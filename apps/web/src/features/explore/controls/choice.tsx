import { Link } from "@tanstack/react-router";
import { Check, ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { buttonClasses } from "../../../components/ui/button.tsx";
import { Popover } from "../../../components/ui/popover.tsx";
import type { ExploreSearch } from "../search/explore-search.ts";

export interface Option {
  id: string;
  label: string;
  search: ExploreSearch;
  isChosen: boolean;
  /** Why it cannot be chosen. */
  reason?: string | undefined;
}

interface ChoiceProps {
  /** What is chosen, for screen readers. */
  label: string;
  /** Text of the button. */
  text: string;
  options: readonly Option[];
  className?: string;
  /** Below the options. */
  children?: (close: () => void) => ReactNode;
}

/** One of several addresses of the page. Those that are not available say why. */
export function Choice({ label, text, options, className = buttonClasses(), children }: ChoiceProps) {
  return (
    <Popover
      label={label}
      panel="w-[calc(100vw-2rem)] sm:w-72"
      align="start"
      className={className}
      aria-label={`${label}: ${text}`}
      trigger={
        <>
          <span className="truncate">{text}</span> <ChevronDown aria-hidden className="size-4 text-muted" />
        </>
      }
    >
      {(close) => (
        <div className="flex flex-col gap-2">
          <ul className="flex flex-col">
            {options.map((option) => (
              <li key={option.id}>
                <OptionLink option={option} onChoose={close} />
              </li>
            ))}
          </ul>
          {children?.(close)}
        </div>
      )}
    </Popover>
  );
}

const OPTION = "flex min-h-8 items-start gap-2 rounded-control px-2 py-1.5 text-table no-underline";

function OptionLink({
  option: { label, search, isChosen, reason },
  onChoose,
}: {
  option: Option;
  onChoose: () => void;
}) {
  if (reason !== undefined)
    return (
      <p className={`${OPTION} text-muted`}>
        <span className="size-4 shrink-0" />
        <span>
          {label}
          <span className="block text-caption">{reason}</span>
        </span>
      </p>
    );
  return (
    <Link
      to="/explore"
      search={search}
      preload={false}
      resetScroll={false}
      activeProps={{}}
      activeOptions={{ exact: true }}
      aria-current={isChosen ? "true" : undefined}
      onClick={onChoose}
      className={`${OPTION} hover:bg-sunken`}
    >
      <Check aria-hidden className={`mt-px size-4 shrink-0 text-accent ${isChosen ? "" : "invisible"}`} />
      {label}
    </Link>
  );
}
