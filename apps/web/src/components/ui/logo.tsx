export function Logo({ className = "size-7" }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={className}>
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <g fill="none" strokeLinecap="round" strokeLinejoin="round" className="stroke-on-accent">
        <path d="M4.5 16C8 9.6 11.8 7 16 7s8 2.6 11.5 9C24 22.4 20.2 25 16 25s-8-2.6-11.5-9Z" strokeWidth="2.2" />
        <path d="M12 20v-4M16 20v-8M20 20v-5.5" strokeWidth="2.6" />
      </g>
    </svg>
  );
}
