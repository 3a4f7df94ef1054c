import type { Texts } from "../all.ts";

/** What the server answers to requests about channels. */
export const channelsFromServer: Texts["fromServer"] = [
  [
    / must not be in a private network or an address of this server\./,
    ": non può essere in una rete privata o un indirizzo di questo server.",
  ],
  [/ must be an http:\/\/ or https:\/\/ address\./, ": deve essere un indirizzo http:// o https://."],
  [
    / must be the address of the server only\. Enter the topic in its own field\./,
    ": inserisci solo l’indirizzo del server. L’argomento ha un campo suo.",
  ],
  [/ must be the address of the server only\./, ": inserisci solo l’indirizzo del server."],
  [/ must not contain a user name or password\./, ": non deve contenere nome utente o password."],
  [/ must use port 80, 443 or a port above 1023\./, ": la porta deve essere 80, 443 o sopra 1023."],
  [/The code could not be sent\. /, "Non è stato possibile inviare il codice. "],
  [/A code was sent to (.*)\. It is valid for 30 minutes\./, "Un codice è stato inviato a $1. Vale 30 minuti."],
  [
    /No code can be entered any more; have a new one sent\./,
    "Non si possono più inserire codici; fattene inviare uno nuovo.",
  ],
  [/That is not the code that was sent\./, "Questo non è il codice inviato."],
  [/That is enough for now; try again in (\d+) s\./, "Per ora basta; riprova fra $1 s."],
  [
    /You have (\d+) channels, the most this server allows\. Delete one first\./,
    "Hai $1 canali, il massimo che questo server permette. Prima eliminane uno.",
  ],
  [
    /You have (\d+) rules, the most there can be\. Delete one first\./,
    "Hai $1 regole, il massimo possibile. Prima eliminane una.",
  ],
];
