import type { Plugin, Rollup } from "vite";
import { createI18n, type Texts } from "../../../packages/messages/src/i18n.ts";
import { LANGUAGES, type Language } from "../../../packages/messages/src/languages.ts";

/** Paths of the marks in components/ui/logo.tsx. */
const LOGO = `<rect width="32" height="32" rx="8" class="fill-accent" />
<g fill="none" stroke-linecap="round" stroke-linejoin="round" class="stroke-on-accent">
<path d="M4.5 16C8 9.6 11.8 7 16 7s8 2.6 11.5 9C24 22.4 20.2 25 16 25s-8-2.6-11.5-9Z" stroke-width="2.2" />
<path d="M12 20v-4M16 20v-8M20 20v-5.5" stroke-width="2.6" />
</g>`;

interface StartText {
  title: string;
  lead?: string;
}

/** Title of each page, and the sentence below it, by the first part of its path. */
async function textsOf(language: Language): Promise<Record<string, StartText>> {
  const i18n = createI18n({ language });
  await i18n.load("web/common", "web/account", "web/access", "web/unsubscribe");
  const { common, account, access, unsubscribe } = i18n.getState().texts as Texts;
  const { dashboard, explore, keys, accounts, alerts, tokens, team, jobs, profile, users } = common.nav;
  const inside = { dashboard, explore, stats: explore, keys, accounts, alerts, tokens, team, jobs, profile, users };
  return {
    login: account.login,
    register: account.register,
    "forgot-password": access.forgot,
    "reset-password": access.reset,
    "confirm-email": access.confirmEmail,
    "two-factor": { title: access.setUp.title },
    continue: { title: access.provider.finishTitle },
    returned: { title: access.provider.doneTitle },
    unsubscribe,
    invite: access.invite,
    ...Object.fromEntries(Object.entries(inside).map(([page, title]) => [page, { title }])),
  };
}

/** Fills in what index.html shows until the app has started, and lets the browser load the files of the app meanwhile. */
export function startPage(): Plugin {
  return {
    name: "start-page",
    transformIndexHtml: {
      order: "post",
      async handler(html, { bundle = {} }) {
        const spans = { title: "", lead: "" };
        for (const { tag } of LANGUAGES)
          for (const [page, text] of Object.entries(await textsOf(tag)))
            for (const part of ["title", "lead"] as const)
              if (text[part]) spans[part] += `<span data-start="${tag} ${page}">${text[part]}</span>`;
        return {
          html: html
            .replaceAll("<!--logo-->", LOGO)
            .replaceAll("<!--title-->", spans.title)
            .replaceAll("<!--lead-->", spans.lead)
            .replace("{{files}}", JSON.stringify(filesByPage(bundle)).replaceAll('"', "&quot;")),
          tags: filesOfStart(bundle).map((file) => ({
            tag: "link",
            injectTo: "head" as const,
            attrs: { rel: "modulepreload", crossorigin: true, href: `/${file}`, fetchpriority: "low" },
          })),
        };
      },
    },
  };
}

const entryOf = (bundle: Rollup.OutputBundle) =>
  Object.values(bundle).find((file): file is Rollup.OutputChunk => file.type === "chunk" && file.isEntry);

/** These files and all that they import. */
function withImports(bundle: Rollup.OutputBundle, names: Iterable<string>): Set<string> {
  const found = new Set<string>();
  const add = (name: string) => {
    const file = bundle[name];
    if (found.has(name) || file?.type !== "chunk") return;
    found.add(name);
    file.imports.forEach(add);
  };
  for (const name of names) add(name);
  return found;
}

/** What the entry script imports first, except what Vite names itself. These files have a low priority, because the page is painted without them. */
function filesOfStart(bundle: Rollup.OutputBundle): string[] {
  const entry = entryOf(bundle);
  return [...withImports(bundle, entry?.dynamicImports ?? [])].filter((name) => !entry?.imports.includes(name));
}

/**
 * The files of each page, by the first part of its path, for theme.js: they load together with those of the app, not after them.
 * Pages share many, so a page is a list of positions in `files`.
 */
function filesByPage(bundle: Rollup.OutputBundle): { files: string[]; pages: Record<string, number[]> } {
  const entry = entryOf(bundle);
  const known = withImports(bundle, [...(entry?.imports ?? []), ...filesOfStart(bundle)]);
  const routes = Object.values(bundle).flatMap((file) => {
    const [, route] = (file.type === "chunk" && /routes\/([\w.-]+)\.tsx\?/.exec(file.facadeModuleId ?? "")) || [];
    return route ? [{ route, file: file.fileName }] : [];
  });
  const frame = routes.find(({ route }) => route === "_authed")?.file;
  const files: string[] = [];
  const pages: Record<string, number[]> = {};
  for (const { route, file } of routes) {
    const [, inside, page = ""] = /^(_authed\.)?([\w-]+)$/.exec(route) ?? [];
    if (page === "" || page === "_authed") continue;
    const needed = withImports(bundle, inside && frame ? [frame, file] : [file]);
    pages[page] = [...needed].filter((name) => !known.has(name)).map((name) => positionIn(files, name));
  }
  return { files, pages };
}

function positionIn(list: string[], item: string): number {
  if (!list.includes(item)) list.push(item);
  return list.indexOf(item);
}
