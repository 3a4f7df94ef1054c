/** A result with the metadata of its response. */
export interface WithResponse<T> {
  /** The result. */
  data: T;
  /** HTTP status. 304 if the server confirmed a response that the client had already. */
  status: number;
  /** Headers of the response. */
  headers: Headers;
  /** `X-Request-Id` of the response; `null` if it has none. */
  requestId: string | null;
}

/** A promise of a result, from which you can also get the response. */
export interface ApiPromise<T> extends Promise<T> {
  /** The result together with status, headers and request ID: `const { data, headers } = await client.stats.get().withResponse()`. */
  withResponse(): Promise<WithResponse<T>>;
}

export function toApiPromise<T>(work: Promise<WithResponse<T>>): ApiPromise<T> {
  const result = work.then(({ data }) => data);
  return Object.assign(result, {
    withResponse() {
      // The caller handles the failure of the other promise.
      result.catch(() => {});
      return work.then((value) => value);
    },
  });
}
