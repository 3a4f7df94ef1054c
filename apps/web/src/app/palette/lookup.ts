/** Lowercase, without accents. */
const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** 1 if every typed word begins a word of the command, otherwise 0. Unlike the fuzzy match of cmdk, this keeps the order of commands. */
export function matchWords(label: string, typed: string, more: readonly string[] = []): 0 | 1 {
  const words = plain([label, ...more].join(" ")).split(/[\s:’'-]+/);
  const prefixes = plain(typed).split(/\s+/).filter(Boolean);
  return prefixes.every((prefix) => words.some((word) => word.startsWith(prefix))) ? 1 : 0;
}

interface Where {
  pathname: string;
  search: object;
}

/** Target of a range command: the current page if it shows usage, otherwise the dashboard. */
export function rangeTarget({ location, days }: { location: Where; days: number }) {
  const { pathname, search } = location;
  const isHere = pathname === "/dashboard" || pathname === "/explore";
  const kept = isHere
    ? { ...search, start_date: undefined, end_date: undefined, period: undefined, page: undefined }
    : {};
  return { isHere, to: { to: isHere ? pathname : "/dashboard", search: { ...kept, days }, resetScroll: !isHere } };
}
