/** Parses one search parameter; `undefined` if invalid. */
type Reader<T> = (value: unknown) => T | undefined;

const MOST_IN_LIST = 200;

export const whole =
  ({ min, max = Number.MAX_SAFE_INTEGER }: { min: number; max?: number }): Reader<number> =>
  (value) =>
    typeof value === "number" && Number.isSafeInteger(value) && value >= min && value <= max ? value : undefined;

export const textWhere =
  (isGood: (text: string) => boolean): Reader<string> =>
  (value) =>
    typeof value === "string" && isGood(value) ? value : undefined;

export const oneOf =
  <const T extends string | boolean>(known: readonly T[]): Reader<T> =>
  (value) =>
    known.find((one) => one === value);

/** A list of 1 to 200 values, or a single value. Invalid if any item is. */
export const oneOrMore =
  <T>(read: Reader<T>): Reader<T[]> =>
  (value) => {
    const items = Array.isArray(value) ? value : [value];
    if (items.length === 0 || items.length > MOST_IN_LIST) return undefined;
    const found = items.map(read).filter((item) => item !== undefined);
    return found.length === items.length ? found : undefined;
  };

type Readers = Record<string, Reader<unknown>>;
type Read<R extends Readers> = { [K in keyof R]?: Exclude<ReturnType<R[K]>, undefined> | undefined };

/** Parses search parameters and ignores invalid and unknown ones. A validation library would add 10 kB. */
export const searchOf = <R extends Readers>(readers: R) => ({
  readers,
  parse(search: object): Read<R> {
    const said = search as Record<string, unknown>;
    const found: Record<string, unknown> = {};
    for (const [name, read] of Object.entries(readers)) {
      const value = read(said[name]);
      if (value !== undefined) found[name] = value;
    }
    return found as Read<R>;
  },
});
