import type { Texts } from "../all.ts";

export const palette: Texts["palette"] = {
  palette: {
    title: "Comandi",
    field: "Scrivi un comando",
    none: "Nessun comando corrisponde.",
    found: (count) => (count === 1 ? "1 comando" : `${count} comandi`),
    pages: "Vai a",
    deeds: "Azioni",
    range: "Periodo",
    display: "Aspetto",
    goTo: (page) => `Vai a ${page}`,
    addKey: "Aggiungi chiave",
    issueToken: "Crea token API",
    sync: "Sincronizza ora",
    shortcuts: "Scorciatoie da tastiera",
    days: (count) => `Ultimi ${count} giorni`,
    theme: (theme) => `Tema: ${theme}`,
    language: (name) => `Lingua: ${name}`,
  },
  shortcuts: {
    title: "Scorciatoie da tastiera",
    palette: "Apri i comandi",
    help: "Mostra questo elenco",
    range: (count) => `Mostra gli ultimi ${count} giorni, in Panoramica e Statistiche`,
    chart: "Passa da un giorno all’altro, in un grafico",
    click: "clic",
    legend: "Togli una serie, nella legenda di un grafico",
    close: "Chiudi ciò che è aperto",
    note: "I tasti singoli non fanno nulla mentre scrivi in un campo. Si possono disattivare nel Profilo.",
    off: "I tasti singoli sono disattivati; si riattivano nel Profilo.",
  },
};
