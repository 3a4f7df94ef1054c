import type { inferRouterError, inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { expect, expectTypeOf, test } from "vitest";
import type { AppRouter as ServerRouter } from "../../apps/server/src/router.ts";
import type { Operations } from "../../packages/sdk/src/index.ts";
import type { AppRouter } from "../../packages/sdk/src/trpc/index.ts";
import { readDocument } from "../support/checks/document.ts";

type Inputs<Router extends ServerRouter | AppRouter> = inferRouterInputs<Router>["v1"];
type Outputs<Router extends ServerRouter | AppRouter> = inferRouterOutputs<Router>["v1"];

/** Every operation is here once: the compiler requires it. */
const OPERATIONS: Record<keyof Operations, true> = {
  addKey: true,
  alerts: true,
  breakdown: true,
  breakdowns: true,
  changes: true,
  credits: true,
  forecast: true,
  keys: true,
  models: true,
  projects: true,
  stats: true,
  sync: true,
  team: true,
  updateKey: true,
  usage: true,
  version: true,
};

test("types are those of the server's v1 router", () => {
  expectTypeOf<{ [Name in keyof Operations]: Operations[Name]["input"] }>().toEqualTypeOf<Inputs<ServerRouter>>();
  expectTypeOf<{ [Name in keyof Operations]: Operations[Name]["output"] }>().toEqualTypeOf<Outputs<ServerRouter>>();
  expectTypeOf<Inputs<AppRouter>>().toEqualTypeOf<Inputs<ServerRouter>>();
  expectTypeOf<Outputs<AppRouter>>().toEqualTypeOf<Outputs<ServerRouter>>();
  expectTypeOf<inferRouterError<AppRouter>["data"]>().toEqualTypeOf<inferRouterError<ServerRouter>["data"]>();
});

test("operations are those of the REST API under /api/v1", () => {
  const documented = Object.entries(readDocument().paths)
    .filter(([path]) => path.startsWith("/api/v1/") && !path.startsWith("/api/v1/usage/export"))
    .flatMap(([, item]) => Object.values(item).map(({ operationId }) => operationId));
  const ids = Object.keys(OPERATIONS).map((name) => `v1${name.charAt(0).toUpperCase()}${name.slice(1)}`);
  expect(ids.sort()).toEqual(documented.sort());
});
