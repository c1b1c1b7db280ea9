// What the values of enumerations mean, as `kubectl explain` lists them below a field's documentation. The models do not
// carry this. The header and the form are the API server's; the words are ours, but for those that recordings hold.

const protocols = {
  SCTP: 'is the SCTP protocol.',
  TCP: 'is the TCP protocol.',
  UDP: 'is the UDP protocol.',
}
const messagePolicies = {
  FallbackToLogsOnError: 'takes the end of the log where a container fails without a message of its own.',
  File: 'takes what the container has written to its message path.',
}
const pullPolicies = {
  Always: 'asks the registry each time a container starts.',
  IfNotPresent: 'pulls an image that the node does not have.',
  Never: 'uses only what the node has.',
}
const effects = {
  NoExecute: 'keeps new Pods away and evicts running ones that do not tolerate the taint.',
  NoSchedule: 'keeps new Pods away that do not tolerate the taint.',
  PreferNoSchedule: 'keeps new Pods away that do not tolerate the taint, where there is another place for them.',
}
const reclaims = {
  Delete: 'removes the storage with its volume.',
  Recycle: 'empties the volume for the next claim.',
  Retain: 'leaves the storage for somebody to look after.',
}

/** By `Model.field`, in the order of the enumeration. */
const meanings = {
  'Container.imagePullPolicy': pullPolicies,
  'Container.terminationMessagePolicy': messagePolicies,
  'ContainerPort.protocol': protocols,
  'CoreV1EndpointPort.protocol': protocols,
  'CronJobSpec.concurrencyPolicy': {
    Allow: 'lets runs overlap.',
    Forbid: 'leaves a run out while the one before goes on.',
    Replace: 'ends the run that goes on for the one that is due.',
  },
  'DaemonSetUpdateStrategy.type': {
    OnDelete: 'renews a Pod once somebody deletes it.',
    RollingUpdate: 'renews Pods node by node.',
  },
  'DeploymentStrategy.type': {
    Recreate: 'ends all old Pods before new ones begin.',
    RollingUpdate: 'exchanges old Pods for new ones step by step.',
  },
  'DiscoveryV1EndpointPort.protocol': protocols,
  'EndpointSlice.addressType': {
    FQDN: 'is a host name.',
    IPv4: 'is an IPv4 address.',
    IPv6: 'is an IPv6 address.',
  },
  'EphemeralContainer.imagePullPolicy': pullPolicies,
  'EphemeralContainer.terminationMessagePolicy': messagePolicies,
  'HTTPIngressPath.pathType': {
    Exact: 'is this path alone, letter by letter.',
    ImplementationSpecific: 'is up to the class of the Ingress.',
    Prefix: 'is this path and all that go on from it behind a slash.',
  },
  'IngressPortStatus.protocol': protocols,
  'JobSpec.completionMode': {
    Indexed: 'gives each Pod a number of its own, and each number has to succeed once.',
    NonIndexed: 'counts any Pod that succeeds.',
  },
  'NetworkPolicyPort.protocol': protocols,
  'PersistentVolumeSpec.persistentVolumeReclaimPolicy': reclaims,
  'PodSpec.dnsPolicy': {
    ClusterFirst: "asks the cluster's resolver first; a Pod on the host's network asks the node's.",
    ClusterFirstWithHostNet: "asks the cluster's resolver first, on the host's network too.",
    Default: "asks the node's resolver.",
    None: 'asks only what the Pod itself configures.',
  },
  'PodSpec.restartPolicy': { Always: '', Never: '', OnFailure: '' },
  'ServicePort.protocol': protocols,
  'ServiceSpec.externalTrafficPolicy': {
    Cluster: 'sends traffic from outside to any endpoint.',
    Local: 'sends traffic from outside to endpoints on the node where it arrives, with its source address.',
  },
  'ServiceSpec.internalTrafficPolicy': {
    Cluster: 'sends traffic from within to any endpoint.',
    Local: 'sends traffic from within to endpoints on the same node.',
  },
  'ServiceSpec.ipFamilyPolicy': {
    PreferDualStack: 'takes both families where the cluster has both.',
    RequireDualStack: 'takes both families or fails.',
    SingleStack: 'takes one family.',
  },
  'ServiceSpec.sessionAffinity': {
    ClientIP: 'is the Client IP based.',
    None: '- no session affinity.',
  },
  'ServiceSpec.type': {
    ClusterIP: 'can be reached within the cluster, at its address.',
    ExternalName: 'is a CNAME of a name elsewhere.',
    LoadBalancer: 'can be reached at a load balancer, and as NodePort can.',
    NodePort: 'can be reached at a port of every node, and as ClusterIP can.',
  },
  'StatefulSetSpec.podManagementPolicy': {
    OrderedReady: 'makes Pods one after the other, each when the one before is ready, and ends them in reverse.',
    Parallel: 'makes and ends Pods all at once.',
  },
  'StorageClass.reclaimPolicy': reclaims,
  'StorageClass.volumeBindingMode': {
    Immediate: 'binds a claim as soon as it is made.',
    WaitForFirstConsumer: 'binds a claim when a Pod that uses it is scheduled.',
  },
  'Taint.effect': effects,
  'Toleration.effect': effects,
}

/** Every value of a field's enumeration, with its meaning where it has one; '' for other fields. */
export function enumValues(path, values) {
  if (!values) return ''
  const lines = values.map((value) => {
    const meaning = meanings[path]?.[value]
    return ` - \`${JSON.stringify(value)}\`${meaning ? ` ${meaning}` : ''}`
  })
  return `\n\nPossible enum values:\n${lines.join('\n')}`
}
