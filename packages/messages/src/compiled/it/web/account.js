// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.

export default {
  email: "E-mail",
  password: "Password",
  passwordConfirm: "Conferma password",
  capsLock: "Bloc Maiusc è attivo",
  showPassword: "Mostra password",
  hidePassword: "Nascondi password",
  passwordsDiffer: "Le password non coincidono.",
  passwordWeak: "La password non soddisfa ancora tutti i requisiti.",
  rules: {
    legend: "La password deve avere",
    met: "soddisfatto",
    notMet: "non ancora soddisfatto",
    length: "da 12 a 128 caratteri",
    upper: "una lettera maiuscola",
    lower: "una lettera minuscola",
    digit: "una cifra",
    special: "un carattere speciale"
  },
  code: {
    label: "Codice",
    lead: "L’autenticazione a due fattori è attiva per questo utente.",
    hint: "Il codice a 6 cifre dell’app di autenticazione o un codice di recupero.",
    back: "Indietro",
    recovery: "Codice di recupero",
    recoveryHint: "Uno dei codici che hai salvato attivando l’autenticazione a due fattori."
  },
  login: {
    title: "Accedi",
    lead: "Scopri quanto costano le tue chiavi OpenRouter per giorno, modello e chiave.",
    submit: "Accedi",
    toRegister: "È la prima volta?",
    registerLink: "Registrati",
    againTitle: "Accedi di nuovo",
    againLead: "La sessione è scaduta. Quello che hai scritto in questa pagina è ancora qui.",
    notKept: "Il browser non ha mantenuto la sessione. Consenti i cookie per questo sito oppure aprilo con https.",
    forgot: "Password dimenticata?",
    or: "oppure"
  },
  register: {
    title: "Registrati",
    lead: "Le tue chiavi sono salvate cifrate e non vengono più mostrate.",
    submit: "Registrati",
    toLogin: "Sei già registrato?",
    loginLink: "Accedi",
    setupCode: "Codice di configurazione",
    setupCodeHint: "Stai creando l’amministratore di questo server. Il server ha scritto il codice nel suo log all’avvio.",
    closedTitle: "Registrazioni chiuse",
    closedBody: "Questo server non accetta nuovi utenti. Chiedi all’amministratore di aprire le registrazioni oppure accedi."
  },
  passkey: {
    use: "Usa una passkey",
    notUsed: "Non è stata usata nessuna passkey. Riprova oppure accedi in un altro modo.",
    alreadyAdded: "Questo dispositivo o gestore di password ha già una passkey per il tuo utente."
  },
  provider: {
    signIn: (d) => "Accedi con " + d.name
  }
}
