import { timestamp } from '../api/age.ts'
import { flowSchema } from '../kinds/flow-schema.ts'
import { priorityLevelConfiguration } from '../kinds/priority-level-configuration.ts'
import { defineController } from './controller.ts'
import { keyOf } from './metadata.ts'

/** Tells whether each flow schema's priority level is there (upstream: apiserver/pkg/util/flowcontrol/apf_controller.go). */
export const flowSchemaController = defineController({
  name: 'priority-and-fairness-config-producer',
  for: flowSchema,
  watches: [{ kind: priorityLevelConfiguration, keys: (_, { objects }) => objects.list(flowSchema).map(keyOf) }],
  delayMs: [5, 20],
  reconcile(key, { objects, now }) {
    const schema = objects.get(flowSchema, undefined, key.name)
    if (!schema) return undefined
    const level = schema.spec?.priorityLevelConfiguration.name ?? ''
    const missing = objects.get(priorityLevelConfiguration, undefined, level) === undefined
    const [status, reason, text] = missing
      ? ['True', 'NotFound', 'but there is no such object']
      : ['False', 'Found', 'and it exists']
    const old = schema.status?.conditions?.find(({ type }) => type === 'Dangling')
    if (old?.status === status) return undefined
    const message = `This FlowSchema references the PriorityLevelConfiguration object named ${JSON.stringify(level)} ${text}`
    const condition = { type: 'Dangling', status, reason, message, lastTransitionTime: timestamp(now) }
    objects.updateStatus(flowSchema, { ...schema, status: { conditions: [condition] } })
    return undefined
  },
})
