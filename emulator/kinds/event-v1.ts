import { defineKind } from '../api/kind.ts'
import type { KubeObject } from '../api/types.ts'
import type { CoreV1Event, EventsV1Event } from '../generated/types.ts'
import { describeGeneric } from './describe/generic.ts'
import { event } from './event.ts'

/** Events as their own group shows them: the same objects under other names (upstream: pkg/apis/events/v1/conversion.go). */
export const eventV1 = defineKind<EventsV1Event>({
  group: 'events.k8s.io',
  version: 'v1',
  kind: 'Event',
  plural: 'events',
  singular: 'event',
  shortNames: ['ev'],
  scope: 'Namespaced',
  schema: 'EventsV1Event',
  view: {
    of: 'events',
    serve: (object) => fromCore(object as CoreV1Event),
    store: (object) => toCore(object as EventsV1Event),
  },
  strategy: { bumpsGeneration: () => false, allowCreateOnUpdate: true },
  columns: event.columns.map((column) => ({
    ...column,
    cell: (object, context) => column.cell(toCore(object), context),
  })),
  describe: (object, context) => describeGeneric('Event', object as KubeObject, context),
})

function fromCore(object: CoreV1Event): EventsV1Event {
  const { involvedObject, message, source, firstTimestamp, lastTimestamp, count, reportingComponent, ...rest } = object
  return {
    ...rest,
    apiVersion: 'events.k8s.io/v1',
    eventTime: rest.eventTime ?? null,
    regarding: involvedObject,
    ...(message !== undefined && { note: message }),
    ...(source && { deprecatedSource: source }),
    ...(firstTimestamp !== undefined && { deprecatedFirstTimestamp: firstTimestamp }),
    ...(lastTimestamp !== undefined && { deprecatedLastTimestamp: lastTimestamp }),
    ...(count !== undefined && { deprecatedCount: count }),
    ...(reportingComponent !== undefined && { reportingController: reportingComponent }),
  } as EventsV1Event
}

function toCore(object: EventsV1Event): CoreV1Event {
  const {
    regarding,
    note,
    deprecatedSource,
    deprecatedFirstTimestamp,
    deprecatedLastTimestamp,
    deprecatedCount,
    reportingController,
    eventTime,
    ...rest
  } = object
  return {
    ...rest,
    metadata: rest.metadata ?? {},
    apiVersion: 'v1',
    involvedObject: regarding ?? {},
    ...(eventTime && { eventTime }),
    ...(note !== undefined && { message: note }),
    ...(deprecatedSource && { source: deprecatedSource }),
    ...(deprecatedFirstTimestamp !== undefined && { firstTimestamp: deprecatedFirstTimestamp }),
    ...(deprecatedLastTimestamp !== undefined && { lastTimestamp: deprecatedLastTimestamp }),
    ...(deprecatedCount !== undefined && { count: deprecatedCount }),
    ...(reportingController !== undefined && { reportingComponent: reportingController }),
  }
}
