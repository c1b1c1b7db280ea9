import { KubectlError } from '../errors.ts'
import { defineGenerator, type Fields } from './generate.ts'

const NAME_OF_RULE = 'host/path=svcname:svcport[,tls[=secret]]'

export const createIngress = defineGenerator({
  name: 'ingress',
  aliases: ['ing'],
  summary: 'Create an ingress with the specified name',
  // Upstream's line has the blank too.
  usage: 'NAME --rule=host/path=service:port[,tls[=secret]] ',
  examples: [
    '# One path of a host, for the class nginx',
    'kubectl create ingress shop --class=nginx --rule="shop.example.com/cart=cart:80"',
    '',
    '# Every path below / (the star makes it a prefix), with a certificate',
    'kubectl create ingress shop --rule="shop.example.com/*=web:8080,tls=shop-cert"',
    '',
    '# Whatever matches no rule goes to one service',
    'kubectl create ingress all --default-backend=web:http',
  ],
  flags: {
    class: { kind: 'string', default: '', summary: 'Ingress class that takes care of it.' },
    rule: { kind: 'stringArray', default: [], summary: `Rule, written ${NAME_OF_RULE}; may be repeated.` },
    'default-backend': { kind: 'string', default: '', summary: 'Service for all the rest, written svcname:svcport.' },
    annotation: { kind: 'stringArray', default: [], summary: 'Annotation, written key=value; may be repeated.' },
  },
  resource: 'ingresses.networking.k8s.io',
  failure: 'failed to create ingress',
  build: (name, { flags }) => {
    const rules = flags.list('rule')
    const annotations = flags.list('annotation')
    const fallback = flags.string('default-backend')
    validate(rules, annotations, fallback)
    const className = flags.string('class')
    const tls = tlsOf(rules)
    return {
      metadata: { ...(annotations.length > 0 && { annotations: pairsOf(annotations) }), name },
      spec: {
        ...(fallback !== '' && { defaultBackend: backend(fallback) }),
        ...(className !== '' && { ingressClassName: className }),
        ...(rules.length > 0 && { rules: rulesOf(rules) }),
        ...(tls.length > 0 && { tls }),
      },
      status: { loadBalancer: {} },
    }
  },
})

/** Upstream: k8s.io/kubectl/pkg/cmd/create/create_ingress.go Validate. */
function validate(rules: readonly string[], annotations: readonly string[], fallback: string): void {
  if (rules.length === 0 && fallback === '')
    throw new KubectlError(
      'not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)',
    )
  for (const rule of rules)
    if (!/^[^/]*\/[^=]*=[^:]+:.+/.test(rule))
      throw new KubectlError(`rule ${rule} is invalid and should be in format ${NAME_OF_RULE}`)
  for (const annotation of annotations)
    if (!annotation.includes('='))
      throw new KubectlError(`annotation ${annotation} is invalid and should be in format key=[value]`)
  if (fallback !== '' && fallback.split(':').length !== 2)
    throw new KubectlError('default-backend should be in format servicename:serviceport')
}

function pairsOf(texts: readonly string[]): { readonly [key: string]: string } {
  return Object.fromEntries(texts.map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]))
}

const hostOf = (rule: string): string => rule.slice(0, rule.indexOf('/'))

/** Rules of one host stand together, in the order in which the hosts were first named. */
function rulesOf(rules: readonly string[]): readonly Fields[] {
  const paths = new Map<string, Fields[]>()
  for (const rule of rules) paths.set(hostOf(rule), [...(paths.get(hostOf(rule)) ?? []), pathOf(rule)])
  return [...paths].map(([host, found]) => ({ ...(host !== '' && { host }), http: { paths: found } }))
}

/** A star at the end of the path makes it a prefix; without one it is exact. */
function pathOf(rule: string): Fields {
  const [path = '', service = ''] = rule.slice(rule.indexOf('/')).split('=')
  const isPrefix = path.endsWith('*')
  return {
    backend: backend(service.split(',')[0] ?? ''),
    path: isPrefix ? path.slice(0, -1) : path,
    pathType: isPrefix ? 'Prefix' : 'Exact',
  }
}

function backend(text: string): Fields {
  const [name = '', port = ''] = text.split(':')
  return { service: { name, port: /^\d+$/.test(port) ? { number: Number(port) } : { name: port } } }
}

/** Hosts of rules that end with `,tls=secret`, one entry a secret; each host stands in one. */
function tlsOf(rules: readonly string[]): readonly Fields[] {
  const hostsOfSecret = new Map<string, string[]>()
  const seen = new Set<string>()
  for (const rule of rules) {
    const [, option, ...more] = rule.split(',')
    const host = hostOf(rule)
    if (option === undefined || more.length > 0 || seen.has(host)) continue
    seen.add(host)
    const secret = option.split('=')[1] ?? ''
    hostsOfSecret.set(secret, [...(hostsOfSecret.get(secret) ?? []), ...(host === '' ? [] : [host])])
  }
  return [...hostsOfSecret]
    .filter(([secret, hosts]) => secret !== '' || hosts.length > 0)
    .map(([secretName, hosts]) => ({ ...(hosts.length > 0 && { hosts }), ...(secretName !== '' && { secretName }) }))
}
