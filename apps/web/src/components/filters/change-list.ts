/** With the item, or without it if it was there; `undefined` for an empty list, which leaves the address. */
export function toggled<T>(list: T[] | undefined, item: T): T[] | undefined {
  const left = list?.includes(item) ? list.filter((other) => other !== item) : [...(list ?? []), item];
  return left.length > 0 ? left : undefined;
}

export function without<T>(list: T[] | undefined, item: T): T[] | undefined {
  const left = list?.filter((other) => other !== item);
  return left?.length ? left : undefined;
}
