import { createApi, fetchBaseQuery } from "@reduxjs/toolkit/query";
import { baseUrl, headers } from "./arguments.mts";

const toParameters = (query: Record<string, unknown>) => {
  const known = Object.entries(query).filter(([, value]) => value !== undefined);
  return new URLSearchParams(
    known.flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)])),
  ).toString();
};

export const base = createApi({
  // Headers of an operation replace those of all operations, so the credential is added to them.
  baseQuery: fetchBaseQuery({
    baseUrl,
    paramsSerializer: toParameters,
    prepareHeaders: (own) => {
      for (const [name, value] of Object.entries(headers)) own.set(name, value);
      return own;
    },
  }),
  endpoints: () => ({}),
});
