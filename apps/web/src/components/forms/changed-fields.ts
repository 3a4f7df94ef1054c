/**
 * The fields of a form that have changed since it was opened. Only these are sent, because the others may have been
 * changed in another tab. `null` if none has changed.
 */
export function changedFields<T extends object>(opened: Partial<T>, now: T): Partial<T> | null {
  const fields = (Object.keys(now) as (keyof T)[]).filter(
    (name) => JSON.stringify(now[name]) !== JSON.stringify(opened[name]),
  );
  return fields.length === 0 ? null : (Object.fromEntries(fields.map((name) => [name, now[name]])) as Partial<T>);
}
