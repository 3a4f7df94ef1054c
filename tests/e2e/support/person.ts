import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { keepSecret } from "../../support/server/suite-log.ts";
import { PASSWORD, type Product } from "./product.ts";

/** What a page has written to the console; a test ends by expecting nothing. */
export function listenToConsole(page: Page): string[] {
  const said: string[] = [];
  page.on("console", (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => said.push(String(error)));
  return said;
}

/** Registers a user. Registering by the form is tested in `auth`. */
export async function registerUser({ url }: Product, email: string) {
  const response = await fetch(`${url}/api/auth/register`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password: PASSWORD, password_confirm: PASSWORD }),
  });
  if (!response.ok) throw new Error(`could not register ${email}: ${await response.text()}`);
}

/** Logs a page in without opening one. Logging in by the form is tested in `auth`. */
export async function signIn(page: Page, { url }: Product, email: string, password = PASSWORD) {
  const response = await page.request.post(`${url}/trpc/auth.signIn`, { data: { email, password } });
  if (!response.ok()) throw new Error(`could not log in as ${email}: ${await response.text()}`);
  for (const { value } of await page.context().cookies()) keepSecret(value);
}

/** Logs a page in and opens the dashboard. */
export async function logIn(page: Page, product: Product, email: string, password = PASSWORD) {
  await signIn(page, product, email, password);
  await page.goto(`${product.url}/dashboard`);
}

/** Registers a user, logs the page in and opens the dashboard. */
export async function register(page: Page, product: Product, email: string) {
  await registerUser(product, email);
  await logIn(page, product, email);
}

/** Calls the REST API as a user, to prepare data for a test. */
export async function openRest(product: Product, email: string) {
  const send = async (method: string, where: string, body: unknown, credential = "") => {
    const response = await fetch(`${product.url}${where}`, {
      method,
      headers: { "content-type": "application/json", ...(credential ? { authorization: `Bearer ${credential}` } : {}) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, text, body: text ? JSON.parse(text) : null };
  };
  const answer = await send("POST", "/api/auth/login", { email, password: PASSWORD });
  const credential: string = answer.body.access_token;
  keepSecret(credential);
  return {
    get: (where: string) => send("GET", where, undefined, credential),
    post: (where: string, body: unknown) => send("POST", where, body, credential),
    put: (where: string, body: unknown) => send("PUT", where, body, credential),
    delete: (where: string) => send("DELETE", where, undefined, credential),
  };
}

const TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"];
/** The rules whose result depends on the theme; all others are the same in light and dark. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/** Waits for running animations, except endless ones. */
const countMoving = () =>
  document
    .getAnimations()
    .filter(({ playState, effect }) => playState === "running" && effect?.getComputedTiming().iterations !== Infinity)
    .length;

async function expectRules(
  page: Page,
  { within, ...runOnly }: { type: "tag" | "rule"; values: string[]; within?: string },
) {
  // Colours would be measured in the middle of a transition.
  await expect.poll(() => page.evaluate(countMoving), "things that move").toBe(0);
  const isThere = await page.evaluate(() => "axe" in globalThis);
  const axe = new AxeBuilder(isThere ? { page, axeSource: "0" } : { page });
  if (within) axe.include(within);
  const { violations } = await axe
    // Pages have no frames: without this every run opens an additional tab for them.
    .setLegacyMode()
    .options({ runOnly, resultTypes: ["violations"] })
    .analyze();
  const found = violations.map(({ id, nodes }) => ({
    id,
    nodes: nodes.map(({ html, any }) => ({ html, why: any.map(({ message }) => message) })),
  }));
  expect(found).toEqual([]);
}

/**
 * Checks the current state of a page, or a part of it where an overlay covers the rest. Takes about half a second: once per state is
 * enough.
 */
export const expectAccessible = (page: Page, within?: string) =>
  expectRules(page, { type: "tag", values: TAGS, ...(within ? { within } : {}) });

/** Checks light, dark and a phone without horizontal scrolling. Once per page: it takes three times as long. */
export async function expectAccessibleEverywhere(page: Page) {
  const before = page.viewportSize();
  for (const { colorScheme, width, height } of [
    { colorScheme: "light", width: 1360, height: 900 },
    { colorScheme: "dark", width: 1360, height: 900 },
    { colorScheme: "dark", width: 360, height: 740 },
  ] as const) {
    const isPhone = width < 600;
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width, height });
    await expect(page.locator("html")).toHaveAttribute("data-theme", colorScheme);
    if (colorScheme === "light" || isPhone) await expectAccessible(page);
    else await expectRules(page, { type: "rule", values: COLOUR_RULES });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, `${width} px wide`).toBeLessThanOrEqual(0);
  }
  if (before) await page.setViewportSize(before);
}

/** Waits until the history of every key that a management key has found is complete. */
export async function waitForHistory(rest: Awaited<ReturnType<typeof openRest>>) {
  await expect
    .poll(async () => {
      const { items } = (await rest.get("/api/accounts")).body;
      return items.every(
        ({ last_synced_at, backfill }: { last_synced_at: string | null; backfill: { done: number; total: number } }) =>
          last_synced_at !== null && backfill.done === backfill.total,
      );
    })
    .toBe(true);
}

/** Syncs a key and waits until every OpenRouter account has its whole history, so that figures no longer change by themselves. */
export async function syncKey(rest: Awaited<ReturnType<typeof openRest>>, id: number) {
  await rest.post(`/api/keys/${id}/sync`, {});
  await waitForHistory(rest);
}
