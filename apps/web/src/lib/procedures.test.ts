import { QueryClient } from "@tanstack/react-query";
import { expect, it } from "vitest";
import { createProcedures } from "./procedures.ts";

interface ListUtils {
  ensureData(input?: unknown): Promise<unknown>;
  fetch(input?: unknown): Promise<unknown>;
  getData(input?: unknown): unknown;
  setData(input: unknown, data: unknown): void;
  invalidate(): Promise<void>;
}

function open() {
  const asked: [string, unknown][] = [];
  const queryClient = new QueryClient({ defaultOptions: { queries: { staleTime: 60_000, retry: false } } });
  const caller = {
    query: (name: string, input: unknown) => Promise.resolve(asked.push([name, input])),
    mutation: () => Promise.reject(new Error("not here")),
  };
  const { utils, hooks } = createProcedures({ caller, queryClient });
  return { asked, queryClient, utils: utils as { keys: { list: ListUtils } & ListUtils; jobs: ListUtils }, hooks };
}

it("asks once for each procedure and input, and again after its group is invalidated", async () => {
  const { asked, utils } = open();
  await utils.keys.list.ensureData({ skip: 0 });
  await utils.keys.list.ensureData({ skip: 0 });
  await utils.keys.list.ensureData({ skip: 25 });
  expect(asked).toEqual([
    ["keys.list", { skip: 0 }],
    ["keys.list", { skip: 25 }],
  ]);
  await utils.jobs.invalidate();
  await utils.keys.list.fetch({ skip: 0 });
  expect(asked).toHaveLength(2);
  await utils.keys.invalidate();
  await utils.keys.list.fetch({ skip: 0 });
  expect(asked).toHaveLength(3);
});

it("keeps what is set for one input apart from the others", () => {
  const { utils } = open();
  utils.keys.list.setData({ skip: 0 }, "first");
  utils.keys.list.setData(undefined, "all");
  expect(utils.keys.list.getData({ skip: 0 })).toBe("first");
  expect(utils.keys.list.getData()).toBe("all");
  expect(utils.keys.list.getData({ skip: 25 })).toBeUndefined();
});

it("names what it does not offer, and is no promise", async () => {
  const { hooks, utils } = open();
  const trpc = hooks as { keys: { list: { useInfiniteQuery(): void } } };
  expect(() => trpc.keys.list.useInfiniteQuery()).toThrow("useInfiniteQuery is not offered");
  expect(typeof utils.keys).toBe("function");
});
