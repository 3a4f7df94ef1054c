/** Why a channel cannot be reached any more, as `NOTICES_IN_ITALIAN`. */
export const CHANNELS_IN_ITALIAN: (readonly [english: string, italian: string])[] = [
  [
    "The bot was blocked in this chat. Unblock it in Telegram.",
    "Il bot è stato bloccato in questa chat. Sbloccalo in Telegram.",
  ],
  [
    "This Telegram account no longer exists. Enter another chat.",
    "Questo account Telegram non esiste più. Inserisci un’altra chat.",
  ],
  [
    "The bot may not write first. Send it /start in Telegram.",
    "Il bot non può scrivere per primo. Inviagli /start in Telegram.",
  ],
  [
    "The bot is no longer a member of this chat. Add it again.",
    "Il bot non fa più parte di questa chat. Aggiungilo di nuovo.",
  ],
  [
    "Telegram finds no such chat for this bot. Check the chat, and add the bot to it.",
    "Telegram non trova questa chat per il bot. Controlla la chat e aggiungi il bot.",
  ],
  [
    "This topic was closed or deleted. Enter another topic, or none.",
    "Questo argomento è stato chiuso o eliminato. Inseriscine un altro, o nessuno.",
  ],
  [
    "The bot may not write to this chat. Let it post there.",
    "Il bot non può scrivere in questa chat. Permettigli di pubblicare.",
  ],
  [
    "Telegram does not know this bot token. Get a new one from BotFather and enter it.",
    "Telegram non conosce questo token del bot. Fattene dare uno nuovo da BotFather e inseriscilo.",
  ],
  ["The Slack channel is archived. Unarchive it.", "Il canale Slack è archiviato. Ripristinalo."],
  [
    "The Slack channel no longer exists. Create a new webhook there and enter its address.",
    "Il canale Slack non esiste più. Crea un nuovo webhook e inserisci il suo indirizzo.",
  ],
  [
    "Slack no longer knows this webhook. Create a new webhook there and enter its address.",
    "Slack non conosce più questo webhook. Creane uno nuovo e inserisci il suo indirizzo.",
  ],
  [
    "Slack does not let this webhook post. Ask an administrator of the workspace.",
    "Slack non permette a questo webhook di pubblicare. Chiedi a un amministratore del workspace.",
  ],
  [
    "Discord no longer knows this webhook. Create a new webhook there and enter its address.",
    "Discord non conosce più questo webhook. Creane uno nuovo e inserisci il suo indirizzo.",
  ],
  [
    "The Discord channel no longer exists. Create a new webhook there and enter its address.",
    "Il canale Discord non esiste più. Crea un nuovo webhook e inserisci il suo indirizzo.",
  ],
  [
    "ntfy does not accept the access token. Enter a valid one.",
    "ntfy non accetta il token di accesso. Inseriscine uno valido.",
  ],
  [
    "ntfy does not allow publishing to this topic. Enter an access token that may, or another topic.",
    "ntfy non permette di pubblicare in questo argomento. Inserisci un token di accesso che possa farlo, o un altro argomento.",
  ],
];
