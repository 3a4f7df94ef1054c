/** Invisible characters: zero-width spaces and joiners, byte order marks, soft hyphens and direction marks. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;

/** Removes invisible characters, which web pages and chats add to copied text. */
export const withoutInvisible = (text: string): string => text.replace(INVISIBLE, "");
