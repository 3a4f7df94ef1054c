import { Search } from "lucide-react";
import { useEffect, useState } from "react";
import { BOX } from "../forms/field.tsx";

/** Delay between typing and the request, in milliseconds. */
const TYPING_MS = 250;

/** A search whose text is kept in the URL. */
export function SearchBox({
  label,
  value,
  onSearch,
}: {
  label: string;
  value: string;
  onSearch: (text: string) => void;
}) {
  const [text, setText] = useState(value);
  useEffect(() => {
    if (text.trim() === value) return;
    const timer = setTimeout(() => onSearch(text.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  });
  return (
    <div className="relative w-64 max-w-full max-sm:w-full">
      <Search aria-hidden className="absolute top-2.5 left-2.5 size-4 text-muted" />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        maxLength={100}
        className={`${BOX} h-9 border-line-strong pl-8!`}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
    </div>
  );
}

interface FilterSelectProps<V extends string> {
  label: string;
  /** Text of the choice that filters nothing. */
  all: string;
  options: readonly { value: V; label: string }[];
  value: V | undefined;
  onChoose: (value: V | undefined) => void;
}

/** A filter of a list with few values. */
export function FilterSelect<V extends string>({ label, all, options, value, onChoose }: FilterSelectProps<V>) {
  return (
    <select
      aria-label={label}
      className={`${BOX} h-9 w-auto! max-w-60 border-line-strong max-sm:max-w-none max-sm:min-w-0 max-sm:flex-[1_1_8rem]`}
      value={value ?? ""}
      onChange={({ target }) => onChoose((target.value || undefined) as V | undefined)}
    >
      <option value="">{all}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
