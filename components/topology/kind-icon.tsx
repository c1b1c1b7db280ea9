import type { ReactNode } from 'react'

const signs = {
  laptop: (
    <>
      <rect x="3" y="3" width="10" height="7" rx="1" />
      <path d="M1.5 12.5h13" />
    </>
  ),
  node: (
    <>
      <rect x="2" y="2.5" width="12" height="4.6" rx="1" />
      <rect x="2" y="8.9" width="12" height="4.6" rx="1" />
      <path d="M4.6 4.8h.01M4.6 11.2h.01" strokeWidth="2" />
    </>
  ),
  pod: <path d="M8 1.6 13.6 4.8v6.4L8 14.4 2.4 11.2V4.8ZM2.4 4.8 8 8l5.6-3.2M8 8v6.4" />,
  service: (
    <>
      <circle cx="3.2" cy="8" r="1.7" />
      <circle cx="12.8" cy="3.2" r="1.7" />
      <circle cx="12.8" cy="12.8" r="1.7" />
      <path d="M4.9 8h2.6l3.6-4M7.5 8l3.6 4" />
    </>
  ),
  'load-balancer': (
    <path d="M1.8 8h3.4M5.2 8l3.4-4.6h5.6M5.2 8h9M5.2 8l3.4 4.6h5.6M12.4 1.6l1.8 1.8-1.8 1.8M12.4 6.2 14.2 8l-1.8 1.8M12.4 10.8l1.8 1.8-1.8 1.8" />
  ),
  ingress: <path d="M2 3.2h5.6v9.6H2M7.6 8h6.2M11 5.2 13.8 8 11 10.8" />,
  endpoint: (
    <>
      <circle cx="8" cy="8" r="5.6" />
      <circle cx="8" cy="8" r="1.6" />
    </>
  ),
  policy: <path d="M8 1.6 13.4 3.6v4.2c0 3.2-2.2 5.4-5.4 6.6-3.2-1.2-5.4-3.4-5.4-6.6V3.6ZM5.6 8l1.8 1.8 3.2-3.4" />,
  waiting: (
    <>
      <circle cx="8" cy="8" r="5.8" strokeDasharray="2.6 2.4" />
      <path d="M8 5v3.2l2 1.4" />
    </>
  ),
} satisfies Record<string, ReactNode>

export type KindSign = keyof typeof signs

/** The fixed sign of a kind, the same everywhere; its name always stands beside it in words. */
export function KindIcon({ kind, className = 'size-4' }: { readonly kind: KindSign; readonly className?: string }) {
  return (
    <svg
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.3"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className={`shrink-0 ${className}`}
    >
      {signs[kind]}
    </svg>
  )
}
