import { beforeEach, describe, expect, test, vi } from "vitest";

const load = async () => ({
  ...(await import("../api/team.ts")),
  ...(await import("./team-search.ts")),
});

const userIn = (id: number, count: number) => ({ team: { id }, teams: Array.from({ length: count }) });

let assign: ReturnType<typeof vi.fn>;
beforeEach(() => {
  assign = vi.fn();
  vi.resetModules();
  vi.stubGlobal("window", { location: { assign } });
});

test.each([
  [{}, {}],
  [{ team: 7 }, { team: 7 }],
  [{ team: "7" }, { team: 0 }],
  [{ team: -1 }, { team: 0 }],
  [{ team: [7] }, { team: 0 }],
  [{ team: null }, { team: 0 }],
])("reads %j as %j, so that an invalid team is no other team", async (search, expected) => {
  const { teamSearch } = await load();
  expect(teamSearch(search)).toEqual(expected);
});

describe("the team of a page", () => {
  const follow = async (search: object) => {
    const { keepTeam } = await load();
    return keepTeam({ search: {}, next: () => search });
  };

  test("is the one of its address, in every request and link", async () => {
    const { takeTeam, teamHeader } = await load();
    expect(teamHeader()).toEqual({});
    expect(takeTeam(7, "/keys?team=7")).toBeUndefined();
    expect(teamHeader()).toEqual({ "x-team-id": "7" });
    expect(await follow({ days: 7 })).toEqual({ days: 7, team: 7 });
    expect(await follow({ team: 8 })).toEqual({ team: 8 });
  });

  test("stays the one that the server has taken if the address has none", async () => {
    const { stayInTeam, takeTeam, teamHeader } = await load();
    takeTeam(undefined, "/keys");
    stayInTeam(userIn(3, 1));
    expect(teamHeader()).toEqual({ "x-team-id": "3" });
    expect(await follow({})).toEqual({});
    stayInTeam(userIn(3, 2));
    expect(await follow({})).toEqual({ team: 3 });
  });

  test("never changes: another team is another page", async () => {
    const { takeTeam, teamHeader } = await load();
    takeTeam(7, "/keys?team=7");
    expect(takeTeam(7, "/alerts?team=7")).toBeUndefined();
    expect(takeTeam(8, "/keys?team=8")).toBeInstanceOf(Promise);
    expect(assign).toHaveBeenCalledExactlyOnceWith("/keys?team=8");
    expect(teamHeader()).toEqual({ "x-team-id": "7" });
  });

  test("is forgotten before another user logs in", async () => {
    const { forgetTeam, takeTeam, teamHeader } = await load();
    takeTeam(7, "/keys?team=7");
    forgetTeam();
    expect(teamHeader()).toEqual({});
    expect(await follow({})).toEqual({});
  });
});

test.each([
  ["/keys/12", "/keys?team=7"],
  ["/alerts", "/alerts?team=7"],
  ["/", "/dashboard?team=7"],
])("the switch from %s leads to %s", async (pathname, expected) => {
  const { pageInTeam } = await load();
  expect(pageInTeam(pathname, 7)).toBe(expected);
});
