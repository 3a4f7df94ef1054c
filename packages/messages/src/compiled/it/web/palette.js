// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, plural } from "@messageformat/runtime";
import { it } from "@messageformat/runtime/lib/cardinals";
export default {
  title: "Comandi",
  field: "Scrivi un comando",
  none: "Nessun comando corrispondente.",
  found: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " comando", other: number("it", d.count, 0) + " comandi" }),
  pages: "Vai a",
  actions: "Azioni",
  teams: "Team",
  switchTo: (d) => "Passa a " + d.team,
  range: "Periodo",
  display: "Aspetto",
  goTo: (d) => "Vai a " + d.page,
  addKey: "Aggiungi chiave",
  createToken: "Crea token API",
  share: "Condividi dashboard",
  sync: "Sincronizza ora",
  shortcuts: "Scorciatoie da tastiera",
  days: (d) => plural(d.count, 0, it, { one: "Ultimo giorno", other: "Ultimi " + number("it", d.count, 0) + " giorni" }),
  theme: (d) => "Tema: " + d.theme,
  language: (d) => "Lingua: " + d.name,
  list: {
    palette: "Apri i comandi",
    help: "Mostra le scorciatoie da tastiera",
    range: (d) => "Mostra " + plural(d.count, 0, it, { one: "l’ultimo giorno", other: "gli ultimi " + number("it", d.count, 0) + " giorni" }) + " (Panoramica e Statistiche)",
    chart: "Passa da un giorno all’altro (in un grafico)",
    click: "clic",
    legend: "Nascondi una serie (nella legenda di un grafico)",
    close: "Chiudi la finestra o il menu aperto",
    note: "Le scorciatoie a tasto singolo non funzionano mentre scrivi in un campo. Puoi disattivarle nel profilo.",
    off: "Le scorciatoie a tasto singolo sono disattivate. Puoi attivarle nel profilo."
  }
}
