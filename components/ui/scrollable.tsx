import type { ComponentProps } from 'react'

// What scrolls must be reachable by keyboard (WCAG 2.1.1), though it is no control.
const reachable = { tabIndex: 0 }

export function ScrollablePre(props: ComponentProps<'pre'>) {
  return <pre {...reachable} {...props} />
}

export function ScrollableSection(props: ComponentProps<'section'>) {
  return <section {...reachable} {...props} />
}
