// What @kubernetes/client-node's models do not carry: how lists and maps merge (the x-kubernetes-* extensions of
// Kubernetes' OpenAPI), which strings are enumerations, and the package of each model. Field documentation is never
// kept here.

/** Lists merged by key: `Model.field`: [merge key of strategic merge patch, ...further keys of server-side apply]. */
const mergedLists = {
  'Container.env': ['name'],
  'Container.ports': ['containerPort', 'protocol'],
  'Container.volumeDevices': ['devicePath'],
  'Container.volumeMounts': ['mountPath'],
  'EphemeralContainer.env': ['name'],
  'EphemeralContainer.ports': ['containerPort', 'protocol'],
  'EphemeralContainer.volumeDevices': ['devicePath'],
  'EphemeralContainer.volumeMounts': ['mountPath'],
  'NamespaceStatus.conditions': ['type'],
  'NodeStatus.addresses': ['type'],
  'NodeStatus.conditions': ['type'],
  'ObjectMeta.ownerReferences': ['uid'],
  'PersistentVolumeClaimStatus.conditions': ['type'],
  'PodDisruptionBudgetStatus.conditions': ['type'],
  'PodSpec.containers': ['name'],
  'PodSpec.ephemeralContainers': ['name'],
  'PodSpec.hostAliases': ['ip'],
  'PodSpec.imagePullSecrets': ['name'],
  'PodSpec.initContainers': ['name'],
  'PodSpec.resourceClaims': ['name'],
  'PodSpec.schedulingGates': ['name'],
  'PodSpec.topologySpreadConstraints': ['topologyKey', 'whenUnsatisfiable'],
  'PodSpec.volumes': ['name'],
  'PodStatus.conditions': ['type'],
  'PodStatus.podIPs': ['ip'],
  'ReplicaSetStatus.conditions': ['type'],
  'ReplicationControllerStatus.conditions': ['type'],
  'DaemonSetStatus.conditions': ['type'],
  'DeploymentStatus.conditions': ['type'],
  'StatefulSetStatus.conditions': ['type'],
  'ServiceAccount.secrets': ['name'],
  'ServiceSpec.ports': ['port', 'protocol'],
  'ServiceStatus.conditions': ['type'],
}

/** Lists merged by server-side apply only: strategic merge patch replaces them. */
const appliedLists = {
  'APIServiceStatus.conditions': ['type'],
  'CustomResourceDefinitionStatus.conditions': ['type'],
  'ResourceRequirements.claims': ['name'],
  'ServiceCIDRStatus.conditions': ['type'],
  'V2HorizontalPodAutoscalerStatus.conditions': ['type'],
}

/** Lists of plain values that are sets, for both kinds of merge. */
const sets = ['NodeSpec.podCIDRs', 'ObjectMeta.finalizers']

/** Fields whose other sub-fields go when the discriminating one changes (patchStrategy retainKeys). */
const retainKeys = ['DeploymentSpec.strategy', 'PodSpec.resourceClaims', 'PodSpec.volumes']

/** Maps owned as one value (x-kubernetes-map-type: atomic). */
const atomicMaps = [
  'ServiceSpec.selector',
  'ReplicationControllerSpec.selector',
  'PodSpec.nodeSelector',
  'PersistentVolumeClaimSpec.selector',
]

/** Structures owned as one value, wherever they stand. */
const atomicModels = [
  'ConfigMapKeySelector',
  'CoreV1EndpointPort',
  'DiscoveryV1EndpointPort',
  'EndpointAddress',
  'FileKeySelector',
  'LabelSelector',
  'LocalObjectReference',
  'NodeSelector',
  'NodeSelectorTerm',
  'ObjectFieldSelector',
  'ObjectReference',
  'OwnerReference',
  'RbacV1Subject',
  'ResourceFieldSelector',
  'RoleRef',
  'ScopeSelector',
  'ScopedResourceSelectorRequirement',
  'SecretKeySelector',
  'SecretReference',
  'ServiceBackendPort',
  'TopologySelectorTerm',
  'TypedLocalObjectReference',
]

const protocols = ['SCTP', 'TCP', 'UDP']
const taintEffects = ['NoExecute', 'NoSchedule', 'PreferNoSchedule']

/** Enumerations that OpenAPI declares, in its (alphabetical) order. */
const enums = {
  'Container.imagePullPolicy': ['Always', 'IfNotPresent', 'Never'],
  'Container.terminationMessagePolicy': ['FallbackToLogsOnError', 'File'],
  'ContainerPort.protocol': protocols,
  'CoreV1EndpointPort.protocol': protocols,
  'CronJobSpec.concurrencyPolicy': ['Allow', 'Forbid', 'Replace'],
  'DaemonSetUpdateStrategy.type': ['OnDelete', 'RollingUpdate'],
  'DeploymentStrategy.type': ['Recreate', 'RollingUpdate'],
  'DiscoveryV1EndpointPort.protocol': protocols,
  'EndpointSlice.addressType': ['FQDN', 'IPv4', 'IPv6'],
  'EphemeralContainer.imagePullPolicy': ['Always', 'IfNotPresent', 'Never'],
  'EphemeralContainer.terminationMessagePolicy': ['FallbackToLogsOnError', 'File'],
  'HTTPGetAction.scheme': ['HTTP', 'HTTPS'],
  'HTTPIngressPath.pathType': ['Exact', 'ImplementationSpecific', 'Prefix'],
  'HostPathVolumeSource.type': [
    '',
    'BlockDevice',
    'CharDevice',
    'Directory',
    'DirectoryOrCreate',
    'File',
    'FileOrCreate',
    'Socket',
  ],
  'IngressPortStatus.protocol': protocols,
  'JobSpec.completionMode': ['Indexed', 'NonIndexed'],
  'JobSpec.podReplacementPolicy': ['Failed', 'TerminatingOrFailed'],
  'NamespaceStatus.phase': ['Active', 'Terminating'],
  'NetworkPolicyPort.protocol': protocols,
  'NodeSelectorRequirement.operator': ['DoesNotExist', 'Exists', 'Gt', 'In', 'Lt', 'NotIn'],
  'NodeStatus.phase': ['Pending', 'Running', 'Terminated'],
  'PersistentVolumeClaimSpec.volumeMode': ['Block', 'Filesystem'],
  'PersistentVolumeClaimStatus.phase': ['Bound', 'Lost', 'Pending'],
  'PersistentVolumeSpec.persistentVolumeReclaimPolicy': ['Delete', 'Recycle', 'Retain'],
  'PersistentVolumeSpec.volumeMode': ['Block', 'Filesystem'],
  'PersistentVolumeStatus.phase': ['Available', 'Bound', 'Failed', 'Pending', 'Released'],
  'PodSpec.dnsPolicy': ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'],
  'PodSpec.preemptionPolicy': ['Never', 'PreemptLowerPriority'],
  'PodSpec.restartPolicy': ['Always', 'Never', 'OnFailure'],
  'PodStatus.phase': ['Failed', 'Pending', 'Running', 'Succeeded', 'Unknown'],
  'PodStatus.qosClass': ['BestEffort', 'Burstable', 'Guaranteed'],
  'PriorityClass.preemptionPolicy': ['Never', 'PreemptLowerPriority'],
  'SeccompProfile.type': ['Localhost', 'RuntimeDefault', 'Unconfined'],
  'ServicePort.protocol': protocols,
  'ServiceSpec.externalTrafficPolicy': ['Cluster', 'Local'],
  'ServiceSpec.internalTrafficPolicy': ['Cluster', 'Local'],
  'ServiceSpec.ipFamilyPolicy': ['PreferDualStack', 'RequireDualStack', 'SingleStack'],
  'ServiceSpec.sessionAffinity': ['ClientIP', 'None'],
  'ServiceSpec.type': ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'],
  'StatefulSetSpec.podManagementPolicy': ['OrderedReady', 'Parallel'],
  'StatefulSetUpdateStrategy.type': ['OnDelete', 'RollingUpdate'],
  'StorageClass.reclaimPolicy': ['Delete', 'Recycle', 'Retain'],
  'StorageClass.volumeBindingMode': ['Immediate', 'WaitForFirstConsumer'],
  'Taint.effect': taintEffects,
  'Toleration.effect': taintEffects,
  'Toleration.operator': ['Equal', 'Exists', 'Gt', 'Lt'],
  'TopologySpreadConstraint.whenUnsatisfiable': ['DoNotSchedule', 'ScheduleAnyway'],
}

/** Defaults of fields that are part of a list's key. */
const keyDefaults = {
  'ContainerPort.protocol': 'TCP',
  'ServicePort.protocol': 'TCP',
}

/** What the tables say about one field, to be merged into its schema. */
export function fieldAdditions(model, field) {
  const path = `${model}.${field}`
  const additions = {}
  const keys = mergedLists[path] ?? appliedLists[path]
  if (keys) Object.assign(additions, { listType: 'map', listMapKeys: keys })
  if (mergedLists[path]) Object.assign(additions, { patchStrategy: 'merge', patchMergeKey: keys[0] })
  if (sets.includes(path)) Object.assign(additions, { listType: 'set', patchStrategy: 'merge' })
  if (retainKeys.includes(path))
    additions.patchStrategy = additions.patchStrategy ? `${additions.patchStrategy},retainKeys` : 'retainKeys'
  if (atomicMaps.includes(path)) additions.mapType = 'atomic'
  if (enums[path]) additions.enum = enums[path]
  if (keyDefaults[path] !== undefined) additions.default = keyDefaults[path]
  return additions
}

/** Is a structure of this model owned as one value? */
export const isAtomic = (model) => atomicModels.includes(model)

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1'

/** The packages of models, each with the models from which the rest of its package is reached, in order of search. */
const packages = [
  [
    META,
    [
      'ObjectMeta',
      'ListMeta',
      'Status',
      'LabelSelector',
      'Condition',
      'DeleteOptions',
      'APIResourceList',
      'APIGroupList',
      'FieldSelectorRequirement',
    ],
  ],
  [
    'io.k8s.api.core.v1',
    [
      'Pod',
      'Service',
      'Endpoints',
      'Node',
      'Namespace',
      'ConfigMap',
      'Secret',
      'ServiceAccount',
      'CoreV1Event',
      'ReplicationController',
      'PersistentVolume',
      'PersistentVolumeClaim',
      'ResourceQuota',
      'LimitRange',
      'Binding',
      'PodTemplate',
      'ComponentStatus',
      'TopologySelectorTerm',
    ],
  ],
  ['io.k8s.api.discovery.v1', ['EndpointSlice']],
  ['io.k8s.api.apps.v1', ['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet', 'ControllerRevision']],
  ['io.k8s.api.batch.v1', ['Job', 'CronJob']],
  ['io.k8s.api.networking.v1', ['Ingress', 'IngressClass', 'NetworkPolicy', 'IPAddress', 'ServiceCIDR']],
  ['io.k8s.api.rbac.v1', ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding']],
  ['io.k8s.api.autoscaling.v2', ['V2HorizontalPodAutoscaler']],
  ['io.k8s.api.autoscaling.v1', ['Scale', 'HorizontalPodAutoscaler']],
  ['io.k8s.api.policy.v1', ['PodDisruptionBudget', 'Eviction']],
  ['io.k8s.api.scheduling.v1', ['PriorityClass']],
  [
    'io.k8s.api.storage.v1',
    ['StorageClass', 'CSIDriver', 'CSINode', 'CSIStorageCapacity', 'VolumeAttachment', 'VolumeAttributesClass'],
  ],
  ['io.k8s.api.node.v1', ['RuntimeClass']],
  ['io.k8s.api.certificates.v1', ['CertificateSigningRequest']],
  [
    'io.k8s.api.admissionregistration.v1',
    [
      'MutatingWebhookConfiguration',
      'ValidatingWebhookConfiguration',
      'ValidatingAdmissionPolicy',
      'ValidatingAdmissionPolicyBinding',
      'MutatingAdmissionPolicy',
      'MutatingAdmissionPolicyBinding',
    ],
  ],
  ['io.k8s.api.flowcontrol.v1', ['FlowSchema', 'PriorityLevelConfiguration']],
  ['io.k8s.api.resource.v1', ['ResourceV1ResourceClaim', 'ResourceClaimTemplate', 'ResourceSlice', 'DeviceClass']],
  ['io.k8s.api.events.v1', ['EventsV1Event']],
  ['io.k8s.api.coordination.v1', ['Lease']],
  ['io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1', ['CustomResourceDefinition']],
  ['io.k8s.kube-aggregator.pkg.apis.apiregistration.v1', ['APIService']],
  [
    'io.k8s.api.authorization.v1',
    ['SelfSubjectAccessReview', 'SelfSubjectRulesReview', 'SubjectAccessReview', 'LocalSubjectAccessReview'],
  ],
  ['io.k8s.api.authentication.v1', ['SelfSubjectReview', 'TokenReview', 'AuthenticationV1TokenRequest']],
]

/** OpenAPI's name of every model: `io.k8s.api.core.v1.ServicePort`. */
export function definitionNames(schema) {
  const names = {}
  for (const [prefix, roots] of packages) {
    const queue = roots.filter((name) => schema[name])
    for (const model of queue) {
      if (names[model]) continue
      names[model] = `${prefix}.${model.replace(/^(?:[A-Z][a-z]+)?V\d+(?=[A-Z])/, '')}`
      for (const { type } of Object.values(schema[model].fields)) if (schema[type]) queue.push(type)
    }
  }
  return names
}
