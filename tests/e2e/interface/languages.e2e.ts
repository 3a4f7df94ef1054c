import { usd } from "@orwatch/openrouter-sim";
import { expect, test } from "@playwright/test";
import { keepSecret } from "../../support/server/suite-log.ts";
import { codeOf } from "../../support/users/totp.ts";
import { expectItalian } from "../support/italian.ts";
import { expectAccessible, listenToConsole, openRest, registerUser, signIn, syncKey } from "../support/person.ts";
import { dayAgo, openAccount, PASSWORD, type Product, startProduct } from "../support/product.ts";

let product: Product;
test.beforeAll(async () => {
  product = await startProduct();
});
test.afterAll(() => product.stop());

test.describe("Italian", () => {
  test.use({ locale: "it-IT", timezoneId: "Europe/Rome", reducedMotion: "reduce" });

  test("an Italian browser gets every page in Italian without English words", async ({ page }) => {
    const said = listenToConsole(page);
    const open = async (where: string, heading: string) => {
      await page.goto(`${product.url}${where}`);
      await expect(page.getByRole("heading", { name: heading }).first()).toBeVisible();
    };
    await open("/nowhere", "Pagina non trovata");
    await expectItalian(page);
    await open("/login", "Accedi");
    await page.getByRole("button", { name: "Accedi" }).click();
    await expect(page.getByText("E-mail: campo obbligatorio.")).toBeVisible();
    await expectItalian(page);
    await expectAccessible(page);
    await open("/register", "Registrati");
    await page.getByLabel("E-mail").fill("ada@example.com");
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await expectItalian(page);
    await page.getByLabel("Conferma password").fill(PASSWORD);
    await page.getByRole("button", { name: "Registrati" }).click();
    await expect(page.getByRole("heading", { name: "Configura orwatch" })).toBeVisible();
    await expectItalian(page);
    await open("/keys", "Ancora nessuna chiave");
    await expectItalian(page);
    await open("/tokens?issue=true", "Crea un token API");
    await page.getByRole("button", { name: "Crea token API" }).click();
    await expectItalian(page);
    await open("/explore", "Ancora nessuna chiave");
    await expectItalian(page);

    const rest = await openRest(product, "ada@example.com");
    const { app, batch, manager } = openAccount(product.sim);
    const { ledger } = product.sim;
    // More models than a chart shows by name, and usage of a key without a management key.
    const spent = { costNanos: usd("0.01"), requests: 1, promptTokens: 10, completionTokens: 1 };
    for (let index = 0; index < 8; index++) ledger.spendOnDay(dayAgo(1), app, `vendor/model-${index}`, spent);
    const lone = ledger.addKey(ledger.addAccount({ creditsNanos: usd("10") }).id, { name: "lone" });
    ledger.spendOnDay(dayAgo(0), lone, "vendor/model-0", { ...spent, costNanos: usd("5") });
    const { body } = await rest.post("/api/keys", { name: "Manager", key: manager.secret });
    await syncKey(rest, (await rest.post("/api/keys", { name: "Lone", key: lone.secret })).body.id);
    await rest.post("/api/keys", { name: "App", key: app.secret });
    await rest.post("/api/keys", { name: "Batch", key: batch.secret });
    await rest.post("/api/alerts/rules", { name: "Mese", kind: "spend", span: "month", amount: "0.000000001" });
    await syncKey(rest, body.id);
    await rest.post("/api/tokens", { name: "Billing" });

    await open("/dashboard?days=90", "Modelli più costosi");
    await expect(page.getByText(/^\d+,\d\d\s\$$/).first()).toBeVisible();
    for (const name of ["(altro)", "(non attribuito)"])
      await expect(page.getByRole("button", { name, exact: true })).toBeVisible();
    await expectItalian(page);
    await page.getByRole("button", { name: "Mostra come tabella" }).click();
    await page.getByRole("button", { name: "Personalizzato" }).click();
    await expect(page.getByLabel("Dal")).toBeVisible();
    await page.getByRole("button", { name: "Utente", exact: true }).click();
    await expect(page.getByRole("button", { name: "Esci" })).toBeVisible();
    await expectItalian(page);
    await expectAccessible(page);
    await open("/stats?group_by=%5B%22week%22%2C%22key%22%2C%22model%22%5D&sort=-cost&exclude_model=a/b", "Esplora");
    await page.getByRole("button", { name: "Filtro" }).click();
    await page.getByRole("searchbox").fill("deepseek");
    await expect(page.getByText("deepseek/deepseek-chat-v3.1").last()).toBeVisible();
    await expectItalian(page);
    // The open panel covers the table and makes links in it small.
    await page.keyboard.press("Escape");
    await expect(page.locator("main [aria-expanded=true]")).toHaveCount(0);
    // High enough for every row: a half-visible row would count as a small target.
    await page.setViewportSize({ width: 1280, height: 2400 });
    await expectAccessible(page);
    await open("/keys?add=true", "Aggiungi una chiave");
    await page.getByRole("button", { name: "Aggiungi chiave" }).click();
    await page.getByLabel("Nome").fill("Nessuna");
    await page.getByLabel("Chiave OpenRouter").fill(`sk-or-v1-${"0".repeat(64)}`);
    await page.keyboard.press("Enter");
    await expect(page.getByText("OpenRouter non accetta questa chiave.")).toBeVisible();
    await expectItalian(page);
    await expectAccessible(page);
    await open("/keys/2", "Quando spende");
    await expectItalian(page);
    await open("/keys", "Chiavi");
    await page.getByRole("button", { name: "Azioni per App" }).click();
    await expect(page.getByRole("menuitem", { name: "Elimina" })).toBeVisible();
    await expectItalian(page);
    await page.getByRole("menuitem", { name: "Elimina" }).click();
    await expect(page.getByRole("alertdialog", { name: "Eliminare App?" })).toBeVisible();
    await expectItalian(page);
    await open("/accounts", "Account OpenRouter");
    await expect(page.getByText("2 chiavi in 1 workspace")).toBeVisible();
    await expectItalian(page);
    await open("/tokens", "Come usare un token API");
    await expectItalian(page);
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("combobox", { name: "Scrivi un comando" })).toBeVisible();
    await expectItalian(page);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("combobox", { name: "Scrivi un comando" })).toBeHidden();
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "Scorciatoie da tastiera" })).toBeVisible();
    await expectItalian(page);
    for (const part of ["", "?part=settings", "?part=activity", "?invite=true"]) {
      await open(`/team${part}`, "Team");
      await expectItalian(page);
    }
    await open("/jobs", "Backup");
    await page.getByRole("button", { name: "Esegui ora “Backup”" }).click();
    await expect(page.getByRole("status").filter({ hasText: "1 backup conservato" })).toBeVisible();
    await expectItalian(page);
    await open("/alerts", "Avvisi");
    await expect(
      page.getByText(/^Spesa di tutte le chiavi di \w+ \d+: [\d.,]+\s\$, sopra la soglia di 0,000000001\s\$\.$/),
    ).toBeVisible();
    await expectItalian(page);
    await open("/unsubscribe?token=from-long-ago", "Annulla l’iscrizione al riepilogo settimanale");
    await page.getByRole("button", { name: "Annulla l’iscrizione" }).click();
    await expect(page.getByText("Questo link non è più valido")).toBeVisible();
    await expectItalian(page);
    await expectAccessible(page);
    await open("/alerts?part=rules&add=true", "Aggiungi una regola");
    await page.getByRole("button", { name: "Aggiungi regola" }).click();
    await expectItalian(page);
    await open("/alerts?part=channels&add=true", "Aggiungi un canale");
    await expectItalian(page);
    await open("/alerts?part=sent", "Ancora nessun invio");
    await expectItalian(page);
    await open("/alerts?part=forecast", "Come viene calcolata");
    await expectItalian(page);
    await open("/profile", "Profilo");
    await page.getByRole("button", { name: "Elimina utente…" }).click();
    await expect(page.getByRole("alertdialog")).toBeVisible();
    await expectItalian(page);
    await expectAccessible(page);
    // A missing page and rejected forms: Chromium logs their statuses.
    expect(said.filter((line) => !/status of 40\d/.test(line))).toEqual([]);
  });

  test("an Italian browser gets account security and user management in Italian", async ({ page }) => {
    // The first user is the administrator.
    for (const email of ["ada@example.com", "cy@example.com"]) {
      const data = { email, password: PASSWORD, password_confirm: PASSWORD };
      await page.request.post(`${product.url}/api/auth/register`, { data });
    }
    await page.goto(`${product.url}/login`);
    await page.getByLabel("E-mail").fill("ada@example.com");
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Accedi" }).click();
    await expect(page).toHaveURL(/dashboard/);
    await page.goto(`${product.url}/users`);
    await page.getByRole("button", { name: "Disattiva cy@example.com" }).click();
    await expect(page.getByRole("alertdialog", { name: "Disattivare cy@example.com?" })).toBeVisible();
    await expectItalian(page);
    await page.getByRole("alertdialog").getByRole("button", { name: "Disattiva" }).click();
    await expect(page.getByText("cy@example.com è stato disattivato.").first()).toBeVisible();
    await expectItalian(page);
    await expectAccessible(page);

    await page.goto(`${product.url}/profile`);
    const factor = page.getByRole("region", { name: "Autenticazione a due fattori" });
    await factor.getByRole("button", { name: "Attiva…" }).click();
    await page.getByRole("dialog").getByLabel("Password", { exact: true }).fill(PASSWORD);
    await expectItalian(page);
    await page.keyboard.press("Enter");
    const scan = page.getByRole("alertdialog", { name: "Attiva l’autenticazione a due fattori" });
    const secret = ((await scan.locator("code").textContent()) ?? "").replaceAll(" ", "");
    keepSecret(secret);
    await scan.getByRole("textbox").fill("000000");
    await page.keyboard.press("Enter");
    await expect(scan.getByRole("textbox")).toHaveAttribute("aria-invalid", "true");
    await expectItalian(page);
    await scan.getByRole("textbox").fill(codeOf(secret, new Date()));
    await page.keyboard.press("Enter");
    const saved = page.getByRole("alertdialog", { name: "I tuoi codici di recupero" });
    for (const code of await saved.getByRole("listitem").allTextContents()) keepSecret(code);
    await saved.getByRole("button", { name: "Li ho salvati" }).click();
    await expectItalian(page);
    await saved.getByRole("button", { name: "Li ho salvati" }).click();
    await expect(factor.getByText(/^Attiva d/)).toBeVisible();
    await expect(
      page.getByRole("region", { name: "Registro attività" }).getByText("Autenticazione a due fattori attivata"),
    ).toBeVisible();
    await expectItalian(page);
    await factor.getByRole("button", { name: "Disattiva…" }).click();
    await expect(page.getByText("Disattivare l’autenticazione a due fattori?")).toBeVisible();
    await expectItalian(page);
  });

  test("the name of a key is never translated, in the table or in its form", async ({ page }) => {
    const name = "Credits: OpenRouter took too long.";
    const data = { email: "eva@example.com", password: PASSWORD, password_confirm: PASSWORD };
    await page.request.post(`${product.url}/api/auth/register`, { data });
    const rest = await openRest(product, data.email);
    const { app } = openAccount(product.sim);
    await rest.post("/api/keys", { name, key: app.secret });
    await page.goto(`${product.url}/login`);
    await page.getByLabel("E-mail").fill(data.email);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Accedi" }).click();
    await expect(page).toHaveURL(/dashboard/);
    await page.goto(`${product.url}/keys`);
    await expect(page.getByRole("rowheader").getByText(name, { exact: true })).toBeVisible();
    await page.getByRole("button", { name: `Azioni per ${name}` }).click();
    await page.getByRole("menuitem", { name: "Modifica" }).click();
    await expect(page.getByRole("dialog", { name: `Modifica ${name}` }).getByLabel("Nome")).toHaveValue(name);
  });

  test("a selected language overrides the browser's", async ({ page }) => {
    await page.goto(`${product.url}/login`);
    await page.getByRole("button", { name: "English" }).click();
    await expect(page.getByRole("heading", { name: "Log in" })).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await registerUser(product, "grace@example.com");
    await signIn(page, product, "grace@example.com");
    await page.goto(`${product.url}/profile`);
    await page.getByText("Italiano", { exact: true }).click();
    await expect(page.getByRole("heading", { name: "Profilo" })).toBeVisible();
    await expect(page.getByRole("radio", { name: "Italiano" })).toBeChecked();
    await page.reload();
    await expect(page.getByRole("heading", { name: "Profilo" })).toBeVisible();
  });
});

test("switching the language keeps typed text and translates its errors", async ({ page }) => {
  // On its own server: registrations are limited per minute.
  const own = await startProduct();
  try {
    await page.goto(`${own.url}/register`);
    await page.getByLabel("Email").fill("ada.lovelace@example.com");
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByLabel("Confirm password").fill("Other-Horse-9");
    await page.getByRole("button", { name: "Sign up" }).click();
    await expect(page.getByText("The passwords do not match.")).toBeVisible();
    await page.getByRole("button", { name: "Italiano" }).click();
    await expect(page.getByText("Le password non coincidono.")).toBeVisible();
    await expect(page.getByLabel("E-mail")).toHaveValue("ada.lovelace@example.com");
    await expect(page.getByLabel("Password", { exact: true })).toHaveValue(PASSWORD);
    await page.getByLabel("Conferma password").fill(PASSWORD);
    await expect(page.getByText("Le password non coincidono.")).toBeHidden();
    await page.getByRole("button", { name: "Registrati" }).click();
    await expect(page).toHaveURL(/dashboard/);

    await page.goto(`${own.url}/profile`);
    await page.getByLabel("Password attuale").fill("Wrong-Horse-9");
    await page.getByLabel("Nuova password", { exact: true }).fill("Correct-Horse-10");
    await page.getByLabel("Conferma nuova password").fill("Correct-Horse-10");
    await page.getByRole("button", { name: "Cambia password" }).click();
    await expect(page.getByText("Password errata. Nulla è stato modificato.")).toBeVisible();
    await page.getByText("English", { exact: true }).click();
    await expect(page.getByText("Wrong password. Nothing was changed.")).toBeVisible();
    await expect(page.getByLabel("Current password")).toHaveValue("Wrong-Horse-9");
    await expect(page.getByLabel("New password", { exact: true })).toHaveValue("Correct-Horse-10");
  } finally {
    await own.stop();
  }
});

test("the login page of an English browser loads no other language", async ({ page }) => {
  const fetched: string[] = [];
  page.on("request", (request) => fetched.push(request.url()));
  await page.goto(`${product.url}/login`);
  await expect(page.getByRole("heading", { name: "Log in" })).toBeVisible();
  expect(fetched.filter((url) => /texts-/.test(url))).toEqual([]);
});
