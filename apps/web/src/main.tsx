import "./styles.css";

/** Resolves when the browser has painted index.html; at once in a background tab, which paints nothing. */
const painted = () =>
  new Promise<void>((resolve) => {
    if (document.hidden) resolve();
    else requestAnimationFrame(() => setTimeout(resolve));
  });

const nextTask = () => new Promise<void>((resolve) => setTimeout(resolve));

try {
  await painted();
  // A task for each step: in one, they would block a phone for a third of a second.
  await import("react-dom/client");
  await nextTask();
  const { makeRouter, start } = await import("./start.tsx");
  await nextTask();
  const router = makeRouter();
  await nextTask();
  await start(router);
} catch (error) {
  // theme.js reloads the page once the server responds.
  dispatchEvent(new Event("start-failed"));
  throw error;
}
