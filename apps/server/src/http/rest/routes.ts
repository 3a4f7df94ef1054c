import type { IncomingMessage, ServerResponse } from "node:http";
import type { Issue } from "../../rpc/validation-issues.ts";
import type { Arrival } from "../context.ts";
import { type Fields, NOT_A_NUMBER, type Query } from "./input.ts";

/** An operation that streams its response, which a procedure cannot. */
export interface StreamRoute {
  path: `/${string}`;
  fields: Fields;
  credential: "session" | "apiToken";
  handle(input: {
    req: IncomingMessage;
    res: ServerResponse;
    arrival: Arrival;
    query: Query;
    issues: Issue[];
  }): Promise<void>;
}

export interface Route {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Name of the procedure, such as `keys.list`; empty for a stream. */
  procedure: string;
  /** As in the document: `/keys/{id}`. */
  path: string;
  /** Parameters of the operation that are not in its path. */
  fields: Fields;
  /** Path parameters that are numbers. */
  numbers: Set<string>;
  /** Required kind of credential; `null` if none. */
  credential: "session" | "apiToken" | null;
  /** Status of success. */
  status?: number;
  revalidates?: "data" | "day" | null;
  /** Takes an Idempotency-Key. */
  isIdempotent?: boolean;
  stream?: StreamRoute["handle"];
}

interface Found {
  /** As in the document: `/keys/{id}`. */
  template: string;
  routes: Map<string, Route>;
  /** Methods, as in an Allow header. */
  allowed: string[];
  parameters: Record<string, string>;
  /** The path parameters as input of a procedure. A text in place of a number is replaced by one that the schema rejects. */
  pathInput(route: Route): Record<string, string>;
}

/** Finds routes by path, case-sensitively. */
export function createRoutes(all: Route[]) {
  const byPath = group(all);
  const places = [...byPath].map(([template, list]) => {
    const routes = new Map(list.map((route) => [route.method as string, route]));
    const allowed = [...routes.keys(), ...(routes.has("GET") ? ["HEAD"] : []), "OPTIONS"];
    const pattern = new RegExp(`^${template.replace(/\{(.+?)\}/g, "(?<$1>[^/]+)")}$`);
    return { template, routes, pattern, allowed };
  });
  const exact = new Map(
    places.filter(({ template }) => !template.includes("{")).map((place) => [place.template, place]),
  );
  const patterned = places.filter(({ template }) => template.includes("{"));
  return {
    find(path: string): Found | null {
      const fixed = exact.get(path);
      if (fixed) return { ...fixed, parameters: {}, pathInput: () => ({}) };
      for (const place of patterned) {
        const match = place.pattern.exec(path);
        if (!match) continue;
        const parameters = { ...match.groups };
        const pathInput = (route: Route) =>
          Object.fromEntries(
            Object.entries(parameters).map(([name, text]) => [
              name,
              route.numbers.has(name) && !/^\d{1,16}$/.test(text) ? NOT_A_NUMBER : text,
            ]),
          );
        return { ...place, parameters, pathInput };
      }
      return null;
    },
  };
}

function group(all: Route[]): Map<string, Route[]> {
  const byPath = new Map<string, Route[]>();
  for (const route of all) byPath.set(route.path, [...(byPath.get(route.path) ?? []), route]);
  return byPath;
}
