import { Link, type LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";

const GROUND = "flex max-w-full min-w-0 flex-wrap items-center rounded-control bg-sunken p-1";
/** Also for a button beside the links. */
export const SEGMENT =
  "flex h-7 items-center justify-center gap-1.5 rounded-[5px] px-2.5 text-table whitespace-nowrap text-muted no-underline hover:text-ink aria-[current]:bg-surface aria-[current]:font-medium aria-[current]:text-ink aria-[current]:shadow-sm print:hidden";

interface SegmentedProps<T extends string> {
  legend: string;
  name: string;
  options: readonly { value: T; label: string }[];
  value: T;
  onChoose: (value: T) => void;
  /** Full width, with a small legend. */
  isWide?: boolean;
}

/** A choice of one of a few values. */
export function Segmented<T extends string>({ legend, name, options, value, onChoose, isWide }: SegmentedProps<T>) {
  return (
    <fieldset className="min-w-0">
      <legend className={`mb-1 ${isWide ? "text-caption text-muted" : "font-medium"}`}>{legend}</legend>
      <div className={isWide ? GROUND : `${GROUND} w-fit`}>
        {options.map((option) => (
          <label
            key={option.value}
            className={`${SEGMENT} has-checked:bg-surface has-checked:font-medium has-checked:text-ink has-checked:shadow-sm has-focus-visible:outline-2 has-focus-visible:outline-accent ${isWide ? "flex-1" : ""}`}
          >
            <input
              type="radio"
              name={name}
              className="sr-only"
              checked={value === option.value}
              onChange={() => onChoose(option.value)}
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface Segment {
  id: string;
  to: NonNullable<LinkProps["to"]>;
  search: object;
  label: ReactNode;
  isChosen: boolean;
  /** The full name, for screen readers, if the label is short. */
  name?: string;
  title?: string;
}

interface SegmentLinksProps {
  label: string;
  segments: Segment[];
  /** The links lead to parts of the page. */
  isNavigation?: boolean;
  /** Before and after the links. */
  before?: ReactNode;
  after?: ReactNode;
}

/** Choices that are addresses: they can be bookmarked, and back goes back. */
export function SegmentLinks({ label, segments, isNavigation = false, before, after }: SegmentLinksProps) {
  const Frame = isNavigation ? "nav" : "fieldset";
  return (
    <Frame aria-label={label} className={`${GROUND} w-fit print:bg-transparent print:p-0`}>
      {before}
      {segments.map(({ id, to, search, label: content, isChosen, name, title }) => (
        <Link
          key={id}
          to={to}
          search={search as never}
          preload={false}
          resetScroll={false}
          activeOptions={{ exact: true }}
          activeProps={{}}
          aria-current={isChosen ? (isNavigation ? "page" : "true") : undefined}
          aria-label={name}
          title={title}
          className={SEGMENT}
        >
          {content}
        </Link>
      ))}
      {after}
    </Frame>
  );
}
