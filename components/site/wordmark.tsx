/** A hull on its slipway. */
export function Wordmark() {
  return (
    <span className="flex items-center gap-2 text-[1.0625rem] font-semibold tracking-tight">
      <svg
        viewBox="0 0 24 24"
        aria-hidden="true"
        className="size-6"
        fill="none"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        <path d="M2.5 14.5 21.5 20" stroke="var(--accent)" strokeWidth="2" />
        <path
          d="m6 11.2 13.2 3.9c1-1.2 1.7-2.7 2-4.5L7.6 6.6C6.5 8 6 9.6 6 11.2Z"
          stroke="currentColor"
          strokeWidth="1.8"
        />
        <path d="m12.6 8 .9-4.5 3.6 5.8" stroke="currentColor" strokeWidth="1.8" />
      </svg>
      <span className="max-sm:sr-only">Slipway</span>
    </span>
  )
}
