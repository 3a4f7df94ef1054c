/**
 * Of the fields of a form as it is now, those that are not as they were when it opened. To send only these leaves the others as they are
 * by now: someone may have changed them in another tab. `null` where there is none.
 */
export function changedFields<T extends object>(opened: Partial<T>, now: T): Partial<T> | null {
  const fields = (Object.keys(now) as (keyof T)[]).filter(
    (name) => JSON.stringify(now[name]) !== JSON.stringify(opened[name]),
  );
  return fields.length === 0 ? null : (Object.fromEntries(fields.map((name) => [name, now[name]])) as Partial<T>);
}
