import type { ReactNode, SVGProps } from 'react'

const paths = {
  sun: (
    <>
      <circle cx="8" cy="8" r="2.75" />
      <path d="M8 1.5v1.6M8 12.9v1.6M1.5 8h1.6M12.9 8h1.6M3.4 3.4l1.1 1.1M11.5 11.5l1.1 1.1M3.4 12.6l1.1-1.1M11.5 4.5l1.1-1.1" />
    </>
  ),
  moon: <path d="M13.2 9.8A5.6 5.6 0 0 1 6.2 2.8a5.6 5.6 0 1 0 7 7Z" />,
  search: (
    <>
      <circle cx="7" cy="7" r="4.25" />
      <path d="m10.2 10.2 3.8 3.8" />
    </>
  ),
  keyboard: (
    <>
      <rect x="1.5" y="4" width="13" height="8.5" rx="1.5" />
      <path d="M4 6.8h.01M6.6 6.8h.01M9.3 6.8h.01M12 6.8h.01M4.8 9.8h6.4" />
    </>
  ),
  plus: <path d="M8 3v10M3 8h10" />,
  cross: <path d="m4 4 8 8M12 4l-8 8" />,
  check: <path d="m3 8.6 3.3 3.3L13 4.8" />,
  play: <path d="M5 3.2v9.6l7.6-4.8Z" />,
  pause: <path d="M5.2 3.5v9M10.8 3.5v9" />,
  copy: (
    <>
      <rect x="5.5" y="5.5" width="8" height="8" rx="1.5" />
      <path d="M10.5 5.5v-2a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2" />
    </>
  ),
  menu: <path d="M3.5 8h.01M8 8h.01M12.5 8h.01" strokeWidth="2.4" />,
  up: <path d="m3.5 10 4.5-4.5L12.5 10" />,
  down: <path d="m3.5 6 4.5 4.5L12.5 6" />,
  right: <path d="m6 3.5 4.5 4.5L6 12.5" />,
  left: <path d="M10 3.5 5.5 8l4.5 4.5" />,
  undo: <path d="M3 6.5h6.2a3.8 3.8 0 0 1 0 7.5H6M3 6.5 6 3.5M3 6.5l3 3" />,
  redo: <path d="M13 6.5H6.8a3.8 3.8 0 0 0 0 7.5H10M13 6.5l-3-3M13 6.5l-3 3" />,
  flag: <path d="M4 14V2.5M4 3.2h8.2L10.4 6l1.8 2.8H4" />,
  link: (
    <path d="M6.8 9.2a2.7 2.7 0 0 0 3.8 0l2.2-2.2a2.7 2.7 0 0 0-3.8-3.8l-.9.9M9.2 6.8a2.7 2.7 0 0 0-3.8 0L3.2 9a2.7 2.7 0 0 0 3.8 3.8l.9-.9" />
  ),
  restart: <path d="M13 8a5 5 0 1 1-1.6-3.7M13 2.2v2.6h-2.6" />,
  download: <path d="M8 2.5v7.5M4.8 7 8 10.2 11.2 7M2.8 13.2h10.4" />,
  sheet: <path d="M3.5 1.5h6l3 3v10h-9ZM9.5 1.5v3h3M5.8 7.2h4.4M5.8 9.5h4.4M5.8 11.8h2.6" />,
  print: <path d="M4.5 6V2h7v4M4.5 11.5h-2v-4a1.5 1.5 0 0 1 1.5-1.5h8a1.5 1.5 0 0 1 1.5 1.5v4h-2M4.5 9.5h7V14h-7Z" />,
  warning: <path d="M8 2.2 14.6 13.6H1.4ZM8 6.6v3.2M8 11.7h.01" />,
  info: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 7.4v3.4M8 5.1h.01" />
    </>
  ),
  clock: (
    <>
      <circle cx="8" cy="8" r="5.75" />
      <path d="M8 4.8V8l2.2 1.6" />
    </>
  ),
  ring: <circle cx="8" cy="8" r="5.75" strokeDasharray="2.2 2.3" />,
  list: <path d="M6 4h7.5M6 8h7.5M6 12h7.5M2.8 4h.01M2.8 8h.01M2.8 12h.01" />,
  dot: <circle cx="8" cy="8" r="3" />,
} satisfies Record<string, ReactNode>

export type IconName = keyof typeof paths

interface IconProps extends SVGProps<SVGSVGElement> {
  readonly name: IconName
}

/** A 16-pixel line icon; decoration beside words, so hidden from screen readers. */
export function Icon({ name, className = 'size-4', ...rest }: IconProps) {
  return (
    <svg
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className={`shrink-0 ${className}`}
      {...rest}
    >
      {paths[name]}
    </svg>
  )
}
