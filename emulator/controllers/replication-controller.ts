import { replicationController as kind } from '../kinds/replication-controller.ts'
import { createReplicaController } from './replica-set.ts'

/** What a ReplicaSet does, for the older kind (upstream: pkg/controller/replication, which converts likewise). */
export const replicationControllerController = createReplicaController({
  controller: 'replication-controller',
  kind,
  asReplicaSet: ({ spec, ...object }) => ({
    ...object,
    spec: { ...spec, selector: { matchLabels: spec?.selector ?? {} } },
  }),
  withStatus: (object, { terminatingReplicas: _going, ...status }) => ({ ...object, status }),
})
