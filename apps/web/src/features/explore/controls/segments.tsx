import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { SEGMENT } from "../../../components/ui/segmented.tsx";
import type { Option } from "./choice.tsx";

interface SegmentsProps {
  label: string;
  options: readonly Option[];
  after?: ReactNode;
}

/** The usual choices as links beside each other. What is not available is in the list after them, with the reason. */
export function Segments({ label, options, after }: SegmentsProps) {
  return (
    <fieldset
      aria-label={label}
      className="flex w-fit max-w-full min-w-0 flex-wrap items-center rounded-control bg-sunken p-1 print:hidden"
    >
      {options.map(({ id, label: text, search, isChosen, reason }) =>
        reason === undefined ? (
          <Link
            key={id}
            to="/explore"
            search={search}
            preload={false}
            resetScroll={false}
            activeProps={{}}
            activeOptions={{ exact: true }}
            aria-current={isChosen ? "true" : undefined}
            className={SEGMENT}
          >
            {text}
          </Link>
        ) : (
          <span key={id} title={reason} className={`${SEGMENT} cursor-not-allowed line-through decoration-1`}>
            {text}
            <span className="sr-only">({reason})</span>
          </span>
        ),
      )}
      {after}
    </fieldset>
  );
}
