import type { Texts } from "../all.ts";

const many = (count: number, one: string, more: string) => (count === 1 ? `1 ${one}` : `${count} ${more}`);

const inWindow = (window: string | null) =>
  window === null ? "" : ` (${window.replace("week of ", "settimana dal ")})`;

export const alerts: Texts["alerts"] = {
  alerts: {
    title: "Avvisi",
    lead: "Dopo ogni sincronizzazione orwatch controlla se vale una delle tue regole e te lo dice qui e nei tuoi canali.",
    parts: { inbox: "Posta", rules: "Regole", channels: "Canali", sent: "Inviati", forecast: "Previsione" },
    partsLabel: "Parti degli avvisi",
  },
  inbox: {
    title: "Posta",
    unread: (count) => `${count} da leggere`,
    unreadMark: "Da leggere",
    all: "Tutti",
    onlyUnread: "Da leggere",
    show: "Mostra",
    read: "Segna come letto",
    readThis: (title) => `Segna come letto: ${title}`,
    readAll: "Segna tutti come letti",
    wasRead: (count) => `${many(count, "messaggio segnato come letto", "messaggi segnati come letti")}.`,
    see: "Vedi la spesa",
    emptyTitle: "Niente da dire",
    emptyBody: "Quando vale una delle tue regole, il messaggio compare qui e nei tuoi canali.",
    emptyUnread: "Hai letto tutto.",
    held: "Non inviato ai canali: quel giorno era già stato raggiunto il massimo dei messaggi.",
    later: (when) => `I canali lo diranno da ${when}.`,
    kinds: {
      alert: "Avviso",
      recovery: "Rientrato",
      summary: "Riepilogo",
      rule: "Regola",
      channel: "Canale",
      account: "Account",
    },
    itemText: ({ event, rule_kind, key_name, value, threshold, window, text }) => {
      const key = key_name === null ? "tutte le chiavi" : `“${key_name}”`;
      const isOver = event === "recovery";
      if (event !== "alert" && !isOver) return text;
      switch (rule_kind) {
        case "spend":
          return `Spesa di ${key}${inWindow(window)}: ${value}, oltre ${threshold}.`;
        case "unusual":
          return value === null
            ? `Spesa insolita di ${key}${inWindow(window)}: di solito non spende nulla.`
            : `Spesa di ${key}${inWindow(window)}: ${value} volte il solito.`;
        case "limit_share":
          return isOver
            ? `${key} è di nuovo sotto il ${threshold} del suo limite: ${value}.`
            : `${key} ha usato il ${value} del suo limite.`;
        case "credits":
          return isOver
            ? `Crediti dell’account visti da ${key}: di nuovo ${value}.`
            : `Crediti dell’account visti da ${key}: restano ${value}, meno di ${threshold}.`;
        case "key_invalid":
          return isOver ? `OpenRouter accetta di nuovo ${key}.` : `OpenRouter non accetta più ${key}.`;
        case "key_expires":
          return isOver ? `${key} non scade più a breve.` : `${key} scade entro ${threshold} giorni.`;
        case "sync_stale":
          return isOver ? `${key} si sincronizza di nuovo.` : `${key} non si sincronizza da almeno ${threshold} ore.`;
        default:
          return text;
      }
    },
    seeKey: (name) => `Vedi la spesa di ${name}`,
    older: "Precedenti",
    newer: "Successivi",
    pageOf: (from, to, total) => `${from}–${to} di ${total}`,
  },
  rules: {
    title: "Regole",
    add: "Aggiungi regola",
    emptyTitle: "Nessuna regola",
    emptyBody: "Nulla è sorvegliato. Aggiungi una regola per sapere della spesa prima che i crediti finiscano.",
    count: (count, most) => `${count} di ${most}`,
    full: (most) => `Hai ${most} regole, il massimo possibile. Eliminane una per aggiungerne un’altra.`,
    actionsFor: (name) => `Azioni per ${name}`,
    edit: "Modifica",
    switchOn: "Attiva",
    switchOff: "Disattiva",
    snoozeDay: "Muta per un giorno",
    snoozeWeek: "Muta per una settimana",
    wake: "Non più muta",
    remove: "Elimina",
    state: { on: "Sorveglia", off: "Spenta", firing: "Vale ora", snoozed: (until) => `Muta fino a ${until}` },
    lastFired: (ago) => `ultima volta ${ago}`,
    neverFired: "mai successo finora",
    goneRule: (name) => `Nel frattempo ${name} è stata eliminata, in un’altra scheda o da un programma.`,
    gone: (name) => `${name} (eliminata)`,
    said: {
      saved: (name) => `${name} è salvata.`,
      on: (name) => `${name} sorveglia di nuovo.`,
      off: (name) => `${name} è spenta.`,
      snoozed: (name) => `${name} per ora tace.`,
      woken: (name) => `${name} può parlare di nuovo.`,
      removed: (name) => `${name} è eliminata.`,
    },
    removeTitle: (name) => `Eliminare la regola ${name}?`,
    removeBody: "Ciò che ha detto resta nella posta. Per fermarla per un po’, spegnila o rendila muta.",
    removeSubmit: "Elimina regola",
    whose: {
      all: "tutte le chiavi insieme",
      each: "una chiave qualsiasi",
      one: (name) => name,
      some: (count) => `${count} chiavi insieme`,
      eachOf: (count) => `una di ${count} chiavi`,
    },
    spans: { day: "un giorno UTC", week: "una settimana (da lunedì, UTC)", month: "un mese (UTC)" },
    sentence: {
      spend: (whose, amount, span) => `Quando la spesa di ${whose} supera ${amount} in ${span}`,
      limit_share: (whose, percents) => `Quando ${whose} ha usato ${percents} del suo limite presso OpenRouter`,
      credits: (whose, amount) => `Quando i crediti visti da ${whose} scendono sotto ${amount}`,
      unusual: (whose, times, least) =>
        `Quando la spesa di oggi di ${whose} è più di ${times} volte il solito di questo giorno della settimana, e oltre ${least}`,
      key_invalid: (whose) => `Quando OpenRouter non accetta più ${whose}`,
      key_expires: (whose, days) => `Quando ${whose} scade entro ${many(days, "giorno", "giorni")}`,
      sync_stale: (whose, hours) => `Quando ${whose} non si sincronizza da ${many(hours, "ora", "ore")}`,
    },
  },
  ruleForm: {
    addTitle: "Aggiungi una regola",
    editTitle: (name) => `Modifica ${name}`,
    kind: "Avvisami quando",
    kinds: {
      spend: "la spesa supera un importo",
      limit_share: "una chiave si avvicina al suo limite",
      credits: "i crediti dell’account stanno finendo",
      unusual: "oggi è molto sopra il solito",
      key_invalid: "OpenRouter rifiuta una chiave",
      key_expires: "una chiave sta per scadere",
      sync_stale: "una chiave non si sincronizza da molto",
    },
    kindHints: {
      spend: "Detto una volta per ogni giorno, settimana o mese.",
      limit_share: "Detto una volta per quota in ogni finestra del limite; una sola volta se il limite non si azzera.",
      credits: "I crediti di un account li dicono le chiavi di gestione. Detto una volta finché non risalgono.",
      unusual: "Il solito è la mediana dello stesso giorno nelle ultime 8 settimane.",
      key_invalid: "Detto una volta, e di nuovo quando torna a funzionare.",
      key_expires: "Detto una volta per ogni chiave che ha una scadenza.",
      sync_stale: "Detto una volta, e di nuovo quando torna a sincronizzarsi.",
    },
    name: "Nome",
    amount: "Importo in USD",
    span: "In",
    spanOptions: { day: "un giorno UTC", week: "una settimana", month: "un mese" },
    percents: "Quote in %, come 50, 80, 100",
    percentsBad: "Scrivi numeri interi da 1 a 100, al massimo 5, separati da virgole.",
    times: "Volte il solito",
    least: "E oltre, in USD",
    days: "Giorni prima della scadenza",
    hours: "Ore senza sincronizzazione",
    count: "Conta",
    together: "le chiavi insieme",
    eachKey: "ogni chiave per sé",
    keys: "Quali chiavi",
    allKeys: "Tutte, anche quelle future",
    someKeys: "Queste",
    noKey: "Scegli almeno una chiave, oppure tutte.",
    amountBad: "Scrivi un importo maggiore di 0, come 25,00.",
    numberBad: (least, most) => `Scrivi un numero intero da ${least} a ${most}.`,
    timesBad: "Scrivi un numero da 1,1 a 100.",
    submitAdd: "Aggiungi regola",
    submitEdit: "Salva",
  },
  settings: {
    title: "Quando avvisare",
    quiet: "Ore di silenzio",
    quietNote: "Ciò che accade in quelle ore compare subito nella posta; i canali lo dicono alla fine.",
    none: "Nessuna",
    between: "Da – a",
    from: "Da",
    to: "A",
    zone: "Fuso orario",
    most: "Messaggi per giorno UTC, al massimo",
    mostNote: "Gli altri restano nella posta, e un riepilogo ne parla.",
    save: "Salva",
    saved: "Salvato.",
    snooze: "Trattieni tutto",
    snoozeFor: "Trattieni per",
    snoozeOptions: { "1": "1 ora", "8": "8 ore", "24": "un giorno", "168": "una settimana" },
    snoozeDo: "Trattieni",
    snoozed: (until) => `I canali tacciono fino a ${until}. La posta continua.`,
    wake: "Avvisa di nuovo",
    mostBad: "Scrivi un numero intero da 1 a 200.",
    sameTime: "I due orari devono essere diversi.",
  },
};
