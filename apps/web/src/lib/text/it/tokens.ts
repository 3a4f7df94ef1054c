import type { Texts } from "../all.ts";

export const tokens: Texts["tokens"] = {
  tokens: {
    title: "Token API",
    lead: "Un token permette a un programma di leggere i tuoi consumi: totali, righe per giorno, chiave e modello, e i nomi delle tue chiavi. Non cambia nulla e non può vedere nessuna chiave.",
    issue: "Crea token",
    table: "Token API attivi",
    name: "Nome",
    created: "Creato",
    lastUsed: "Ultimo uso",
    actions: "Azioni",
    revoke: "Revoca",
    revokeThis: (name) => `Revoca ${name}`,
    count: (active, most) => `${active} di ${most}`,
    full: (most) => `Hai ${most} token, il massimo che questo server permette. Revocane uno per crearne un altro.`,
    emptyTitle: "Ancora nessun token API",
    emptyBody:
      "Questa pagina elenca i token con cui i tuoi programmi leggono i consumi, e quando ognuno è stato usato l’ultima volta.",
    said: {
      issued: (name) => `${name} è stato creato.`,
      revoked: (name) => `${name} è revocato. Da adesso viene rifiutato.`,
    },
  },
  tokenForm: {
    title: "Crea un token API",
    lead: "Dagli il nome del programma o della persona che lo userà, così saprai quale revocare.",
    name: "Nome",
    hint: "Per esempio «script fatturazione» o «Grafana»",
    submit: "Crea token",
    doneTitle: "Salva subito questo token",
    doneLead: (name) => `È l’unica volta in cui ${name} viene mostrato: orwatch non ne conserva una copia.`,
    token: "Token API",
    saved: "L’ho salvato",
    unsaved: "Non lo hai ancora copiato. Non si potrà più mostrare; chiudi di nuovo per farne a meno.",
  },
  tokenRevoke: {
    title: (name) => `Revocare ${name}?`,
    body: "Ogni programma che lo usa viene rifiutato dalla prossima richiesta. Non si può annullare.",
    lastUsed: (ago) => `Ultimo uso: ${ago}.`,
    neverUsed: "Non è mai stato usato.",
    submit: "Revoca il token",
  },
  tokenUse: {
    title: "Come usarne uno",
    curl: "curl",
    sdk: "SDK TypeScript",
    csv: "File CSV",
    curlNote: "I totali di un periodo. Prima metti il token in ORWATCH_TOKEN.",
    csvNote: "Tutte le righe di un periodo, in un solo file.",
    sdkNote: "Dal pacchetto @orwatch/sdk di questo repository: tipizzato, con pagine e nuovi tentativi.",
    limitTitle: "Limite di richieste",
    limit: (requests, window) =>
      `Ogni token può fare ${requests} richieste in ${window}. La finestra comincia con la sua prima richiesta.`,
    limitHeaders:
      "Ogni risposta dice quante ne restano (X-RateLimit-Remaining) e quando finisce la finestra (X-RateLimit-Reset). Oltre il limite arriva 429 con Retry-After, che l’SDK rispetta.",
    docsTitle: "Riferimento",
    docs: "Tutti gli endpoint, da leggere e da provare",
    seconds: (count) => (count === 1 ? "1 secondo" : `${count} secondi`),
    minutes: (count) => (count === 1 ? "1 minuto" : `${count} minuti`),
    hours: (count) => (count === 1 ? "1 ora" : `${count} ore`),
  },
};
