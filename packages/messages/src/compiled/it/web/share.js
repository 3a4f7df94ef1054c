// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.

export default {
  days: (d) => d.days + ", giorni in UTC",
  updated: "Aggiornato",
  never: "Non ancora aggiornato",
  until: (d) => "Questa pagina è condivisa con un link valido fino a questo momento: " + d.until + ".",
  emptyTitle: "Nessun consumo in questi giorni",
  emptyBody: "In questo periodo non è stato speso nulla, oppure non si sa ancora.",
  goneTitle: "Questo link non funziona",
  goneBody: "Potrebbe essere incompleto, scaduto o revocato. Chiedine uno nuovo a chi te lo ha inviato.",
  lockedTitle: "Inserisci la password",
  lockedBody: "Questa pagina è protetta. La password ti viene data da chi ti ha inviato il link.",
  password: "Password",
  open: "Apri la pagina",
  failedTitle: "Impossibile caricare questa pagina"
}
