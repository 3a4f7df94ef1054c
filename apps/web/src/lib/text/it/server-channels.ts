import type { Texts } from "../all.ts";

/** What the server says of channels and of what came of sending. */
export const channelsFromServer: Texts["fromServer"] = [
  [
    /The last try failed; it is tried again for a day, then switched off\./,
    "L’ultimo tentativo non è riuscito; si riprova per un giorno, poi il canale viene spento.",
  ],
  [/Enter the code that was sent to (.*)\./, "Inserisci il codice inviato a $1."],
  [/There is no code that could be entered; have one sent\./, "Non c’è un codice da inserire; fattene inviare uno."],
  [/The receiver says that it is gone for good\./, "Il destinatario dice di non esserci più."],
  [
    /The bot was blocked in this chat\. Unblock it in Telegram\./,
    "Il bot è stato bloccato in questa chat. Sbloccalo in Telegram.",
  ],
  [
    /This Telegram account no longer exists\. Enter another chat\./,
    "Questo account Telegram non esiste più. Inserisci un’altra chat.",
  ],
  [
    /The bot may not write first\. Send it \/start in Telegram\./,
    "Il bot non può scrivere per primo. Inviagli /start in Telegram.",
  ],
  [
    /The bot is no longer a member of this chat\. Add it again\./,
    "Il bot non fa più parte di questa chat. Aggiungilo di nuovo.",
  ],
  [
    /Telegram finds no such chat for this bot\. Check the chat, and add the bot to it\./,
    "Telegram non trova questa chat per il bot. Controlla la chat e aggiungi il bot.",
  ],
  [
    /This topic was closed or deleted\. Enter another topic, or none\./,
    "Questo argomento è stato chiuso o eliminato. Inseriscine un altro, o nessuno.",
  ],
  [
    /The bot may not write to this chat\. Let it post there\./,
    "Il bot non può scrivere in questa chat. Permettigli di pubblicare.",
  ],
  [
    /Telegram does not know this bot token\. Get a new one from BotFather and enter it\./,
    "Telegram non conosce questo token del bot. Fattene dare uno nuovo da BotFather e inseriscilo.",
  ],
  [/The Slack channel is archived\. Unarchive it\./, "Il canale Slack è archiviato. Ripristinalo."],
  [
    /The Slack channel no longer exists\. Create a new webhook there and enter its address\./,
    "Il canale Slack non esiste più. Crea un nuovo webhook e inserisci il suo indirizzo.",
  ],
  [
    /Slack no longer knows this webhook\. Create a new webhook there and enter its address\./,
    "Slack non conosce più questo webhook. Creane uno nuovo e inserisci il suo indirizzo.",
  ],
  [
    /Slack does not let this webhook post\. Ask an administrator of the workspace\./,
    "Slack non permette a questo webhook di pubblicare. Chiedi a un amministratore del workspace.",
  ],
  [
    /Discord no longer knows this webhook\. Create a new webhook there and enter its address\./,
    "Discord non conosce più questo webhook. Creane uno nuovo e inserisci il suo indirizzo.",
  ],
  [
    /The Discord channel no longer exists\. Create a new webhook there and enter its address\./,
    "Il canale Discord non esiste più. Crea un nuovo webhook e inserisci il suo indirizzo.",
  ],
  [
    /ntfy does not accept the access token\. Enter a valid one\./,
    "ntfy non accetta il token di accesso. Inseriscine uno valido.",
  ],
  [
    /ntfy does not allow publishing to this topic\. Enter an access token that may, or another topic\./,
    "ntfy non permette di pubblicare in questo argomento. Inserisci un token di accesso che possa farlo, o un altro argomento.",
  ],
  [/For a day nothing came through\./, "Per un giorno non è passato nulla."],
  [/Test the channel and switch it on again when it works\./, "Prova il canale e riattivalo quando funziona."],
  [/The server stopped while it was sent\./, "Il server si è fermato durante l’invio."],
  [/The server was stopped before there was an answer\./, "Il server è stato fermato prima di una risposta."],
  [/The channel was switched off\./, "Il canale è stato spento."],
  [
    /(\S+) answered with a redirect \(status (\d+)\); enter the address it leads to\./,
    "$1 ha rimandato a un altro indirizzo (stato $2); inserisci quello.",
  ],
  [/(\S+) answered with status (\d+)\./, "$1 ha risposto con lo stato $2."],
  [/(\S+) did not answer within (\d+) s\./, "$1 non ha risposto entro $2 s."],
  [/The name (\S+) cannot be found\./, "Il nome $1 non si trova."],
  [
    /(\S+) leads into a private network or to this server itself, which it does not send to; its administrator can permit the network in ALLOW_PRIVATE_WEBHOOKS\./,
    "$1 porta in una rete privata o a questo stesso server, dove non invia; chi lo amministra può consentire la rete in ALLOW_PRIVATE_WEBHOOKS.",
  ],
  [
    /(\S+) cannot be reached through the proxy, which does not answer\./,
    "$1 non è raggiungibile attraverso il proxy, che non risponde.",
  ],
  [
    /(\S+) cannot be reached through the proxy, which answered with status (\d+)\./,
    "$1 non è raggiungibile attraverso il proxy, che ha risposto con lo stato $2.",
  ],
  [
    / is inside a private network or an address of this server, which it does not send to\./,
    ": è in una rete privata o è un indirizzo di questo server, dove non invia.",
  ],
  [/ must be an http:\/\/ or https:\/\/ address\./, ": deve essere un indirizzo http:// o https://."],
  [
    / must be the server alone; the topic has a field of its own\./,
    ": scrivi solo il server; il topic ha un campo suo.",
  ],
  [/ must be the address of the server alone\./, ": scrivi solo l’indirizzo del server."],
  [/ must hold no user name or password\./, ": non deve contenere nome utente o password."],
  [/ must use port 80, 443 or one above 1023\./, ": la porta deve essere 80, 443 o sopra 1023."],
  [/(\S+) does not accept connections\./, "$1 non accetta connessioni."],
  [/(\S+) closed the connection without an answer\./, "$1 ha chiuso la connessione senza rispondere."],
  [/(\S+) cannot be reached\./, "$1 non è raggiungibile."],
  [/(\S+) does not speak TLS on this port\./, "$1 non parla TLS su questa porta."],
  [/(\S+) has a certificate that expired\./, "$1 ha un certificato scaduto."],
  [/(\S+) has a certificate that nobody vouches for\./, "$1 ha un certificato di cui nessuno garantisce."],
  [/(\S+) has a certificate for another name\./, "$1 ha un certificato per un altro nome."],
  [/(\S+) did not answer in HTTP\./, "$1 non ha risposto in HTTP."],
  [/(\S+) could not be sent to\./, "Non è stato possibile inviare a $1."],
  [
    /The mail server does not accept the user or password in SMTP_URL\./,
    "Il server di posta non accetta l’utente o la password in SMTP_URL.",
  ],
  [/The name of the mail server cannot be found\./, "Il nome del server di posta non si trova."],
  [/The mail server did not answer in time\./, "Il server di posta non ha risposto in tempo."],
  [/The mail server did not finish within (\d+) s\./, "Il server di posta non ha finito entro $1 s."],
  [/The mail server refused the e-mail \(status (\d+)\)\./, "Il server di posta ha rifiutato l’e-mail (stato $1)."],
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
