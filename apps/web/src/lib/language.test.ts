import { beforeAll, describe, expect, it, vi } from "vitest";
import { currentLanguage, fromServer, loadLanguage, storeLanguage } from "./language.ts";

const page = { documentElement: { lang: "en" } };
const stored = new Map<string, string>();

beforeAll(() => {
  vi.stubGlobal("document", page);
  vi.stubGlobal("navigator", { languages: ["de-CH", "it-CH", "en"] });
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
  });
});

describe("Italian, for a browser that prefers it to English", () => {
  it("is there before the first text is read", async () => {
    await loadLanguage();
    expect(currentLanguage()).toBe("it");
    expect(page.documentElement.lang).toBe("it");
    const { text } = await import("./text/keys.ts");
    expect(text.keys.add).toBe("Aggiungi chiave");
    expect(text.nav.keys).toBe("Chiavi");
  });

  it("writes money, counts, shares and days its way, and loses no digit", async () => {
    const format = await import("./format.ts");
    const now = new Date("2026-11-22T14:05:30Z");
    expect(format.formatMoney("1234567.895")).toBe("1.234.567,90 $");
    expect(format.formatMoney("-0.001234")).toBe("-0,00123 $");
    expect(format.formatMoneyExact("1234.123456789")).toBe("1.234,123456789 $");
    expect(format.formatTick(1200)).toBe("1.200 $");
    expect(format.formatTick(0.5)).toBe("0,50 $");
    expect(format.formatTick(500_000, 1_500_000)).toBe("0,5 mln $");
    expect(format.formatCount(9400)).toBe("9.400");
    expect(format.formatCount(12_400)).toBe("12,4 mila");
    expect(format.formatCount(3_100_000)).toBe("3,1 mln");
    expect(format.formatPercent(12.5)).toBe("12,5%");
    expect(format.formatDay("2025-08-01", now)).toBe("1 ago 2025");
    expect(format.formatMonth("2026-05")).toBe("mag 2026");
    expect(format.formatInstant("2026-11-12T14:05:09.000Z", now)).toBe("12 nov 14:05 UTC");
  });

  it.each([
    ["E-mail address or password is wrong.", "L’indirizzo e-mail o la password è sbagliata."],
    [
      "OpenRouter refuses it since 2026-03-10 12:00 UTC: it was deleted there.",
      "OpenRouter la rifiuta dal 2026-03-10 12:00 UTC: lì è stata eliminata.",
    ],
    [
      "Not checked yet: OpenRouter cannot be reached. The next sync tries again.",
      "Non ancora controllata: OpenRouter non è raggiungibile. La prossima sincronizzazione riprova.",
    ],
    ["Sees 11 keys of its account; 3 watched here.", "Vede 11 chiavi del suo account; osservate qui: 3."],
    ["A sentence nobody knows.", "A sentence nobody knows."],
  ])("says what the server says: %s", (english, italian) => {
    expect(fromServer(english)).toBe(italian);
  });

  it("gives way to the language that was chosen here", async () => {
    storeLanguage("en");
    vi.resetModules();
    const anew = await import("./language.ts");
    await anew.loadLanguage();
    expect(anew.currentLanguage()).toBe("en");
    const { text } = await import("./text/keys.ts");
    expect(text.keys.add).toBe("Add key");
  });
});
