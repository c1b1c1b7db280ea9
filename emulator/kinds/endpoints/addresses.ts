import type { EndpointSubset } from '../../generated/types.ts'
import { joinHostPort } from '../format/address.ts'

const SHOWN = 3

/** `10.244.1.2:80,10.244.1.3:80 + 2 more...` (upstream: pkg/printers/internalversion/printers.go formatEndpoints). */
export function endpointsText(subsets: readonly EndpointSubset[] | undefined): string {
  if (!subsets?.length) return '<none>'
  const all = subsets.flatMap(({ addresses = [], ports }) =>
    ports?.length
      ? ports.flatMap(({ port }) => addresses.map(({ ip }) => joinHostPort(ip, port)))
      : addresses.map(({ ip }) => ip),
  )
  const shown = all.slice(0, SHOWN).join(',')
  return all.length > SHOWN ? `${shown} + ${all.length - SHOWN} more...` : shown
}
