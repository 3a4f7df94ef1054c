/** Who is asking, and by which credential. */
export type Principal =
  | { kind: "session"; userId: number; sessionId: string; via: "cookie" | "bearer" }
  | { kind: "apiToken"; userId: number; tokenId: number };
