import { useState } from "react";

interface Call<T> {
  /** Resolves to false when the call fails: then `error` says why. */
  run: (input: T) => Promise<boolean>;
  error: unknown;
  isPending: boolean;
}

/** One call at a time with its state, for pages that do without the query client. */
export function useCall<T>(call: (input: T) => Promise<void>): Call<T> {
  const [error, setError] = useState<unknown>(null);
  const [isPending, setPending] = useState(false);
  async function run(input: T): Promise<boolean> {
    if (isPending) return false;
    setPending(true);
    setError(null);
    try {
      await call(input);
      return true;
    } catch (problem) {
      setError(problem);
      return false;
    } finally {
      setPending(false);
    }
  }
  return { run, error, isPending };
}
