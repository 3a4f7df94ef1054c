interface Where {
  pathname: string;
  search: object;
}

/** Where a range leads: it changes the page in front if that shows usage, and else opens the dashboard. */
export function rangeTarget({ location, days }: { location: Where; days: number }) {
  const { pathname, search } = location;
  const isHere = pathname === "/dashboard" || pathname === "/stats";
  const kept = isHere ? { ...search, start_date: undefined, end_date: undefined, page: undefined } : {};
  return { isHere, to: { to: isHere ? pathname : "/dashboard", search: { ...kept, days }, resetScroll: !isHere } };
}
