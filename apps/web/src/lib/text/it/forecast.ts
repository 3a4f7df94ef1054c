import type { Texts } from "../all.ts";

export const forecast: Texts["forecast"] = {
  forecast: {
    of: "Di",
    allKeys: "Tutte le chiavi insieme",
    month: (name) => `Spesa di ${name}`,
    expected: "Prevista in tutto",
    between: (low, high) => `probabilmente tra ${low} e ${high}`,
    spent: "Finora",
    barLabel: (spent, low, middle, high) => `Finora ${spent}; prevista ${middle}, tra ${low} e ${high}.`,
    tooLittleTitle: "Si sa ancora troppo poco",
    tooLittle: (known) =>
      `Una previsione richiede 7 giorni noti degli ultimi 28; finora ${known === 1 ? "se ne conosce 1" : `se ne conoscono ${known}`}.`,
    limits: "Quando si esauriscono i limiti",
    noLimits: "Nessuna di queste chiavi ha un limite presso OpenRouter.",
    credits: "Quando si esauriscono i crediti",
    noCredits: "Nessuna chiave di gestione dice i crediti di un account.",
    creditsNote: (count) =>
      `Al ritmo ${count === 1 ? "dell’unica chiave" : `delle ${count} chiavi`} di questo account che sorvegli; la spesa di altre chiavi non è compresa.`,
    leftOf: (left, limit) => `restano ${left} di ${limit}`,
    overBy: (amount, limit) => `${amount} oltre il limite di ${limit}`,
    left: (amount) => `restano ${amount}`,
    leftUnknown: (limit) => `limite ${limit}, residuo non noto`,
    neverBought: "Non noto: questo account non ha mai acquistato crediti e OpenRouter non comunica quelli omaggio.",
    lasts: "Basta fino al rinnovo",
    nextWindow: (from, to, on) =>
      from === to
        ? `A questo ritmo si esaurisce nella finestra del ${on}.`
        : `Nella finestra ${from} – ${to} si esaurisce verso il ${on}.`,
    resets: (when) => `si azzera ${when}`,
    noReset: "non si azzera",
    byok: "conta le tue chiavi dei fornitori",
    verdicts: {
      used_up: "Esaurito",
      runs_out: (when) => `Si esaurisce verso il ${when}`,
      never: "Mai, a questo ritmo",
      not_within_a_year: "Non entro un anno",
      unknown: "Si sa troppo poco",
    },
    range: (from, to) => `tra il ${from} e il ${to}`,
    rangeOpen: (from) => `non prima del ${from}`,
    how: "Come si calcola",
    method: () =>
      "Dai 28 giorni prima di oggi: quanto è costato ogni giorno della settimana, a un livello in cui le settimane più recenti pesano di più (4, 3, 2, 1). Un giorno più caro di una volta e mezza il terzo più caro conta per quel tanto. L’intervallo è di 1,28 deviazioni standard di giorni e settimane, pensato per valere in circa 8 casi su 10.",
    basis: (days) => `Giorni noti degli ultimi 28: ${days}.`,
    record: "Quanto erano buone le previsioni passate",
    noRecord:
      "orwatch conserva una previsione al giorno e la confronta quando il mese è finito. Non c’è ancora nulla da confrontare.",
    hits: (hits, compared, rate) =>
      `${hits} previsioni su ${compared} hanno tenuto: il mese è finito nel loro intervallo (${rate}; l’obiettivo è circa l’80%).`,
    error: (percent) => `In media l’importo previsto era sbagliato del ${percent}.`,
    pastTable: "Previsioni passate",
    madeOn: "Fatta il",
    low: "Minimo",
    middle: "Prevista",
    high: "Massimo",
    actual: "Com’è finita",
    pending: "ancora aperta",
  },
};
