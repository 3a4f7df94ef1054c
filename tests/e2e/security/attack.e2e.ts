import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { usd } from "@orwatch/openrouter-sim";
import { expect, type Page, test } from "@playwright/test";
import { logIn, openRest, registerUser, signIn } from "../support/person.ts";
import { dayAgo, type Product, startProduct } from "../support/product.ts";

const EMAIL = "ada@example.com";
const TREE = path.resolve(import.meta.dirname, "../../../apps/web/src/routeTree.gen.ts");
const PAGES = [
  ...new Set([...readFileSync(TREE, "utf8").matchAll(/fullPath: '([^'$]+)'/g)].map(([, it]) => it ?? "/")),
];

/** Each tries another way to inject script; a successful one leaves `data-xss` in the page or runs. */
const PAYLOADS = [
  "<img src=x data-xss onerror=globalThis.xss=1>",
  '"><svg data-xss onload=globalThis.xss=1>',
  "<script data-xss>globalThis.xss=1</script>",
  "</title><b data-xss>",
  "javascript:globalThis.xss=1",
  "{{constructor.constructor('globalThis.xss=1')()}}",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is to be shown so
  "${globalThis.xss=1}",
  "</textarea><iframe data-xss srcdoc='<script>parent.xss=1</script>'>",
  "<a data-xss href=javascript:globalThis.xss=1>x</a>",
  "\u202e<style data-xss>*{display:none}</style>",
];

let product: Product;
test.beforeAll(async () => {
  product = await startProduct({ MAX_API_KEYS_PER_USER: "50", MAX_API_TOKENS_PER_USER: "50" });
  await registerUser(product, EMAIL);
});
test.afterAll(() => product.stop());

async function expectUnharmed(page: Page, where: string) {
  const seen = await page.evaluate(() => ({
    ran: (globalThis as { xss?: number }).xss ?? 0,
    elements: document.querySelectorAll("[data-xss]").length,
    links: [...document.querySelectorAll("a")].filter(({ href }) => /^javascript:/i.test(href)).length,
  }));
  expect(seen, where).toEqual({ ran: 0, elements: 0, links: 0 });
}

test("shows text from users and OpenRouter as text on every page", async ({ page }) => {
  test.setTimeout(120_000);
  const rest = await openRest(product, EMAIL);
  const account = product.sim.ledger.addAccount({ creditsNanos: usd("10") });
  const manager = product.sim.ledger.addManagementKey(account.id, { name: PAYLOADS[0] as string });
  const added = await rest.post("/api/keys", { name: PAYLOADS[1], key: manager.secret, description: PAYLOADS[2] });
  let tried = 3;
  const keys = PAYLOADS.slice(0, 3).map((name) => product.sim.ledger.addKey(account.id, { name }));
  for (const [index, payload] of PAYLOADS.entries()) {
    const key = keys[index % keys.length] as (typeof keys)[0];
    for (let day = 3; day >= 0; day--)
      product.sim.ledger.spendOnDay(dayAgo(day), key, `v/${payload}`, { costNanos: 1_000_000n * BigInt(index + 1) });
    const sent = [
      await rest.post("/api/tokens", { name: payload }),
      await rest.post("/api/alerts/rules", { name: payload, kind: "key_invalid" }),
    ];
    for (const { status, text } of sent) expect(status, text).toBe(201);
    tried += 3;
  }
  for (const [index, key] of keys.entries()) {
    const [name, description] = [PAYLOADS[index + 3], PAYLOADS[index + 6]];
    const made = await rest.post("/api/keys", { name, key: key.secret, description });
    expect(made.status, made.text).toBe(201);
    tried += 3;
  }
  for (const payload of PAYLOADS.slice(0, 3)) {
    const channel = await rest.post("/api/channels", {
      kind: "webhook",
      name: payload,
      url: "https://example.com/hook",
    });
    expect(channel.status, channel.text).toBe(201);
    tried += 1;
  }
  await rest.post(`/api/keys/${added.body.id}/sync`, {});
  const complaints: string[] = [];
  page.on("dialog", (dialog) => {
    complaints.push(dialog.message());
    void dialog.dismiss();
  });
  page.on("console", (message) => /Content Security Policy/.test(message.text()) && complaints.push(message.text()));
  await signIn(page, product, EMAIL);
  const pages = PAGES.filter((it) => !["/", "/login", "/register"].includes(it));
  const filters = PAYLOADS.slice(0, 3).map(
    (payload) => `/stats?model=${encodeURIComponent(JSON.stringify([payload]))}`,
  );
  for (const where of [...pages, ...filters, `/login?redirect=${encodeURIComponent("javascript:globalThis.xss=1")}`]) {
    await page.goto(`${product.url}${where}`);
    await page.waitForLoadState("networkidle");
    await expectUnharmed(page, where);
  }
  await page.goto(`${product.url}/keys`);
  await expect(page.getByText(PAYLOADS[1] as string).first(), "it is shown as it was typed").toBeVisible();
  await page.goto(`${product.url}/${encodeURIComponent(PAYLOADS[0] as string)}`);
  await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
  await expectUnharmed(page, "404");
  expect(complaints).toEqual([]);
  process.stdout.write(`scripts: ${tried} texts on ${pages.length + filters.length + 2} pages\n`);
});

test("a page of another origin cannot act with the visitor's cookie", async ({ page }) => {
  await logIn(page, product, EMAIL);
  const rest = await openRest(product, EMAIL);
  const before = await Promise.all(["/api/tokens", "/api/keys?limit=100"].map((where) => rest.get(where)));
  // Same site, other port: SameSite sends the cookie, so only the server can reject the request.
  const evil = createServer((_req, res) => res.setHeader("Content-Type", "text/html").end("<h1>Win a prize</h1>"));
  await new Promise<void>((resolve) => evil.listen(0, "127.0.0.1", resolve));
  await page.goto(`http://127.0.0.1:${(evil.address() as AddressInfo).port}/`);
  const sent = await page.evaluate(async (target) => {
    const outcomes: string[] = [];
    const answered: Promise<unknown>[] = [];
    const answer = (element: Element) =>
      answered.push(
        new Promise((resolve) => {
          for (const type of ["load", "error"]) element.addEventListener(type, resolve);
        }),
      );
    const calls: [string, object][] = [
      ["tokens.issue", { name: "stolen" }],
      ["keys.delete", { id: 1 }],
      ["auth.endAllSessions", {}],
      ["auth.logout", {}],
    ];
    for (const [name, input] of calls)
      for (const type of ["application/json", "text/plain", "application/x-www-form-urlencoded"])
        for (const mode of ["no-cors", "cors"] as const) {
          const init = { method: "POST", mode, credentials: "include" as const, headers: { "content-type": type } };
          await fetch(`${target}/trpc/${name}`, { ...init, body: JSON.stringify(input) }).then(
            ({ type: kind, status }) => outcomes.push(`${kind} ${status}`),
            () => outcomes.push("blocked"),
          );
        }
    for (const [name, input] of calls) {
      const frame = document.createElement("iframe");
      frame.name = name;
      const form = document.createElement("form");
      form.method = "POST";
      form.action = `${target}/trpc/${name}`;
      form.enctype = "text/plain";
      form.target = name;
      const field = document.createElement("input");
      field.name = `${JSON.stringify(input).slice(0, -1)}${Object.keys(input).length ? "," : ""}"x":"`;
      field.value = '"}';
      form.append(field);
      document.body.append(frame, form);
      answer(frame);
      form.submit();
      const image = document.createElement("img");
      answer(image);
      image.src = `${target}/trpc/${name}?input=${encodeURIComponent(JSON.stringify(input))}`;
      document.body.append(image);
      outcomes.push("form", "image");
    }
    await Promise.all(answered);
    const read = await fetch(`${target}/trpc/auth.me?input=%7B%7D`, { credentials: "include" }).then(
      () => "read",
      () => "unreadable",
    );
    return { outcomes, read };
  }, product.url);
  expect(sent.outcomes.length).toBeGreaterThan(30);
  expect(sent.outcomes.filter((it) => it.startsWith("cors"))).toEqual([]);
  expect(sent.read).toBe("unreadable");
  const after = await Promise.all(["/api/tokens", "/api/keys?limit=100"].map((where) => rest.get(where)));
  expect(after.map(({ body }) => body)).toEqual(before.map(({ body }) => body));
  await page.goto(`${product.url}/dashboard`);
  await expect(page, "the session lives on").toHaveURL(/dashboard/);
  evil.close();
});
