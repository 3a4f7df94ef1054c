/** What `npm start` gives Node: a small young generation, and an old one that is cleaned before it has grown large. */
export const NODE_FLAGS = ["--max-semi-space-size=2", "--max-old-space-size=768"];
