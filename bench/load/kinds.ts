/** One user of the load, as the file was filled for them. */
export interface Visitor {
  email: string;
  password: string;
  apiToken: string;
  address: string;
  keyIds: number[];
  models: string[];
}

export interface Ask {
  method: "GET" | "POST";
  path: string;
  body?: string;
  credential: "cookie" | "token" | "none";
}

export interface Kind {
  name: string;
  /** How often, relative to the others. */
  weight: number;
  /** Must meet the target for reads. */
  isRead: boolean;
  ask(visitor: Visitor, random: () => number): Ask;
}

const DAY_MS = 86_400_000;
export const dayBefore = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);

const pick = <T>(items: T[], random: () => number): T => items[Math.floor(random() * items.length)] as T;

const call = (procedure: string, input: object): Ask => ({
  method: "GET",
  path: `/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`,
  credential: "cookie",
});

const exported = (query: string): Ask => ({
  method: "GET",
  path: `/api/usage/export?end_date=${dayBefore(0)}&format=csv&${query}`,
  credential: "cookie",
});

export const LOG_IN: Kind = {
  name: "log in",
  weight: 0.3,
  isRead: false,
  ask: ({ email, password }) => ({
    method: "POST",
    path: "/trpc/auth.signIn",
    body: JSON.stringify({ email, password }),
    credential: "none",
  }),
};

/** What people and scripts do with the app, about as often as they do it. */
export const KINDS: Kind[] = [
  LOG_IN,
  {
    name: "page",
    weight: 1,
    isRead: true,
    ask: () => ({ method: "GET", path: "/dashboard", credential: "none" }),
  },
  { name: "dashboard", weight: 4, isRead: true, ask: () => call("stats.dashboard", { days: 30 }) },
  { name: "dashboard, a year", weight: 0.5, isRead: true, ask: () => call("stats.dashboard", { days: 365 }) },
  {
    name: "dashboard, filtered",
    weight: 3,
    isRead: true,
    ask: ({ keyIds, models }, random) =>
      call("stats.dashboard", {
        days: pick([7, 30, 90], random),
        ...(random() < 0.7 ? { api_key_id: [pick(keyIds, random), pick(keyIds, random)] } : {}),
        ...(random() < 0.5 ? { model: [pick(models, random)] } : {}),
      }),
  },
  {
    name: "statistics",
    weight: 2,
    isRead: true,
    ask: (_, random) =>
      call("stats.table", {
        start_date: dayBefore(pick([6, 29, 89], random)),
        end_date: dayBefore(0),
        group_by: pick([["day"], ["model"], ["key", "model"], ["day", "model"]], random),
      }),
  },
  { name: "keys", weight: 1, isRead: true, ask: () => call("keys.list", { skip: 0, limit: 20 }) },
  {
    name: "export, 30 days",
    weight: 0.3,
    isRead: false,
    ask: () => exported(`start_date=${dayBefore(29)}`),
  },
  {
    name: "export, a year",
    weight: 0.03,
    isRead: false,
    ask: () => exported(`start_date=${dayBefore(364)}`),
  },
  {
    name: "v1 stats",
    weight: 2,
    isRead: true,
    ask: () => ({ method: "GET", path: "/api/v1/stats", credential: "token" }),
  },
  {
    name: "v1 usage",
    weight: 2,
    isRead: true,
    ask: (_, random) => ({
      method: "GET",
      path: `/api/v1/usage?start_date=${dayBefore(29)}&end_date=${dayBefore(0)}&limit=100&page=${1 + Math.floor(random() * 5)}`,
      credential: "token",
    }),
  },
];
