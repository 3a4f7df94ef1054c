// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.

export default {
  defaultName: "OpenRouter",
  keyHint: (d) => "Inizia con " + d.prefix + ". Salvata cifrata, inviata solo a OpenRouter, mai più mostrata.",
  prefix: (d) => "Una chiave OpenRouter inizia con " + d.prefix + ".",
  first: {
    lead: "Incolla una chiave OpenRouter. Una chiave di gestione trova tutte le chiavi del tuo account e un anno di storico. Una chiave di inferenza mostra il proprio costo da ora in poi.",
    key: "Chiave OpenRouter",
    hint: "Salvata cifrata. orwatch legge soltanto: non crea, modifica o elimina mai chiavi.",
    submit: "Aggiungi chiave",
    inferenceTitle: "Solo costi",
    inferenceBody: "La tua chiave mostra il proprio costo da ora in poi. Una chiave di gestione dello stesso account OpenRouter aggiunge modelli, token, tutte le altre chiavi e un anno di storico.",
    addManagement: "Aggiungi chiave di gestione"
  },
  power: {
    summary: "Che cosa può fare una chiave di gestione?",
    body: "Una chiave di gestione può elencare, creare, modificare ed eliminare le chiavi del tuo account OpenRouter. Non può chiamare modelli. orwatch la usa solo per leggere, con queste richieste:",
    listKeys: "chiavi con limiti e contatori",
    readCredits: "crediti acquistati e usati",
    readActivity: "consumi per giorno e modello",
    readWorkspaces: "nomi dei workspace",
    query: "consumi per chiave, giorno e modello (un’interrogazione: non modifica nulla)",
    never: "orwatch non invia mai richieste che creano, modificano o eliminano qualcosa."
  }
}
