import type { IncomingMessage, ServerResponse } from "node:http";
import type { Issue } from "../../rpc/validation-issues.ts";
import type { Arrival } from "../context.ts";
import type { Fields, Query } from "./input.ts";

/** An operation that answers with a stream, which no procedure can. */
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
  /** As in the document: `/keys/{id}`. */
  path: string;
  /** What the operation takes beside its path. */
  fields: Fields;
  /** Parts of the path that are numbers. */
  numbers: Set<string>;
  /** Whose credential it needs; `null`: anybody's. */
  credential: "session" | "apiToken" | null;
  /** Status of success. */
  status?: number;
  revalidates?: "data" | "day" | null;
  stream?: StreamRoute["handle"];
}

interface Found {
  /** As in the document: `/keys/{id}`. */
  template: string;
  routes: Map<string, Route>;
  /** Value of an Allow header. */
  allow: string;
  parameters: Record<string, string>;
  /** The address with what is no number where one is due replaced by something the schema refuses. */
  url(route: Route): string;
}

/** Finds routes by path, case and all. */
export function createRoutes(all: Route[]) {
  const byPath = group(all);
  const places = [...byPath].map(([template, list]) => {
    const routes = new Map(list.map((route) => [route.method as string, route]));
    const methods = [...routes.keys(), ...(routes.has("GET") ? ["HEAD"] : []), "OPTIONS"];
    const pattern = new RegExp(`^${template.replace(/\{(.+?)\}/g, "(?<$1>[^/]+)")}$`);
    return { template, routes, pattern, allow: methods.join(", ") };
  });
  const exact = new Map(
    places.filter(({ template }) => !template.includes("{")).map((place) => [place.template, place]),
  );
  const patterned = places.filter(({ template }) => template.includes("{"));
  return {
    find(path: string): Found | null {
      const fixed = exact.get(path);
      if (fixed) return { ...fixed, parameters: {}, url: () => path };
      for (const place of patterned) {
        const match = place.pattern.exec(path);
        if (!match) continue;
        const parameters = { ...match.groups };
        const url = (route: Route) => {
          const segmentOf = (name: string) => {
            const text = parameters[name] ?? "";
            return route.numbers.has(name) && !/^\d{1,16}$/.test(text) ? "x" : encodeURIComponent(text);
          };
          return place.template.replace(/\{(.+?)\}/g, (_, name: string) => segmentOf(name));
        };
        return { ...place, parameters, url };
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
