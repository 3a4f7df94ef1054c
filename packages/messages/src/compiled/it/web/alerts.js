// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, plural, select } from "@messageformat/runtime";
import { it } from "@messageformat/runtime/lib/cardinals";
import { article } from "../../../article.ts";
export default {
  lead: "Le regole vengono controllate dopo ogni sincronizzazione. Gli avvisi compaiono qui e nei tuoi canali.",
  partsLabel: "Pagine degli avvisi",
  parts: {
    inbox: "Notifiche",
    rules: "Regole",
    channels: "Canali",
    sent: "Invii",
    forecast: "Previsione"
  },
  inbox: {
    title: "Notifiche",
    show: "Mostra",
    all: "Tutte",
    onlyUnread: (d) => "Non lette (" + number("it", d.count, 0) + ")",
    unread: "Non letta",
    read: "Segna come letta",
    readThis: (d) => "Segna come letta: " + d.title,
    readAll: "Segna tutte come lette",
    wasRead: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " notifica segnata come letta.", other: number("it", d.count, 0) + " notifiche segnate come lette." }),
    see: "Vedi i consumi",
    seeKey: (d) => "Vedi i consumi di " + d.name,
    emptyTitle: "Nessuna notifica",
    emptyBody: "Quando una regola si attiva, l’avviso compare qui e nei tuoi canali.",
    emptyUnread: "Nessuna notifica non letta.",
    held: "Non inviata ai canali: è stato raggiunto il limite giornaliero di messaggi.",
    later: (d) => "Invio ai canali: " + d.when + ".",
    kinds: {
      alert: "Avviso",
      recovery: "Risolto",
      summary: "Riepilogo",
      rule: "Regola",
      key_change: "Modifica di chiavi",
      channel: "Canale",
      account: "Sicurezza",
      server: "Server"
    }
  },
  rules: {
    title: "Regole",
    add: "Aggiungi regola",
    emptyTitle: "Ancora nessuna regola",
    emptyBody: "Aggiungine una per ricevere un avviso prima che i crediti finiscano.",
    count: (d) => number("it", d.count, 0) + " di " + number("it", d.limit, 0),
    full: (d) => "Hai raggiunto il limite di " + plural(d.limit, 0, it, { one: number("it", d.limit, 0) + " regola", other: number("it", d.limit, 0) + " regole" }) + ". Eliminane una per aggiungerne un’altra.",
    actionsFor: (d) => "Azioni per " + d.name,
    edit: "Modifica",
    turnOn: "Attiva",
    turnOff: "Disattiva",
    snoozeDay: "Silenzia per 1 giorno",
    snoozeWeek: "Silenzia per 1 settimana",
    unsnooze: "Riattiva",
    remove: "Elimina",
    state: {
      on: "Attiva",
      off: "Disattivata",
      firing: "Soglia superata",
      snoozed: (d) => "Silenziata fino " + article(d.until, "it", (" al").trim())
    },
    lastFired: (d) => "Ultimo avviso " + d.ago,
    neverFired: "Nessun avviso finora",
    gone: (d) => d.name + " è stata eliminata in un’altra scheda o da un client API.",
    deletedKey: (d) => d.name + " (eliminata)",
    done: {
      saved: (d) => d.name + " è stata salvata.",
      turnedOn: (d) => d.name + " è stata attivata.",
      turnedOff: (d) => d.name + " è stata disattivata.",
      snoozed: (d) => d.name + " è stata silenziata.",
      unsnoozed: (d) => d.name + " non è più silenziata.",
      removed: (d) => d.name + " è stata eliminata."
    },
    removal: {
      title: (d) => "Eliminare la regola " + d.name + "?",
      body: "Gli avvisi già ricevuti restano tra le notifiche. Per fermare la regola per un po’, disattivala o silenziala.",
      submit: "Elimina regola"
    },
    scope: {
      all: "tutte le chiavi insieme",
      each: "una chiave qualsiasi",
      some: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " chiave", other: number("it", d.count, 0) + " chiavi insieme" }),
      eachOf: (d) => plural(d.count, 0, it, { one: number("it", d.count, 0) + " chiave", other: "una di " + number("it", d.count, 0) + " chiavi" })
    },
    sentence: {
      spend: (d) => "Quando la spesa di " + d.scope + " supera " + d.amount + " in " + select(d.span, { day: "un giorno UTC", week: "una settimana (da lunedì, UTC)", other: "un mese (UTC)" }),
      hourly_spend: (d) => "Quando la spesa di " + d.scope + " in un’ora supera " + d.amount,
      limit_share: (d) => "Quando " + d.scope + " ha usato " + d.percents + " del suo limite OpenRouter",
      credits: (d) => select(d.all, { yes: "Quando i crediti di un account OpenRouter scendono sotto " + d.amount, other: "Quando i crediti dell’account di " + d.scope + " scendono sotto " + d.amount }),
      unusual: (d) => "Quando la spesa di oggi di " + d.scope + " è più di " + d.times + " volte quella abituale di questo giorno della settimana e supera " + d.least,
      hourly_unusual: (d) => "Quando la spesa di " + d.scope + " in un’ora è più di " + d.times + " volte quella abituale di quest’ora della settimana e supera " + d.least,
      key_invalid: (d) => "Quando OpenRouter rifiuta " + d.scope,
      key_expires: (d) => "Quando " + d.scope + " scade entro " + plural(d.days, 0, it, { one: number("it", d.days, 0) + " giorno", other: number("it", d.days, 0) + " giorni" }),
      sync_stale: (d) => "Quando " + d.scope + " non si sincronizza da " + plural(d.hours, 0, it, { one: number("it", d.hours, 0) + " ora", other: number("it", d.hours, 0) + " ore" })
    }
  },
  form: {
    addTitle: "Aggiungi una regola",
    editTitle: (d) => "Modifica " + d.name,
    kind: "Avvisami quando",
    kinds: {
      spend: "La spesa supera un importo",
      hourly_spend: "La spesa in un’ora supera un importo",
      limit_share: "Una chiave si avvicina al suo limite OpenRouter",
      credits: "I crediti dell’account stanno finendo",
      unusual: "La spesa di oggi è insolitamente alta",
      hourly_unusual: "La spesa in un’ora è insolitamente alta",
      key_invalid: "OpenRouter rifiuta una chiave",
      key_expires: "Una chiave sta per scadere",
      sync_stale: "Una chiave non si sincronizza più"
    },
    kindHints: {
      spend: "Al massimo una volta per giorno, settimana o mese.",
      hourly_spend: "Una volta finché un’ora non torna sotto l’importo. Servono i consumi orari: li hanno solo le chiavi di un account con una chiave di gestione.",
      limit_share: "Una volta per soglia finché il limite non si azzera.",
      credits: "I crediti appartengono all’account, qualunque chiave di gestione li comunichi. Una volta finché i crediti non tornano sopra l’importo.",
      unusual: "La spesa abituale è la mediana dello stesso giorno nelle ultime 8 settimane.",
      hourly_unusual: "La spesa abituale è la mediana della stessa ora della settimana nelle ultime 8 settimane. Servono i consumi orari: li hanno solo le chiavi di un account con una chiave di gestione.",
      key_invalid: "Una volta quando la chiave viene rifiutata e una quando viene accettata di nuovo.",
      key_expires: "Una volta per ogni chiave con una scadenza.",
      sync_stale: "Una volta quando la sincronizzazione si ferma e una quando riprende."
    },
    name: "Nome",
    amount: "Importo (USD)",
    span: "Periodo",
    spanOptions: {
      day: "Giorno UTC",
      week: "Settimana",
      month: "Mese"
    },
    percents: "Soglie in %, per esempio 50, 80, 100",
    percentsBad: "Inserisci al massimo 5 numeri interi da 1 a 100, separati da virgole.",
    percentsDoubtful: "Inserisci numeri interi separati da spazi, per esempio 12 50.",
    twoReadings: (d) => "Può significare " + d.one + " oppure " + d.other + ". Inserisci " + d.typeOne + " oppure " + d.typeOther + ".",
    times: "Multiplo della spesa abituale",
    least: "Spesa minima (USD)",
    days: "Giorni prima della scadenza",
    hours: "Ore senza sincronizzazione",
    count: "Applica a",
    together: "Spesa complessiva",
    eachKey: "Ogni chiave",
    keys: "Chiavi",
    allKeys: "Tutte le chiavi, comprese quelle nuove",
    someKeys: "Chiavi selezionate",
    noKeysYet: "Ancora nessuna chiave.",
    noKey: "Seleziona almeno una chiave, oppure tutte.",
    channels: "Invia a",
    allChannels: "Tutti i canali, anche quelli nuovi",
    someChannels: "Canali scelti",
    noChannel: "Gli avvisi di questa regola compaiono solo tra le notifiche.",
    preview: {
      loading: "Controllo degli ultimi 30 giorni…",
      fired: (d) => plural(d.count, 0, it, { "0": "Non si sarebbe attivata", one: "Si sarebbe attivata una volta", other: "Si sarebbe attivata " + number("it", d.count, 0) + " volte" }) + " " + plural(d.days, 0, it, { one: "nell’ultimo giorno", other: "negli ultimi " + number("it", d.days, 0) + " giorni" }) + ".",
      known: (d) => "I dati bastavano per " + number("it", d.known, 0) + " giorni su " + number("it", d.days, 0) + ".",
      details: "Mostra gli avvisi",
      problems: {
        no_history: "Nessuna anteprima: ciò che questa regola controlla non viene registrato.",
        too_little_history: "Nessuna anteprima: per questa regola non c’è ancora abbastanza storico.",
        backfill_running: "Ancora nessuna anteprima: lo storico di una chiave è in lettura."
      }
    },
    amountBad: (d) => "Inserisci un importo maggiore di 0, per esempio " + d.example + ".",
    numberBad: (d) => "Inserisci un numero intero da " + number("it", d.min, 0) + " a " + number("it", d.max, 0) + ".",
    timesBad: (d) => "Inserisci un numero da " + d.min + " a " + d.max + ".",
    submitAdd: "Aggiungi regola",
    submitEdit: "Salva"
  },
  settings: {
    title: "Impostazioni notifiche",
    quiet: "Ore di silenzio",
    quietNote: "Nelle ore di silenzio le notifiche compaiono solo qui. I canali le ricevono alla fine.",
    none: "Nessuna",
    between: "Da – a",
    from: "Da",
    to: "A",
    zone: "Fuso orario",
    most: "Limite giornaliero di messaggi (UTC)",
    mostNote: "I messaggi oltre il limite restano tra le notifiche. Un riepilogo ne indica il numero.",
    mostBad: (d) => "Inserisci un numero intero da " + number("it", d.min, 0) + " a " + number("it", d.max, 0) + ".",
    sameTime: "L’inizio e la fine devono essere diversi.",
    save: "Salva",
    saved: "Impostazioni salvate.",
    pause: "Sospendi le notifiche",
    pauseOptions: {
      "1": "1 ora",
      "8": "8 ore",
      "24": "1 giorno",
      "168": "1 settimana"
    },
    pauseSubmit: "Sospendi",
    paused: (d) => "Le notifiche sono sospese fino " + article(d.until, "it", (" al").trim()) + ". Quelle nuove compaiono comunque qui.",
    resume: "Riprendi"
  }
}
