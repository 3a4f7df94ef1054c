import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { isPassing, messageOf } from "./errors.ts";

const asked: { url: string; init: RequestInit | undefined }[] = [];
let answer: (url: string) => Response | Promise<Response>;
let caller: typeof import("./caller.ts").caller;

beforeAll(async () => {
  vi.stubGlobal("window", { addEventListener: () => undefined });
  vi.stubGlobal("fetch", (url: string, init?: RequestInit) => {
    asked.push({ url, init });
    return Promise.resolve().then(() => answer(url));
  });
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  ({ caller } = await import("./caller.ts"));
});
afterEach(() => {
  asked.length = 0;
});

const results = (...data: unknown[]) => Response.json(data.map((one) => ({ result: { data: one } })));
const settled = async (calls: Promise<unknown>[]) => {
  const all = Promise.allSettled(calls);
  await vi.advanceTimersToNextTimerAsync();
  return all;
};

it("sends the queries of one tick together, ten at most, and each gets its own answer", async () => {
  answer = (url) => results(...Array.from({ length: url.split(",").length }, (_, index) => index));
  const all = await settled(Array.from({ length: 12 }, () => caller.query("keys.get", undefined)));
  expect(asked).toHaveLength(2);
  expect(asked[0]?.url).toMatch(/^\/trpc\/(keys\.get,){9}keys\.get\?batch=1&input=/);
  expect(all.map((one) => one.status === "fulfilled" && one.value)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]);
});

it("sends a change alone, at once, and one without input too", async () => {
  answer = () => results("done");
  await expect(caller.mutation("sync.all", undefined)).resolves.toBe("done");
  expect(asked).toEqual([
    { url: "/trpc/sync.all?batch=1", init: expect.objectContaining({ method: "POST", body: "{}" }) },
  ]);
});

it("gives one refusal to its own call, with what the server says", async () => {
  const error = { message: "There is no such key.", data: { code: "NOT_FOUND", request_id: "r1" } };
  answer = () => Response.json([{ result: { data: 1 } }, { error }], { status: 207 });
  const [one, other] = await settled([caller.query("keys.list", {}), caller.query("keys.get", { id: 1 })]);
  expect(one).toEqual({ status: "fulfilled", value: 1 });
  expect(other?.status === "rejected" && messageOf(other.reason)).toBe("There is no such key.");
});

it.each([
  ["a page of a proxy", () => new Response("<h1>Bad gateway</h1>", { status: 502 })],
  ["too few answers", () => Response.json([])],
  ["no answer at all", () => Promise.reject(new TypeError("Failed to fetch"))],
])("takes %s for a server that did not answer", async (_, given) => {
  answer = given;
  const all = await settled([caller.query("keys.list", {}), caller.query("jobs.list", undefined)]);
  for (const one of all) {
    expect(one.status).toBe("rejected");
    if (one.status !== "rejected") continue;
    expect(isPassing(one.reason)).toBe(true);
    expect(messageOf(one.reason)).toMatch(/^orwatch did not answer\./);
  }
});

it("asks for password and code again where the server wants them, and sends the change once more", async () => {
  const { setAsker } = await import("./confirm.ts");
  const refused = () => Response.json([{ error: { message: "again", data: { code: "REAUTHENTICATE" } } }]);
  let isConfirmed = false;
  answer = () => (isConfirmed ? results("added") : refused());
  await expect(caller.mutation("keys.add", {})).rejects.toThrow("again");
  setAsker((give) => give(false));
  await expect(caller.mutation("keys.add", {})).rejects.toThrow("again");
  expect(asked).toHaveLength(2);
  setAsker((give) => {
    isConfirmed = true;
    give(true);
  });
  await expect(caller.mutation("keys.add", { name: "k" })).resolves.toBe("added");
  expect(asked).toHaveLength(4);
  expect(asked[3]).toEqual(asked[2]);
  // Once is enough: what is refused again is refused.
  answer = refused;
  await expect(caller.mutation("keys.add", {})).rejects.toThrow("again");
  expect(asked).toHaveLength(6);
  setAsker(null);
});
