import { expect, test } from "vitest";
import { LOADERS } from "./compiled/loaders.js";
import { createI18n } from "./i18n.ts";

const textOf = (i18n: ReturnType<typeof createI18n>, code: string) =>
  (i18n.getState().catalog[code] as ((args: object) => string) | undefined)?.({});

test("a part of a catalog is loaded once, on request", async () => {
  const i18n = createI18n({ language: "en" });
  let changes = 0;
  i18n.subscribe(() => {
    changes += 1;
  });
  expect(textOf(i18n, "openrouter_unreachable")).toBeUndefined();
  await i18n.load("common", "keys");
  expect(textOf(i18n, "openrouter_unreachable")).toBe("OpenRouter cannot be reached.");
  expect(textOf(i18n, "mail_failed")).toBeUndefined();
  await i18n.load("keys");
  expect(changes).toBe(1);
});

test("loading texts of the web app keeps the messages of the server as they are", async () => {
  const i18n = createI18n({ language: "en" });
  await i18n.load("web/common", "keys");
  const { catalog, texts } = i18n.getState();
  await i18n.load("web/palette");
  expect(i18n.getState().catalog).toBe(catalog);
  expect(i18n.getState().texts.common).toBe(texts.common);
  expect(i18n.getState().texts.palette).toBeDefined();
});

test("changing the language reloads loaded parts and notifies subscribers", async () => {
  const i18n = createI18n({ language: "en" });
  await i18n.load("keys");
  const states = [i18n.getState()];
  const end = i18n.subscribe(() => states.push(i18n.getState()));
  await i18n.setLanguage("it");
  expect(i18n.getState().language).toBe("it");
  expect(textOf(i18n, "openrouter_unreachable")).toBe("OpenRouter non è raggiungibile.");
  await i18n.load("jobs");
  expect(textOf(i18n, "backup_database_missing")).toBe("Il file del database non esiste.");
  end();
  await i18n.setLanguage("en");
  expect(states.map(({ language }) => language)).toEqual(["en", "it", "it"]);
  expect(new Set(states).size).toBe(3);
});

test("the last requested language wins over one that loads more slowly", async () => {
  let release = () => {};
  const slow = new Promise<void>((resolve) => {
    release = resolve;
  });
  const italian = { ...LOADERS.it, keys: () => slow.then(() => LOADERS.it.keys()) };
  const i18n = createI18n({ language: "en" }, { ...LOADERS, it: italian });
  await i18n.load("keys");
  const first = i18n.setLanguage("it");
  await i18n.setLanguage("en");
  release();
  await first;
  expect(i18n.getState().language).toBe("en");
  expect(textOf(i18n, "openrouter_unreachable")).toBe("OpenRouter cannot be reached.");
});

test("a part requested before a change of language is loaded in the new one", async () => {
  let release = () => {};
  const slow = new Promise<void>((resolve) => {
    release = resolve;
  });
  const english = { ...LOADERS.en, jobs: () => slow.then(() => LOADERS.en.jobs()) };
  const i18n = createI18n({ language: "en" }, { ...LOADERS, en: english });
  await i18n.load("keys");
  const late = i18n.load("jobs");
  await i18n.setLanguage("it");
  release();
  await late;
  expect(textOf(i18n, "backup_database_missing")).toBe("Il file del database non esiste.");
  expect(textOf(i18n, "openrouter_unreachable")).toBe("OpenRouter non è raggiungibile.");
});

test("a catalog that cannot be loaded changes nothing", async () => {
  const broken = { ...LOADERS.it, keys: () => Promise.reject(new Error("offline")) };
  const i18n = createI18n({ language: "en" }, { ...LOADERS, it: broken });
  await i18n.load("keys");
  await expect(i18n.setLanguage("it")).rejects.toThrow("offline");
  expect(i18n.getState().language).toBe("en");
});

test("texts of the web app are grouped by part and change with the language", async () => {
  const i18n = createI18n({ language: "en" });
  await i18n.load("web/users", "web/jobs");
  const { users, jobs } = i18n.getState().texts;
  expect(users?.deactivation.title({ email: "ada@example.com" })).toBe("Deactivate ada@example.com?");
  expect(jobs?.runNow).toBe("Run now");
  await i18n.setLanguage("it");
  expect(i18n.getState().texts.jobs?.runNow).toBe("Esegui ora");
  expect(i18n.getState().texts.tokens).toBeUndefined();
});
