import type { Pod } from '../generated/types.ts'

/** Flags of a controller's command line, as its Pod has them (ingress-nginx: pkg/flags/flags.go). */
export interface ControllerFlags {
  readonly version: string
  /** Name for the annotation `kubernetes.io/ingress.class`. */
  readonly className: string
  /** What IngressClasses name as their controller. */
  readonly controllerClass: string
  readonly withoutClass: boolean
  readonly classByName: boolean
  readonly publishService?: string
  readonly publishAddresses: readonly string[]
  readonly updatesStatus: boolean
  readonly internalAddress: boolean
  readonly configMap?: string
  readonly tcpServices?: string
  readonly udpServices?: string
  readonly defaultBackend?: string
  readonly defaultCertificate?: string
  readonly namespace?: string
  readonly prefix: string
  readonly httpPort: number
  readonly httpsPort: number
}

const IMAGE = /(?:^|\/)ingress-nginx\/controller(?:-chroot)?:v?([\d.]+)|(?:^|\/)nginx-ingress-controller:v?([\d.]+)/

/** The container of a Pod that is an NGINX Ingress controller, with its flags; undefined for other Pods. */
export function controllerContainer(pod: Pod): { readonly name: string; readonly flags: ControllerFlags } | undefined {
  const container = pod.spec?.containers.find(({ image }) => IMAGE.test(image ?? ''))
  if (container === undefined) return undefined
  const match = IMAGE.exec(container.image ?? '')
  const words = [...(container.command ?? []), ...(container.args ?? [])]
  const namespace = pod.metadata?.namespace ?? ''
  const name = pod.metadata?.name ?? ''
  const resolved = words.map((word) => word.replace('$(POD_NAMESPACE)', namespace).replace('$(POD_NAME)', name))
  return { name: container.name, flags: controllerFlags(resolved, match?.[1] ?? match?.[2] ?? '') }
}

/** Flags of a command line. */
export function controllerFlags(words: readonly string[], version: string): ControllerFlags {
  const text = (name: string): string | undefined => flagValue(words, name)
  const on = (name: string, otherwise: boolean): boolean => {
    const value = text(name)
    return value === undefined ? otherwise : value !== 'false'
  }
  const optional = (key: string, name: string) => {
    const value = text(name)
    return value === undefined || value === '' ? {} : { [key]: value }
  }
  return {
    version,
    className: text('ingress-class') || 'nginx',
    controllerClass: text('controller-class') || 'k8s.io/ingress-nginx',
    withoutClass: on('watch-ingress-without-class', false),
    classByName: on('ingress-class-by-name', false),
    ...optional('publishService', 'publish-service'),
    publishAddresses: (text('publish-status-address') ?? '').split(',').filter((part) => part !== ''),
    updatesStatus: on('update-status', true),
    internalAddress: on('report-node-internal-ip-address', false),
    ...optional('configMap', 'configmap'),
    ...optional('tcpServices', 'tcp-services-configmap'),
    ...optional('udpServices', 'udp-services-configmap'),
    ...optional('defaultBackend', 'default-backend-service'),
    ...optional('defaultCertificate', 'default-ssl-certificate'),
    ...optional('namespace', 'watch-namespace'),
    prefix: text('annotations-prefix') || 'nginx.ingress.kubernetes.io',
    httpPort: Number(text('http-port') ?? 80),
    httpsPort: Number(text('https-port') ?? 443),
  }
}

/** `--name=value`, `--name value`, or `--name` alone, which is `true`. */
function flagValue(words: readonly string[], name: string): string | undefined {
  for (const [index, word] of words.entries()) {
    if (word.startsWith(`--${name}=`)) return word.slice(name.length + 3)
    if (word !== `--${name}`) continue
    const next = words[index + 1]
    return next === undefined || next.startsWith('-') ? 'true' : next
  }
  return undefined
}

/** Controllers before 1.0 speak `networking.k8s.io/v1beta1` alone, which no cluster since 1.22 serves. */
export const speaksOldApi = (version: string): boolean => version.startsWith('0.')

/** Is this version at least `1.12`? */
export function isAtLeast(version: string, minor: number): boolean {
  const [major = 0, own = 0] = version.split('.').map(Number)
  return major > 1 || (major === 1 && own >= minor)
}
