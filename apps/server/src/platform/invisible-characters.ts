/** Characters that take no room: zero-width spaces and joiners, byte order marks, soft hyphens, marks of direction. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;

/** Text that was pasted, without the invisible characters that web pages and chats put into what is copied from them. */
export const withoutInvisible = (text: string): string => text.replace(INVISIBLE, "");
