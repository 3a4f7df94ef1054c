import { LOADERS, type Part, type Texts } from "./compiled/loaders.js";
import type { Language } from "./languages.ts";
import type { Catalog } from "./render.ts";

/** The loaded texts. A new object after each change, so that views render again. */
export interface I18nState {
  language: Language;
  /** Messages of the server, of all parts together. */
  catalog: Catalog;
  /** Texts of the web app, by part. */
  texts: Partial<Texts>;
}

export type { Texts };

/**
 * The catalogs of a running app. Parts are loaded when a page needs them. Changing the language loads the same parts in the new one and
 * switches once all are loaded.
 */
export function createI18n(start: { language: Language }, loaders: typeof LOADERS = LOADERS) {
  const parts = new Set<Part>();
  const listeners = new Set<() => void>();
  let state: I18nState = { language: start.language, catalog: {}, texts: {} };
  /** The last requested language: an earlier one that loads more slowly must not replace it. */
  let wanted = start.language;

  function change(next: I18nState): void {
    state = next;
    for (const listener of listeners) listener();
  }

  async function read(language: Language, names: Iterable<Part>): Promise<Pick<I18nState, "catalog" | "texts">> {
    const catalog = {};
    const texts: Record<string, object> = {};
    await Promise.all(
      [...names].map(async (part) => {
        const { default: entries } = await loaders[language][part]();
        if (part.startsWith("web/")) texts[part.slice("web/".length)] = entries;
        else Object.assign(catalog, entries);
      }),
    );
    return { catalog, texts };
  }

  const merge = (into: Pick<I18nState, "catalog" | "texts">, more: Pick<I18nState, "catalog" | "texts">) => ({
    // The same object if no message was added, so that views that show messages need not render again.
    catalog: Object.keys(more.catalog).length === 0 ? into.catalog : { ...into.catalog, ...more.catalog },
    texts: { ...into.texts, ...more.texts },
  });

  return {
    getState: (): I18nState => state,

    /** Calls `listener` after each change. Returns a function to unsubscribe. */
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },

    /** Loads parts in the current language, unless they are loaded. */
    async load(...names: Part[]): Promise<void> {
      const missing = names.filter((name) => !parts.has(name));
      if (missing.length === 0) return;
      const { language } = state;
      const loaded = await read(language, missing);
      for (const name of missing) parts.add(name);
      // The language changed meanwhile: the parts are needed in the new one.
      if (state.language !== language) return this.setLanguage(state.language);
      change({ language, ...merge(state, loaded) });
    },

    /** Changes the language of everything that is loaded. @throws when a catalog cannot be loaded; then nothing changes */
    async setLanguage(language: Language): Promise<void> {
      wanted = language;
      const names = new Set(parts);
      const loaded = await read(language, names);
      if (wanted !== language) return;
      const late = [...parts].filter((name) => !names.has(name));
      change({ language, ...(late.length === 0 ? loaded : merge(loaded, await read(language, late))) });
    },
  };
}
