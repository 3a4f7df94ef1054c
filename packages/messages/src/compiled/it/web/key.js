// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, plural, select } from "@messageformat/runtime";
import { article } from "../../../article.ts";
import { it } from "@messageformat/runtime/lib/cardinals";
export default {
  trail: "Percorso",
  notFound: {
    title: "Chiave non trovata",
    body: "Potrebbe essere stata eliminata, oppure l’indirizzo contiene un errore.",
    back: "Vai alle tue chiavi"
  },
  stored: "Segreto salvato",
  discovered: "Trovata, nessun segreto salvato",
  synced: "Sincronizzata",
  newRule: "Nuova regola di avviso",
  openRouter: "Apri su OpenRouter",
  managementTitle: "Una chiave di gestione non ha un utilizzo proprio",
  managementBody: "Legge l’utilizzo delle altre chiavi del suo account.",
  managementAction: "Vai all’account",
  summary: "Riepilogo",
  month: {
    label: "Questo mese",
    versus: (d) => "contro " + d.amount + " (" + d.days + ")",
    percent: (d) => select(d.direction, { up: "+", down: "−", other: "" }) + d.percent,
    none: "Nessun confronto: alcuni giorni sono sconosciuti",
    first: "Ancora nessun giorno completo"
  },
  limit: {
    label: "Limite",
    none: "Nessuno",
    left: (d) => "Restano " + d.amount,
    over: (d) => d.amount + " oltre",
    of: (d) => "su " + d.limit,
    unknown: "OpenRouter non l’ha ancora comunicato",
    leftUnknown: (d) => "Limite " + d.limit + ", residuo sconosciuto",
    resets: (d) => "si azzera " + article(d.day, "it", (" il").trim()),
    neverResets: "non si azzera mai",
    runsOut: (d) => "Si esaurisce verso " + article(d.day, "it", (" il").trim()),
    usedUp: "Esaurito",
    lasts: "A questo ritmo basta fino all’azzeramento",
    neverRunsOut: "A questo ritmo non si esaurisce entro un anno",
    noForecast: "Dati insufficienti per una previsione",
    creditsRunOut: (d) => "I crediti dell’account si esauriscono verso " + article(d.day, "it", (" il").trim()),
    creditsLast: "I crediti dell’account bastano per più di un anno",
    creditsUsedUp: "I crediti dell’account sono esauriti",
    creditsUnknown: "Non si sa quando si esauriscono i crediti dell’account"
  },
  perRequest: {
    label: "Costo per richiesta",
    tokens: (d) => d.input + " token in ingresso, " + d.output + " in uscita",
    unknown: "Richieste e token sono sconosciuti",
    nothing: "Nessuna richiesta in questo periodo"
  },
  alerts: {
    label: "Avvisi",
    firing: (d) => plural(d.count, 0, it, { "0": "Nessuno attivo", one: number("it", d.count, 0) + " attivo", other: number("it", d.count, 0) + " attivi" }),
    rules: (d) => plural(d.count, 0, it, { "0": "Nessuna regola vale per questa chiave", one: number("it", d.count, 0) + " regola vale per questa chiave", other: number("it", d.count, 0) + " regole valgono per questa chiave" }),
    more: (d) => "e " + plural(d.count, 0, it, { one: "un’altra", other: "altre " + number("it", d.count, 0) })
  },
  range: "in questo periodo",
  week: {
    title: "Quando spende",
    hint: "Giorno della settimana e ora, UTC",
    label: "Costo per giorno della settimana e ora (UTC)",
    rest: (d) => d.amount + " su " + d.total + " in questo periodo non hanno un’ora nota.",
    since: (d) => "Le ore sono note " + article(d.day, "it", (" dal").trim()) + " in poi.",
    emptyTitle: "Ore non ancora note",
    empty: "Le ore vengono raccolte dopo ogni sincronizzazione, all’inizio per gli ultimi 31 giorni.",
    emptySince: (d) => "Le ore sono note " + article(d.day, "it", (" dal").trim()) + " in poi. In questo periodo non ce ne sono."
  },
  providers: {
    title: "Provider",
    provider: "Provider",
    cost: "Costo",
    latency: "Latenza p50",
    requests: "Richieste",
    seconds: (d) => d.seconds + " s",
    unknown: "Non ancora noto",
    others: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " altro", other: "altri " + number("it", d.count, 0) }),
    since: (d) => "I provider sono noti " + article(d.day, "it", (" dal").trim()) + " in poi, tranne per oggi.",
    emptyTitle: "Provider non ancora noti",
    empty: "I provider vengono raccolti una volta al giorno, all’inizio per gli ultimi 31 giorni.",
    emptySince: (d) => "I provider sono noti " + article(d.day, "it", (" dal").trim()) + " in poi. In questo periodo non ce ne sono."
  },
  archive: {
    uncovered: "Solo una chiave di gestione può leggerli. Nessuna chiave di gestione copre questa chiave.",
    add: "Aggiungi una chiave di gestione",
    off: (d) => "La raccolta è disattivata per l’account “" + d.account + "”.",
    account: "Vai all’account"
  },
  rules: {
    title: "Regole di avviso",
    all: "Tutte le regole",
    empty: "Nessuna regola vale per questa chiave."
  },
  history: {
    title: "Storia su OpenRouter",
    empty: "Qui vedrai le modifiche di questa chiave: un nuovo nome o limite, la disattivazione, l’eliminazione.",
    uncovered: "Le modifiche su OpenRouter sono note per le chiavi di un account OpenRouter con una chiave di gestione.",
    more: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " modifica precedente nella storia dell’account", other: number("it", d.count, 0) + " modifiche precedenti nella storia dell’account" })
  },
  dashboard: "Apri nella panoramica",
  unusual: {
    title: "Giorni fuori dal comune",
    usually: (d) => d.cost + ", di solito " + d.usual + " di " + d.weekday,
    soFar: (d) => d.cost + " finora, di solito " + d.usual + " di " + d.weekday,
    mostly: (d) => "soprattutto " + d.model + " (" + d.cost + ")"
  }
}
