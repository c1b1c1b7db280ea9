/** One field of an internal type: its name in JSON and in Go, its zero value, and the type within. */
export interface InternalType {
  readonly name: string
  readonly goName: string
  readonly zero: null | '' | 0 | false | 'struct'
  readonly type?: string
}

const SPECIAL = new Map([
  ['tty', 'TTY'],
  ['dnsPolicy', 'DNSPolicy'],
  ['dnsConfig', 'DNSConfig'],
  ['os', 'OS'],
  ['nfs', 'NFS'],
  ['iscsi', 'ISCSI'],
  ['rbd', 'RBD'],
  ['cephfs', 'CephFS'],
  ['fc', 'FC'],
  ['csi', 'CSI'],
  ['storageos', 'StorageOS'],
  ['scaleIO', 'ScaleIO'],
  ['httpGet', 'HTTPGet'],
  ['grpc', 'GRPC'],
  ['tcpSocket', 'TCPSocket'],
  ['gcePersistentDisk', 'GCEPersistentDisk'],
  ['awsElasticBlockStore', 'AWSElasticBlockStore'],
  ['apiVersion', 'APIVersion'],
  ['seLinuxOptions', 'SELinuxOptions'],
  ['seLinuxChangePolicy', 'SELinuxChangePolicy'],
  ['fsGroup', 'FSGroup'],
  ['fsGroupChangePolicy', 'FSGroupChangePolicy'],
])

const goName = (name: string): string => SPECIAL.get(name) ?? name.charAt(0).toUpperCase() + name.slice(1)

/**
 * Fields in one string, in the order of the Go struct. `name` alone may be absent (null), `name=` is text, `name#` a
 * number, `name?` a truth value; `:Type` names the type within, `name!:Type` a struct that is always there.
 */
function fields(text: string): readonly InternalType[] {
  return text.split(/\s+/).flatMap((word) => {
    const match = /^(\w+)([=#?!]?)(?::(\w+))?$/.exec(word)
    if (!match) return []
    const [, name = '', mark = '', type] = match
    const zero = mark === '=' ? '' : mark === '#' ? 0 : mark === '?' ? false : mark === '!' ? 'struct' : null
    return [{ name, goName: goName(name), zero, ...(type && { type }) } as const]
  })
}

const PROBE_HANDLER = 'exec httpGet:HTTPGet tcpSocket:TCPSocket grpc'

/** The internal types that Pods are commonly made of, and the policies of Jobs (upstream: pkg/apis/core/types.go, pkg/apis/batch/types.go). */
export const INTERNAL_TYPES: ReadonlyMap<string, readonly InternalType[]> = new Map([
  ['SuccessPolicy', fields('rules:SuccessPolicyRule')],
  ['SuccessPolicyRule', fields('succeededIndexes succeededCount')],
  ['PodFailurePolicy', fields('rules:PodFailurePolicyRule')],
  ['PodFailurePolicyRule', fields('action= onExitCodes:OnExitCodes onPodConditions:OnPodCondition')],
  ['OnExitCodes', fields('containerName operator= values')],
  ['OnPodCondition', fields('type= status=')],
  ['SeccompProfile', fields('type= localhostProfile')],
  ['PodResourceClaim', fields('name= resourceClaimName resourceClaimTemplateName')],
  ['ClusterTrustBundleProjection', fields('name signerName labelSelector optional path=')],
  [
    'PodSpec',
    fields(
      `volumes:Volume initContainers:Container containers:Container ephemeralContainers:Container restartPolicy=
       terminationGracePeriodSeconds activeDeadlineSeconds dnsPolicy= nodeSelector serviceAccountName=
       automountServiceAccountToken nodeName= securityContext:PodSecurityContext imagePullSecrets:NameOnly hostname=
       subdomain= setHostnameAsFQDN affinity schedulerName= tolerations:Toleration hostAliases priorityClassName= priority
       preemptionPolicy dnsConfig readinessGates runtimeClassName overhead enableServiceLinks topologySpreadConstraints
       os schedulingGates resourceClaims resources hostnameOverride schedulingGroup`,
    ),
  ],
  [
    'Container',
    fields(
      `name= image= command args workingDir= ports:ContainerPort envFrom env:EnvVar resources!:Resources resizePolicy
       restartPolicy restartPolicyRules volumeMounts:VolumeMount volumeDevices livenessProbe:Probe readinessProbe:Probe
       startupProbe:Probe lifecycle terminationMessagePath= terminationMessagePolicy= imagePullPolicy=
       securityContext stdin? stdinOnce? tty?`,
    ),
  ],
  ['ContainerPort', fields('name= hostPort# containerPort# protocol= hostIP=')],
  ['EnvVar', fields('name= value= valueFrom')],
  ['Resources', fields('limits requests claims')],
  ['VolumeMount', fields('name= readOnly? recursiveReadOnly mountPath= subPath= mountPropagation subPathExpr=')],
  [
    'Probe',
    fields(
      `${PROBE_HANDLER} initialDelaySeconds# timeoutSeconds# periodSeconds# successThreshold# failureThreshold#
       terminationGracePeriodSeconds`,
    ),
  ],
  ['HTTPGet', fields('path= port host= scheme= httpHeaders')],
  ['TCPSocket', fields('port host=')],
  ['Toleration', fields('key= operator= value= effect= tolerationSeconds')],
  [
    'SecurityContext',
    fields(
      `capabilities:Capabilities privileged seLinuxOptions windowsOptions runAsUser runAsGroup runAsNonRoot
       readOnlyRootFilesystem allowPrivilegeEscalation procMount seccompProfile:Profile appArmorProfile:Profile`,
    ),
  ],
  ['Capabilities', fields('add drop')],
  ['Profile', fields('type= localhostProfile')],
  ['NameOnly', fields('name=')],
  [
    'PodSecurityContext',
    fields(
      `hostNetwork? hostPID? hostIPC? shareProcessNamespace hostUsers seLinuxOptions windowsOptions runAsUser runAsGroup
       runAsNonRoot supplementalGroups supplementalGroupsPolicy fsGroup fsGroupChangePolicy sysctls seccompProfile
       appArmorProfile seLinuxChangePolicy`,
    ),
  ],
  [
    'Volume',
    fields(
      `name= hostPath emptyDir:EmptyDir gcePersistentDisk awsElasticBlockStore gitRepo secret:SecretVolume nfs iscsi
       glusterfs persistentVolumeClaim:ClaimVolume rbd quobyte flexVolume cinder cephfs flocker downwardAPI fc azureFile
       configMap:ConfigMapVolume vsphereVolume azureDisk photonPersistentDisk projected:Projected portworxVolume scaleIO
       storageos csi ephemeral image`,
    ),
  ],
  ['EmptyDir', fields('medium= sizeLimit')],
  ['SecretVolume', fields('secretName= items:KeyToPath defaultMode optional')],
  ['ClaimVolume', fields('claimName= readOnly?')],
  ['ConfigMapVolume', fields('name= items:KeyToPath defaultMode optional')],
  ['KeyToPath', fields('key= path= mode')],
  ['Projected', fields('sources:Projection defaultMode')],
  [
    'Projection',
    fields(
      `secret:SecretProjection downwardAPI:DownwardProjection configMap:SecretProjection serviceAccountToken:Token
       clusterTrustBundle podCertificate`,
    ),
  ],
  ['SecretProjection', fields('name= items:KeyToPath optional')],
  ['DownwardProjection', fields('items:DownwardFile')],
  ['DownwardFile', fields('path= fieldRef:FieldRef resourceFieldRef mode')],
  ['FieldRef', fields('apiVersion= fieldPath=')],
  ['Token', fields('audience= expirationSeconds# path=')],
])
