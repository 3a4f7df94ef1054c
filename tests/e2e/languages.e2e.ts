import { expect, type Page, test } from "@playwright/test";
import { en as alerts } from "../../apps/web/src/lib/text/alerts.ts";
import { en as channels } from "../../apps/web/src/lib/text/channels.ts";
import { en as forecast } from "../../apps/web/src/lib/text/forecast.ts";
import { texts as italian } from "../../apps/web/src/lib/text/it/texts.ts";
import { en as jobs } from "../../apps/web/src/lib/text/jobs.ts";
import { en as keys } from "../../apps/web/src/lib/text/keys.ts";
import { en as palette } from "../../apps/web/src/lib/text/palette.ts";
import { en as profile } from "../../apps/web/src/lib/text/profile.ts";
import { en as stats } from "../../apps/web/src/lib/text/stats.ts";
import { en as tokens } from "../../apps/web/src/lib/text/tokens.ts";
import { en as usage } from "../../apps/web/src/lib/text/usage.ts";
import { en as shared } from "../../apps/web/src/lib/text.ts";
import { expectAccessible, listenToConsole, openRest, register } from "./person.ts";
import { openAccount, PASSWORD, type Product, startProduct } from "./product.ts";

let product: Product;
test.beforeAll(async () => {
  product = await startProduct();
});
test.afterAll(() => product.stop());

const english = { shared, usage, keys, stats, tokens, profile, jobs, palette, alerts, channels, forecast };

/** Stands for any value within a text; no language has it. */
const ANY = "¤";
type Text = (...values: unknown[]) => string;
const pattern = (text: string) =>
  new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/¤|NaN/g, ".+")}$`);

/** Every text that the two languages say in different words, as a pattern of the English one. */
function* englishOnly(left: unknown, right: unknown): Generator<RegExp> {
  const say = (text: unknown) =>
    typeof text === "function" ? (text as Text)(...Array.from({ length: text.length }, () => ANY)) : text;
  const [one, other] = [say(left), say(right)];
  if (typeof one === "string") {
    // What passes on a sentence of the server has none of its own.
    if (one !== other && one !== ANY) yield pattern(one);
    return;
  }
  if (one === undefined) return;
  for (const [name, value] of Object.entries(left as object))
    if (name !== "formats") yield* englishOnly(value, (right as Record<string, unknown>)[name]);
}
const ENGLISH = [...englishOnly(english, italian)];

/** Words that stand in nearly every English sentence and in no Italian one. */
const WORDS = /\b(the|of|and|this|that|is|are|was|were|not|with|your|you|from|for|has|have|by|will|at|on|yet|to)\b/i;

/** Everything a page says, to eyes and to screen readers; code and the names of languages speak for themselves. */
const readPage = (page: Page) =>
  page.evaluate(() => {
    const said: string[] = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node instanceof Element ? node : node.parentElement;
      if (!element || element.closest("code, pre, script, style, noscript, [lang]:not(html)")) continue;
      if (node instanceof Element)
        for (const name of ["aria-label", "title", "placeholder", "alt", "aria-description"])
          said.push(node.getAttribute(name) ?? "");
      else said.push(node.textContent ?? "");
    }
    return [...new Set(said.map((text) => text.trim()).filter(Boolean))];
  });

async function expectItalian(page: Page) {
  await expect(page.locator("html")).toHaveAttribute("lang", "it");
  const left = (await readPage(page)).filter(
    (text) => text !== "English" && (ENGLISH.some((one) => one.test(text)) || WORDS.test(text)),
  );
  expect(left, page.url()).toEqual([]);
}

test.describe("a browser that asks for Italian", () => {
  test.use({ locale: "it-IT", timezoneId: "Europe/Rome", reducedMotion: "reduce" });

  test("gets every page in Italian, and not a word of English", async ({ page }) => {
    const said = listenToConsole(page);
    const open = async (where: string, heading: string) => {
      await page.goto(`${product.url}${where}`);
      await expect(page.getByRole("heading", { name: heading }).first()).toBeVisible();
    };
    await open("/nowhere", "Questa pagina non esiste");
    await expectItalian(page);
    await open("/login", "Accedi");
    await page.getByRole("button", { name: "Accedi" }).click();
    await expect(page.getByText("Manca: E-mail.")).toBeVisible();
    await expectItalian(page);
    await expectAccessible(page);
    await open("/register", "Registrati");
    await page.getByLabel("E-mail").fill("ada@example.com");
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await expectItalian(page);
    await page.getByLabel("Ripeti la password").fill(PASSWORD);
    await page.getByRole("button", { name: "Crea account" }).click();
    await expect(page.getByRole("heading", { name: "Tre passi per i tuoi numeri" })).toBeVisible();
    await expectItalian(page);
    await open("/keys", "Ancora nessuna chiave");
    await expectItalian(page);
    await open("/tokens?issue=true", "Crea un token API");
    await page.getByRole("button", { name: "Crea token" }).click();
    await expectItalian(page);
    await open("/stats", "Nessun dato per questi giorni");
    await expectItalian(page);

    const rest = await openRest(product, "ada@example.com");
    const { app, batch, manager } = openAccount(product.sim);
    const { body } = await rest.post("/api/keys", { name: "Manager", key: manager.secret });
    await rest.post("/api/keys", { name: "App", key: app.secret });
    await rest.post("/api/keys", { name: "Batch", key: batch.secret });
    await rest.post(`/api/keys/${body.id}/sync`, {});
    await rest.post("/api/tokens", { name: "Billing" });

    await open("/dashboard?days=90", "Modelli principali");
    await expect(page.getByText(/^\d+,\d\d \$$/).first()).toBeVisible();
    await expectItalian(page);
    await page.getByRole("button", { name: "Mostra come tabella" }).click();
    await page.getByRole("button", { name: "Altro" }).click();
    await expect(page.getByLabel("Dal")).toBeVisible();
    await page.getByRole("button", { name: "Account" }).click();
    await expect(page.getByRole("button", { name: "Esci" })).toBeVisible();
    await expectItalian(page);
    await expectAccessible(page);
    await open(
      "/stats?group_by=%5B%22week%22%2C%22key%22%2C%22model%22%5D&sort=-cost&exclude_model=a/b",
      "Statistiche",
    );
    await page.getByRole("button", { name: "Modelli" }).click();
    await expect(page.getByText("deepseek/deepseek-chat-v3.1").last()).toBeVisible();
    await expectItalian(page);
    // The open panel lies over the table and makes links in it small.
    await page.keyboard.press("Escape");
    await expectAccessible(page);
    await open("/keys?add=true", "Aggiungi una chiave");
    await page.getByRole("button", { name: "Aggiungi chiave" }).click();
    await page.getByLabel("Nome").fill("Nessuna");
    await page.getByLabel("Chiave OpenRouter").fill(`sk-or-v1-${"0".repeat(64)}`);
    await page.keyboard.press("Enter");
    await expect(page.getByText("OpenRouter non accetta questa chiave.")).toBeVisible();
    await expectItalian(page);
    await expectAccessible(page);
    await open("/keys", "Chiavi");
    await page.getByRole("button", { name: "Azioni per App" }).click();
    await expect(page.getByRole("menuitem", { name: "Elimina" })).toBeVisible();
    await expectItalian(page);
    await page.getByRole("menuitem", { name: "Elimina" }).click();
    await expect(page.getByRole("alertdialog", { name: "Eliminare App?" })).toBeVisible();
    await expectItalian(page);
    await open("/tokens", "Come usarne uno");
    await expectItalian(page);
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("combobox", { name: "Scrivi un comando" })).toBeVisible();
    await expectItalian(page);
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "Scorciatoie da tastiera" })).toBeVisible();
    await expectItalian(page);
    await open("/jobs", "Copia di sicurezza");
    await page.getByRole("button", { name: "Esegui ora «Copia di sicurezza»" }).click();
    await expect(page.getByRole("status").filter({ hasText: "1 copia conservata" })).toBeVisible();
    await expectItalian(page);
    await open("/alerts", "Avvisi");
    await expectItalian(page);
    await open("/alerts?part=rules&add=true", "Aggiungi una regola");
    await page.getByRole("button", { name: "Aggiungi regola" }).click();
    await expectItalian(page);
    await open("/alerts?part=channels&add=true", "Aggiungi un canale");
    await expectItalian(page);
    await open("/alerts?part=sent", "Non è stato ancora inviato nulla");
    await expectItalian(page);
    await open("/alerts?part=forecast", "Come si calcola");
    await expectItalian(page);
    await open("/profile", "Profilo");
    await page.getByRole("button", { name: "Elimina l’account…" }).click();
    await expectItalian(page);
    await expectAccessible(page);
    // A page that is not there, refused forms: Chromium lists the statuses.
    expect(said.filter((line) => !/status of 40\d/.test(line))).toEqual([]);
  });

  test("keeps the language that was chosen here, whatever it asks for", async ({ page }) => {
    await page.goto(`${product.url}/login`);
    await page.getByRole("button", { name: "English" }).click();
    await expect(page.getByRole("heading", { name: "Log in" })).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await register(page, product, "grace@example.com");
    await page.goto(`${product.url}/profile`);
    await page.getByText("Italiano", { exact: true }).click();
    await expect(page.getByRole("heading", { name: "Profilo" })).toBeVisible();
    await expect(page.getByRole("radio", { name: "Italiano" })).toBeChecked();
    await page.reload();
    await expect(page.getByRole("heading", { name: "Profilo" })).toBeVisible();
  });
});

test("the log-in of an English browser fetches no other language", async ({ page }) => {
  const fetched: string[] = [];
  page.on("request", (request) => fetched.push(request.url()));
  await page.goto(`${product.url}/login`);
  await expect(page.getByRole("heading", { name: "Log in" })).toBeVisible();
  expect(fetched.filter((url) => /texts-/.test(url))).toEqual([]);
});
