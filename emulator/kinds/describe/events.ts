import { age } from '../../api/age.ts'
import type { DescribeContext } from '../../api/kind.ts'
import type { KubeObject } from '../../api/types.ts'
import type { CoreV1Event } from '../../generated/types.ts'
import { indent } from './lines.ts'

/** The Events section about an object; nothing when several objects are described at once. */
export function eventLines(kind: string, { metadata }: KubeObject, context: DescribeContext): readonly string[] {
  if (!context.showEvents) return []
  return eventTable(
    eventsAbout(context, {
      kind,
      name: metadata?.name ?? '',
      namespace: metadata?.namespace ?? '',
      uid: metadata?.uid,
    }),
    context.now,
  )
}

/** The events whose involvedObject is the given one, as kubectl asks for them. */
export function eventsAbout(
  context: DescribeContext,
  about: { readonly kind: string; readonly name: string; readonly namespace: string; readonly uid: string | undefined },
): readonly CoreV1Event[] {
  const wanted = [
    ['involvedObject.kind', about.kind],
    ['involvedObject.name', about.name],
    ['involvedObject.namespace', about.namespace],
    ['involvedObject.uid', about.uid ?? ''],
  ].filter(([, value]) => value !== '')
  return context.list<CoreV1Event>('events', {
    ...(about.namespace !== '' && { namespace: about.namespace }),
    fields: wanted.map(([path, value]) => `${path}=${value}`).join(','),
  })
}

/** The table of events, oldest last occurrence first (upstream: describe.go DescribeEvents). */
export function eventTable(events: readonly CoreV1Event[], now: number): readonly string[] {
  if (events.length === 0) return ['Events:\t<none>']
  const time = ({ lastTimestamp }: CoreV1Event): number => (lastTimestamp ? Date.parse(lastTimestamp) : 0)
  const version = ({ metadata }: CoreV1Event): number => Number(metadata.resourceVersion ?? 0)
  const rows = [...events]
    .sort((a, b) => time(a) - time(b) || version(a) - version(b))
    .flatMap((event) =>
      [
        event.type ?? '',
        event.reason ?? '',
        intervalText(event, now),
        event.source?.component || event.reportingComponent || '',
        (event.message ?? '').trim(),
      ]
        .join('\t')
        .split('\n'),
    )
  return ['Events:', ...indent(1, ['Type\tReason\tAge\tFrom\tMessage', '----\t------\t----\t----\t-------', ...rows])]
}

function intervalText(event: CoreV1Event, now: number): string {
  const first = age(event.eventTime || event.firstTimestamp, now)
  if (event.series) return `${age(event.series.lastObservedTime, now)} (x${event.series.count} over ${first})`
  return (event.count ?? 0) > 1 ? `${age(event.lastTimestamp, now)} (x${event.count} over ${first})` : first
}
