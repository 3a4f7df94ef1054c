interface Where {
  pathname: string;
  search: object;
}

/** Target of a range command: the current page if it shows usage, otherwise the dashboard. */
export function rangeTarget({ location, days }: { location: Where; days: number }) {
  const { pathname, search } = location;
  const isHere = pathname === "/dashboard" || pathname === "/stats";
  const kept = isHere ? { ...search, start_date: undefined, end_date: undefined, page: undefined } : {};
  return { isHere, to: { to: isHere ? pathname : "/dashboard", search: { ...kept, days }, resetScroll: !isHere } };
}
