'use client'
import { useMessages } from 'next-intl'
import type { TraceView } from '../../server/protocol.ts'

type Hop = Pick<TraceView['hops'][number], 'code' | 'params' | 'text'>

/**
 * A template's `{name}` parts filled from the hop; the hop's own English sentence where no template exists. Parameters
 * call a Pod `Pod web`; languages that put the kind behind the name have a template for it.
 */
export function fillHop(template: unknown, hop: Hop, pod: unknown = undefined): string {
  if (typeof template !== 'string') return hop.text
  const named = typeof pod === 'string' ? pod : 'Pod {name}'
  return template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(hop.params, name)
      ? String(hop.params[name]).replace(/^Pod (\S+)/, (_, pod: string) => named.replace('{name}', () => pod))
      : whole,
  )
}

/** Tells a hop in the page's language, by its code. */
export function useHopText(): (hop: Hop) => string {
  const messages: { readonly [namespace: string]: unknown } = useMessages()
  const templates = messages.hops
  return (hop) => fillHop(templateOf(templates, hop.code), hop, templateOf(templates, 'pod-named'))
}

function templateOf(templates: unknown, code: string): unknown {
  if (typeof templates !== 'object' || templates === null || !Object.hasOwn(templates, code)) return undefined
  return Object.entries(templates).find(([key]) => key === code)?.[1]
}
