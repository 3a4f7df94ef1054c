// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { article } from "../../../article.ts";
import { number, plural } from "@messageformat/runtime";
import { it } from "@messageformat/runtime/lib/cardinals";
export default {
  day: "Giorno",
  week: "Settimana",
  month: "Mese",
  wholeRange: "Intero periodo",
  model: "Modello",
  key: "Chiave",
  requests: "Richieste",
  tokensIn: "Token di input",
  tokensOut: "Token di output",
  cost: "Costo (USD)",
  byok: "BYOK (USD)",
  byokHint: "Spesa stimata sulle tue chiavi dei provider. Non è addebitata da OpenRouter e non è compresa nel costo.",
  table: (d) => "Consumi per " + d.groups,
  weekOf: (d) => "Settimana " + article(d.day, "it", (" del").trim()),
  soFar: "finora",
  open: (d) => "Mostra solo " + d.name,
  sum: (d) => "Totale di " + plural(d.count, 0, it, { one: number("it", d.count, 0) + " riga", other: number("it", d.count, 0) + " righe" }),
  known: (d) => "Dati per " + number("it", d.known, 0) + " giorni su " + number("it", d.asked, 0) + ". Senza dati, e quindi senza righe: " + d.days + ".",
  allKnown: "Tutti i giorni di questo periodo hanno dati. I giorni senza consumi non hanno righe.",
  noDataTitle: "Nessun dato per questi giorni",
  noDataBody: "In questi giorni queste chiavi non erano ancora monitorate. L’assenza di dati non significa assenza di consumi.",
  noKeysTitle: "Ancora nessuna chiave",
  noUsageTitle: "Nessun consumo in questo periodo",
  noUsageBody: "Per questi giorni ci sono dati, ma nessun consumo corrispondente.",
  longer: (d) => plural(d.count, 0, it, { one: "Mostra l’ultimo giorno", other: "Mostra gli ultimi " + number("it", d.count, 0) + " giorni" })
}
