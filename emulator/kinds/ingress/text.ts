import type { IngressRule, IngressStatus } from '../../generated/types.ts'
import { byBytes } from '../format/labels.ts'

const SHOWN = 3

/** Hosts of the first three rules, `*` if none names one (upstream: printers.go formatHosts). */
export function hostsText(rules: readonly IngressRule[]): string {
  const hosts: string[] = []
  let more = false
  for (const { host } of rules) {
    if (hosts.length === SHOWN) more = true
    if (!more && host) hosts.push(host)
  }
  if (hosts.length === 0) return '*'
  return more ? `${hosts.join(',')} + ${rules.length - SHOWN} more...` : hosts.join(',')
}

/** Addresses that a controller has published (upstream: printers.go ingressLoadBalancerStatusStringer, wide). */
export function addressText(status: IngressStatus | undefined): string {
  const given = (status?.loadBalancer?.ingress ?? []).map(({ ip, hostname }) => ip || hostname || '')
  return [...new Set(given.filter((address) => address !== ''))].sort(byBytes).join(',')
}
