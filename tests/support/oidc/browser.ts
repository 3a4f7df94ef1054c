import { keepSecret } from "../server/suite-log.ts";

interface Body {
  result?: { data?: unknown };
  error?: { data: unknown };
}

const dataOf = (body: Body) => (body.result ? body.result.data : body.error?.data);

interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the output of any procedure
  body: any;
}

interface Visit {
  purpose?: "login" | "connect" | "confirm";
  redirect?: string;
  setup_code?: string;
  invitation?: string;
}

/** A browser as the server sees it: it keeps cookies and follows the way to the provider and back. */
export function openBrowser(base: () => string, headers: Record<string, string> = {}) {
  const jar = new Map<string, string>();
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  const keep = (response: Response) => {
    for (const line of response.headers.getSetCookie()) {
      const [pair = "", ...attributes] = line.split("; ");
      const name = pair.slice(0, pair.indexOf("="));
      const value = pair.slice(pair.indexOf("=") + 1);
      if (attributes.some((text) => text === "Max-Age=0") || value === "") jar.delete(name);
      else jar.set(name, value);
      if (value !== "") keepSecret(value);
    }
    return response;
  };
  const get = async (url: string) =>
    keep(await fetch(url, { headers: { ...headers, cookie: cookie() }, redirect: "manual" }));

  const browser = {
    jar,
    get,
    async call(procedure: string, input: unknown = {}): Promise<Answer> {
      const response = keep(
        await fetch(`${base()}/trpc/${procedure}`, {
          method: "POST",
          headers: { "content-type": "application/json", ...headers, cookie: cookie() },
          body: JSON.stringify(input),
        }),
      );
      return { status: response.status, body: dataOf((await response.json()) as Body) };
    },
    async query(procedure: string, input: unknown = {}): Promise<Answer> {
      const response = await get(`${base()}/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`);
      return { status: response.status, body: dataOf((await response.json()) as Body) };
    },
    /** Goes to the provider, and returns the query that it sends back. */
    async visit(visit: Visit = {}): Promise<string> {
      const begun = await browser.call("oidc.begin", { purpose: "login", ...visit });
      if (begun.status !== 200) throw new Error(JSON.stringify(begun.body));
      const response = await fetch(begun.body.url, { redirect: "manual" });
      return new URL(response.headers.get("location") ?? "").search;
    },
    /** Comes back from the provider. Returns the path to which the server redirects. */
    async comeBack(query: string): Promise<string> {
      const response = await get(`${base()}/auth/oidc/callback${query}`);
      if (response.status !== 303) throw new Error(`${response.status} ${await response.text()}`);
      return response.headers.get("location") ?? "";
    },
    /** The whole way. */
    async signIn(visit: Visit = {}): Promise<string> {
      return browser.comeBack(await browser.visit(visit));
    },
    /** Email of the user who is signed in; `null` if there is none. */
    async user(): Promise<string | null> {
      const { status, body } = await browser.query("auth.me");
      return status === 200 ? body.email : null;
    },
  };
  return browser;
}

export type TestBrowser = ReturnType<typeof openBrowser>;
