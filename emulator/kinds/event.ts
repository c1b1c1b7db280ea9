import { age } from '../api/age.ts'
import { type FieldError, field } from '../api/field.ts'
import { defineKind } from '../api/kind.ts'
import type { CoreV1Event } from '../generated/types.ts'
import { describeGeneric } from './describe/generic.ts'
import { eventSource } from './event/source.ts'

export const event = defineKind<CoreV1Event>({
  group: '',
  version: 'v1',
  kind: 'Event',
  plural: 'events',
  singular: 'event',
  shortNames: ['ev'],
  scope: 'Namespaced',
  schema: 'CoreV1Event',
  strategy: { bumpsGeneration: () => false, allowCreateOnUpdate: true },
  validate: validateEvent,
  columns: [
    { name: 'Last Seen', cell: lastSeen },
    { name: 'Type', cell: ({ type }) => type ?? '' },
    { name: 'Reason', cell: ({ reason }) => reason ?? '' },
    { name: 'Object', cell: target },
    { name: 'Subobject', wide: true, cell: ({ involvedObject }) => involvedObject.fieldPath ?? '' },
    { name: 'Source', wide: true, cell: eventSource },
    { name: 'Message', cell: ({ message }) => (message ?? '').trim() },
    { name: 'First Seen', wide: true, cell: firstSeen },
    { name: 'Count', wide: true, cell: ({ series, count }) => String(series?.count ?? (count || 1)) },
    { name: 'Name', wide: true, cell: ({ metadata }) => metadata.name ?? '' },
  ],
  selectableFields: {
    'involvedObject.kind': ({ involvedObject }) => involvedObject.kind ?? '',
    'involvedObject.namespace': ({ involvedObject }) => involvedObject.namespace ?? '',
    'involvedObject.name': ({ involvedObject }) => involvedObject.name ?? '',
    'involvedObject.uid': ({ involvedObject }) => involvedObject.uid ?? '',
    'involvedObject.apiVersion': ({ involvedObject }) => involvedObject.apiVersion ?? '',
    'involvedObject.resourceVersion': ({ involvedObject }) => involvedObject.resourceVersion ?? '',
    'involvedObject.fieldPath': ({ involvedObject }) => involvedObject.fieldPath ?? '',
    reason: ({ reason }) => reason ?? '',
    reportingComponent: ({ reportingComponent }) => reportingComponent ?? '',
    source: ({ source, reportingComponent }) => source?.component || (reportingComponent ?? ''),
    type: ({ type }) => type ?? '',
  },
  describe: (object, context) => describeGeneric('Event', object, context),
})

function firstSeen({ firstTimestamp, eventTime }: CoreV1Event, { now }: { readonly now: number }): string {
  return age(firstTimestamp || eventTime, now)
}

function lastSeen(object: CoreV1Event, { now }: { readonly now: number }): string {
  return age(object.series?.lastObservedTime || object.lastTimestamp || object.firstTimestamp || object.eventTime, now)
}

function target({ involvedObject: { kind = '', name } }: CoreV1Event): string {
  return name ? `${kind.toLowerCase()}/${name}` : kind.toLowerCase()
}

/** An event stands where its object does; those of objects in no namespace stand in `default` (upstream: pkg/apis/core/validation/events.go legacyValidateEvent). */
function validateEvent({ metadata, involvedObject }: CoreV1Event): readonly FieldError[] {
  const [own = '', theirs = ''] = [metadata.namespace, involvedObject.namespace]
  const fits = theirs === '' ? ['', 'default', 'kube-system'].includes(own) : own === theirs
  return fits ? [] : [field.invalid('involvedObject.namespace', theirs, 'does not match event.namespace')]
}
