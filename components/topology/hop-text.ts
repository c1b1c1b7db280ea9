'use client'
import { useMessages } from 'next-intl'
import type { TraceView } from '../../server/protocol.ts'

type Hop = Pick<TraceView['hops'][number], 'code' | 'params' | 'text'>

/** A template's `{name}` parts filled from the hop; the hop's own English sentence where no template exists. */
export function fillHop(template: unknown, hop: Hop): string {
  if (typeof template !== 'string') return hop.text
  return template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(hop.params, name) ? String(hop.params[name]) : whole,
  )
}

/** Tells a hop in the page's language, by its code. */
export function useHopText(): (hop: Hop) => string {
  const messages: { readonly hops?: { readonly [code: string]: unknown } } = useMessages()
  return (hop) => fillHop(messages.hops && Object.hasOwn(messages.hops, hop.code) ? messages.hops[hop.code] : undefined, hop)
}
