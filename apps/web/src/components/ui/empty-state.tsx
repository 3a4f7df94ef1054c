/** What will stand here, where nothing does yet. */
export function Nothing({ title, body }: { title: string; body: string }) {
  return (
    <section
      aria-label={title}
      className="flex min-h-40 flex-col items-center justify-center gap-2 rounded-panel border border-dashed border-line-strong p-6 text-center"
    >
      <h2 className="font-semibold">{title}</h2>
      <p className="max-w-prose text-muted">{body}</p>
    </section>
  );
}
