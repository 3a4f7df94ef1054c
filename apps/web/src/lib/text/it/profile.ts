import type { Texts } from "../all.ts";

export const profile: Texts["profile"] = {
  profile: {
    title: "Profilo",
    account: "Account",
    email: "E-mail",
    since: "Iscrizione",
    display: "Aspetto",
    displayNote: "Vale per questo browser.",
    timeZone: "Fuso orario",
    timeZoneNote: "Per orari come l’ultima sincronizzazione. I giorni dei consumi sono UTC, qui come su OpenRouter.",
    utc: "UTC",
    here: (zone) => `Quello di questo browser: ${zone}`,
    example: (instant) => `Adesso: ${instant}.`,
    password: "Cambia la password",
    passwordNote: "Tutte le tue altre sessioni finiscono; questa resta.",
    current: "Password attuale",
    next: "Nuova password",
    repeat: "Ripeti la nuova password",
    change: "Cambia la password",
    changed: "La password è cambiata. Tutte le altre sessioni sono finite.",
    data: "I tuoi dati",
    dataNote:
      "Un file JSON con il tuo account, i nomi e le maschere delle chiavi e dei token, le tue sessioni e ogni riga di consumi. Non contiene nessuna chiave e nessun token.",
    download: "Scarica i miei dati",
    downloading: "Raccolgo i tuoi dati.",
    downloaded: "I tuoi dati sono stati scaricati.",
    remove: "Elimina l’account",
    removeNote:
      "Il tuo account sparisce con tutte le chiavi, i loro consumi, i token API e le sessioni. Niente si può recuperare.",
    removeAction: "Elimina l’account…",
  },
  removal: {
    title: "Eliminare il tuo account?",
    body: "L’account, le sue chiavi, tutti i consumi, i token API e le sessioni spariscono per sempre. Le copie di sicurezza del server li conservano finché non vengono sostituite. Su OpenRouter le tue chiavi continuano a funzionare.",
    email: (email) => `Scrivi ${email} per confermare`,
    notEmail: "Non è l’e-mail dell’account.",
    submit: "Elimina l’account e tutti i suoi dati",
  },
};
