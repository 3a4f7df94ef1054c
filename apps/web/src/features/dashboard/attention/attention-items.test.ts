import { createFormat } from "@orwatch/messages/format";
import { beforeAll, describe, expect, it } from "vitest";
import type { Attention, Unusual } from "../../../lib/api/trpc.ts";
import { currentTexts, loadTexts } from "../../../lib/i18n/i18n.ts";
import { listAttention } from "./attention-items.ts";

const now = new Date("2026-11-25T14:05:00Z");

const attention = (over: Partial<Attention> = {}): Attention => ({
  spending: 11,
  unused: 0,
  no_limit: 0,
  low_limit: 0,
  failing: 0,
  ...over,
});

beforeAll(() => loadTexts("usage"));

const format = createFormat({ language: "en", now });
const build = (input: Partial<Parameters<typeof listAttention>[0]>) =>
  listAttention({
    attention: attention(),
    unusual: null,
    search: {},
    now,
    words: { t: currentTexts(), format },
    ...input,
  });
const say = (input: Parameters<typeof build>[0]) => build(input).map(({ figure, label }) => `${figure} ${label}`);

describe("keys that need attention", () => {
  it("keys that need attention are counted among keys with spend, and listed behind the link", () => {
    const found = build({ attention: attention({ unused: 6, no_limit: 3, low_limit: 1 }) });
    expect(found.map(({ figure, label }) => `${figure} ${label}`)).toEqual([
      "1 key has under 20% of its limit left",
      "3 keys have no limit",
      "6 keys have not been used for 30 days",
    ]);
    expect(found.map(({ search }) => search)).toEqual([
      { show: "low_limit" },
      { show: "no_limit" },
      { show: "unused" },
    ]);
  });

  it("keys that need attention are omitted when there are none or the number is unknown", () => {
    expect(build({})).toEqual([]);
    expect(build({ attention: undefined, unusual: undefined })).toEqual([]);
  });
});

describe("an unusual day", () => {
  const unusual: NonNullable<Unusual> = {
    ...{ date: "2026-11-24", cost: "9.10", usual: "3.00", times: 3, api_key_ids: [1, 2], is_all_keys: true },
  };

  it("an unusual day is first, shows the usual amount, and links to that day", () => {
    const [first] = build({ unusual, attention: attention({ low_limit: 1 }) });
    expect(first).toMatchObject({ figure: "3×", label: "$9.10 on 24 Nov, usually $3.00 on a Tuesday" });
    expect(first?.search).toEqual({
      ...{ start_date: "2026-11-24", end_date: "2026-11-24", group_by: ["key", "model"], sort: "-cost" },
    });
  });

  it("has only the compared keys", () => {
    const [first] = build({ unusual: { ...unusual, is_all_keys: false } });
    expect(first?.search).toMatchObject({ api_key_id: [1, 2] });
  });

  it("an unusual today is omitted, because it is beside the cost of today", () => {
    expect(build({ unusual: { ...unusual, date: "2026-11-25" } })).toEqual([]);
  });

  it("the link to an unusual day keeps the filters of the page", () => {
    const search = { api_key_id: [1, 2, 3], exclude_model: ["a/b"] };
    const [all, low] = build({ unusual, attention: attention({ low_limit: 1 }), search });
    expect(all?.search).toMatchObject(search);
    expect(low).toMatchObject({ to: "/keys", search: { show: "low_limit", api_key_id: [1, 2, 3] } });
    const [some] = build({ unusual: { ...unusual, is_all_keys: false }, search });
    expect(some?.search).toMatchObject({ api_key_id: [1, 2], exclude_model: ["a/b"] });
  });

  it("an unusual day has no factor when its weekday usually costs nothing", () => {
    expect(say({ unusual: { ...unusual, usual: "0.00", times: null } })).toEqual([
      "$9.10 on 24 Nov, usually nothing on a Tuesday",
    ]);
  });
});
