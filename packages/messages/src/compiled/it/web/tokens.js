// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, plural, select } from "@messageformat/runtime";
import { it } from "@messageformat/runtime/lib/cardinals";
export default {
  lead: "I token API permettono ai programmi di leggere i tuoi consumi: totali, righe per giorno, chiave e modello e i nomi delle chiavi. Se lo consenti, avviano anche sincronizzazioni e gestiscono le chiavi. Non rivelano mai una chiave.",
  create: "Crea token API",
  table: "Token API",
  name: "Nome",
  created: "Creato",
  lastUsed: "Ultimo uso",
  expires: "Scadenza",
  expired: "scaduto",
  actions: "Azioni",
  revoke: "Revoca",
  revokeToken: (d) => "Revoca " + d.name,
  count: (d) => "Tuoi: " + number("it", d.active, 0) + " di " + number("it", d.limit, 0),
  by: (d) => "Creato da " + d.email,
  full: (d) => "Hai raggiunto il limite di " + plural(d.limit, 0, it, { one: number("it", d.limit, 0) + " token API", other: number("it", d.limit, 0) + " token API" }) + ". Revocane uno per crearne un altro.",
  emptyTitle: "Ancora nessun token API",
  emptyBody: "Qui vedrai i tuoi token API e il loro ultimo uso.",
  scopes: {
    read: "Lettura",
    readHint: "Consumi, chiavi con i loro limiti, previsioni e avvisi. Non modifica nulla.",
    sync: "Sincronizzazione",
    syncHint: "Legge subito i consumi da OpenRouter.",
    writeKeys: "Gestione chiavi",
    writeKeysHint: "Aggiunge, rinomina, attiva e disattiva le chiavi, solo in orwatch. Non può eliminarle."
  },
  done: {
    created: (d) => "Token API " + d.name + " creato.",
    revoked: (d) => "Token API " + d.name + " revocato. D’ora in poi viene rifiutato."
  },
  form: {
    title: "Crea un token API",
    lead: "Indica il programma o la persona che lo userà, così saprai quale token revocare.",
    name: "Nome",
    hint: "Per esempio “script fatturazione” o “Grafana”",
    scopes: "Che cosa può fare",
    scopeMissing: "Scegline almeno una.",
    expires: "Scadenza",
    inDays: (d) => "Tra " + plural(d.days, 0, it, { one: number("it", d.days, 0) + " giorno", other: number("it", d.days, 0) + " giorni" }),
    expiresHint: "Da allora le richieste con il token vengono rifiutate. Puoi revocarlo in qualsiasi momento.",
    submit: "Crea token API",
    createdTitle: "Salva subito il token API",
    createdLead: (d) => d.name + " viene mostrato solo ora. orwatch non ne conserva una copia.",
    token: "Token API",
    saved: "L’ho salvato",
    unsaved: "Non hai copiato il token API e non potrà essere mostrato di nuovo. Chiudi ancora per uscire senza."
  },
  revocation: {
    title: (d) => "Revocare " + d.name + "?",
    body: "I programmi che usano questo token API vengono rifiutati dalla prossima richiesta. L’operazione non si può annullare.",
    lastUsed: (d) => "Ultimo uso: " + d.ago + ".",
    neverUsed: "Mai usato.",
    submit: "Revoca token API"
  },
  usage: {
    title: "Come usare un token API",
    curl: "curl",
    curlNote: "I totali di un periodo. Prima imposta ORWATCH_TOKEN.",
    csv: "File CSV",
    csvNote: "Tutte le righe di un periodo in un solo file.",
    sdk: "SDK TypeScript",
    sdkNote: "@orwatch/sdk, in questo repository: tipizzato, con paginazione e nuovi tentativi automatici.",
    limitTitle: "Limite di richieste",
    limit: (d) => "Ogni token API può fare " + plural(d.requests, 0, it, { one: number("it", d.requests, 0) + " richiesta", other: number("it", d.requests, 0) + " richieste" }) + " ogni " + select(d.unit, { hours: plural(d.count, 0, it, { one: "ora", other: number("it", d.count, 0) + " ore" }), minutes: plural(d.count, 0, it, { one: "minuto", other: number("it", d.count, 0) + " minuti" }), other: plural(d.count, 0, it, { one: "secondo", other: number("it", d.count, 0) + " secondi" }) }) + ", a partire dalla prima richiesta.",
    limitHeaders: "Ogni risposta indica quante richieste restano (X-RateLimit-Remaining) e quando finisce l’intervallo (X-RateLimit-Reset). Oltre il limite l’API risponde con 429 e Retry-After, che l’SDK rispetta.",
    docsTitle: "Documentazione",
    docs: "Consulta e prova tutti gli endpoint"
  }
}
