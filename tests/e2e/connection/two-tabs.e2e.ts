import { usd } from "@orwatch/openrouter-sim";
import { expect, type Page, test } from "@playwright/test";
import { openRest, registerUser, signIn } from "../support/person.ts";
import { type Product, startProduct } from "../support/product.ts";

const EMAIL = "ada@example.com";

let product: Product;
let rest: Awaited<ReturnType<typeof openRest>>;
test.beforeAll(async () => {
  product = await startProduct({ ALLOW_PRIVATE_WEBHOOKS: "127.0.0.0/8" });
  await registerUser(product, EMAIL);
  rest = await openRest(product, EMAIL);
});
test.afterAll(() => product.stop());

/** Opens the same page in two tabs of one browser. */
async function openTwice(page: Page, where: string) {
  await signIn(page, product, EMAIL);
  const other = await page.context().newPage();
  for (const tab of [page, other]) await tab.goto(`${product.url}${where}`);
  return other;
}

/** Opens the editor of `name` from the menu of its row. */
async function edit(tab: Page, name: string) {
  await tab.getByRole("button", { name: `Actions for ${name}` }).click();
  await tab.getByRole("menuitem", { name: "Edit" }).click();
  return tab.getByRole("dialog");
}

async function save(tab: Page) {
  await tab.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(tab.getByRole("dialog")).toHaveCount(0);
}

test("two tabs change different fields of one key: both are kept, and unchanged fields are not sent", async ({
  page,
}) => {
  const { ledger } = product.sim;
  const key = ledger.addKey(ledger.addAccount({ creditsNanos: usd("10") }).id, { name: "App" });
  await rest.post("/api/keys", { name: "App", key: key.secret });
  const other = await openTwice(page, "/keys");
  const forms = [await edit(page, "App"), await edit(other, "App")] as const;
  await forms[0].getByLabel("Name").fill("Renamed");
  await save(page);
  await forms[1].getByLabel("Description").fill("What it is for");
  await save(other);
  expect((await rest.get("/api/keys")).body.items).toMatchObject([{ name: "Renamed", description: "What it is for" }]);

  const sent: string[] = [];
  other.on("request", (request) => sent.push(request.url()));
  await edit(other, "Renamed");
  await save(other);
  expect(sent.filter((url) => url.includes("keys.update"))).toEqual([]);
});

test("two tabs change different fields of a rule, a channel and the quiet hours: all are kept", async ({ page }) => {
  const rule = await rest.post("/api/alerts/rules", { name: "Much", kind: "spend", span: "day", amount: "5.00" });
  expect(rule.status).toBe(201);
  const other = await openTwice(page, "/alerts?part=rules");
  const rules = [await edit(page, "Much"), await edit(other, "Much")] as const;
  await rules[0].getByLabel("Name").fill("Too much");
  await save(page);
  await rules[1].getByLabel("Amount (USD)").fill("7.00");
  await save(other);
  const { body: listed } = await rest.get("/api/alerts/rules");
  expect(listed.items).toContainEqual(expect.objectContaining({ name: "Too much", amount: "7.00" }));

  await page.getByText("From – to").click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Settings saved.", { exact: true })).toBeVisible();
  const most = other.getByLabel(/Daily message limit/);
  await most.fill("7");
  await other.getByRole("button", { name: "Save" }).click();
  await expect(other.getByText("Settings saved.", { exact: true })).toBeVisible();
  // Shows what the other tab has saved.
  await expect(other.getByRole("radio", { name: "From – to" })).toBeChecked();
  expect((await rest.get("/api/alerts/settings")).body).toMatchObject({
    quiet_from: "22:00",
    quiet_to: "07:00",
    max_per_day: 7,
  });

  const hook = await rest.post("/api/channels", { kind: "webhook", name: "Hook", url: `${product.sim.url}/hook` });
  expect(hook.status).toBe(201);
  for (const tab of [page, other]) await tab.goto(`${product.url}/alerts?part=channels`);
  const channels = [await edit(page, "Hook"), await edit(other, "Hook")] as const;
  await channels[0].getByLabel("Name").fill("Renamed hook");
  await save(page);
  await channels[1].getByLabel("Language of messages").selectOption("it");
  await save(other);
  expect((await rest.get("/api/channels")).body.items).toMatchObject([{ name: "Renamed hook", language: "it" }]);
});
