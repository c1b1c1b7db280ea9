import type { CoreV1Event } from '../../generated/types.ts'

/** `kubelet, node01` (upstream: printers.go formatEventSource). */
export function eventSource({ source, reportingComponent, reportingInstance }: CoreV1Event): string {
  const component = source?.component || reportingComponent || ''
  const host = source?.host || reportingInstance || ''
  return host === '' ? component : `${component}, ${host}`
}
