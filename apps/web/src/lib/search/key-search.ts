import { toDashboardInput, usageSearch } from "./dashboard-search.ts";
import { searchOf } from "./readers.ts";

const { days, start_date, end_date } = usageSearch.readers;

/** Search parameters of the page of a key: its range. */
export const keySearch = searchOf({ days, start_date, end_date });

export type KeySearch = ReturnType<typeof keySearch.parse>;

/** ID of a key in a path; `null` for anything else. */
export const toKeyId = (text: string): number | null => {
  const id = /^[1-9]\d*$/.test(text) ? Number(text) : 0;
  return Number.isSafeInteger(id) && id > 0 ? id : null;
};

export const toKeyPageInput = (id: number, search: KeySearch) => ({ id, ...toDashboardInput(search) });

export const toKeyUsageInput = (id: number, search: KeySearch) => toDashboardInput({ ...search, api_key_id: [id] });
