/**
 * The name rules that every kind shares, each giving upstream's words for what is wrong, or nothing
 * (upstream: apimachinery/pkg/util/validation/validation.go and apimachinery/pkg/api/validate/content).
 */
import { byteLength } from './byte-length.ts'

const DNS_LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'
const DNS_SUBDOMAIN = `${DNS_LABEL}(\\.${DNS_LABEL})*`
const DNS_1035_LABEL = '[a-z]([-a-z0-9]*[a-z0-9])?'
const LABEL_KEY = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'
const LABEL_VALUE = '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?'
const CONFIG_MAP_KEY = '[-._a-zA-Z0-9]+'

const patterns = new Map(
  [DNS_LABEL, DNS_SUBDOMAIN, DNS_1035_LABEL, LABEL_KEY, LABEL_VALUE, CONFIG_MAP_KEY].map(
    (source) => [source, new RegExp(`^(?:${source})$`)] as const,
  ),
)

const matches = (source: string, value: string): boolean => patterns.get(source)?.test(value) ?? false

/** `must consist of … (e.g. 'a',  or 'b', regex used for validation is '…')`, with upstream's two blanks before "or". */
function regexError(message: string, pattern: string, ...examples: readonly string[]): string {
  const quoted = examples.map((example) => `'${example}'`)
  return `${message} (e.g. ${quoted.join(',  or ')}, regex used for validation is '${pattern}')`
}

/** `25%` (upstream: util/validation IsValidPercent). */
export function percentErrors(value: string): readonly string[] {
  const pattern = '[0-9]+%'
  if (/^[0-9]+%$/.test(value)) return []
  return [regexError("a valid percent string must be a numeric string followed by an ending '%'", pattern, '1%', '93%')]
}

/** A lowercase RFC 1123 label: namespaces, Services, containers, volumes. */
export function dns1123LabelErrors(value: string, unit: 'characters' | 'bytes' = 'characters'): readonly string[] {
  const errors = byteLength(value) > 63 ? [`must be no more than 63 ${unit}`] : []
  if (matches(DNS_LABEL, value)) return errors
  if (matches(DNS_SUBDOMAIN, value)) return [...errors, 'must not contain dots']
  return [
    ...errors,
    regexError(
      "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
      DNS_LABEL,
      'my-name',
      '123-abc',
    ),
  ]
}

/** A DNS-1035 label: what names in CustomResourceDefinitions are. */
export function dns1035LabelErrors(value: string): readonly string[] {
  const errors = byteLength(value) > 63 ? ['must be no more than 63 characters'] : []
  if (matches(DNS_1035_LABEL, value)) return errors
  return [
    ...errors,
    regexError(
      "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
      DNS_1035_LABEL,
      'my-name',
      'abc-123',
    ),
  ]
}

/** A lowercase RFC 1123 subdomain: the rule for most objects' names. */
export function dns1123SubdomainErrors(value: string, unit: 'characters' | 'bytes' = 'characters'): readonly string[] {
  const errors = byteLength(value) > 253 ? [`must be no more than 253 ${unit}`] : []
  if (matches(DNS_SUBDOMAIN, value)) return errors
  return [
    ...errors,
    regexError(
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
      DNS_SUBDOMAIN,
      'example.com',
    ),
  ]
}

const LABEL_KEY_MESSAGE =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character"
const LABEL_KEY_EXAMPLES = ['MyName', 'my.name', '123-abc'] as const

/** A qualified name: label and annotation keys, finalizers, `example.com/name`. */
export function qualifiedNameErrors(value: string): readonly string[] {
  const parts = value.split('/')
  if (parts.length > 2)
    return [
      `a valid label key ${regexError(LABEL_KEY_MESSAGE, LABEL_KEY, ...LABEL_KEY_EXAMPLES)} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ]
  const errors: string[] = []
  const name = parts[parts.length - 1] ?? ''
  if (parts.length === 2) {
    const prefix = parts[0] ?? ''
    if (prefix === '') errors.push('prefix part must be non-empty')
    else errors.push(...dns1123SubdomainErrors(prefix, 'bytes').map((message) => `prefix part ${message}`))
  }
  if (name === '') errors.push('name part must be non-empty')
  else if (byteLength(name) > 63) errors.push('name part must be no more than 63 bytes')
  if (!matches(LABEL_KEY, name))
    errors.push(`name part ${regexError(LABEL_KEY_MESSAGE, LABEL_KEY, ...LABEL_KEY_EXAMPLES)}`)
  return errors
}

/** A label's value: empty, or up to 63 characters. */
export function labelValueErrors(value: string): readonly string[] {
  const errors = byteLength(value) > 63 ? ['must be no more than 63 bytes'] : []
  if (matches(LABEL_VALUE, value)) return errors
  return [
    ...errors,
    regexError(
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
      LABEL_VALUE,
      'MyValue',
      'my_value',
      '12345',
    ),
  ]
}

/** The name of a container port or a Service's named target port (IANA_SVC_NAME). */
export function portNameErrors(value: string): readonly string[] {
  const errors: string[] = []
  if (byteLength(value) > 15) errors.push('must be no more than 15 characters')
  if (!/^[-a-z0-9]*$/.test(value)) errors.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)')
  if (!/[a-z]/.test(value)) errors.push('must contain at least one letter (a-z)')
  if (value.includes('--')) errors.push('must not contain consecutive hyphens')
  if (value !== '' && (value.startsWith('-') || value.endsWith('-'))) errors.push('must not begin or end with a hyphen')
  return errors
}

/** A port number from 1 to 65535. */
export function portNumberErrors(value: number): readonly string[] {
  return value >= 1 && value <= 65535 ? [] : ['must be between 1 and 65535, inclusive']
}

/** A key in a ConfigMap or Secret. */
export function configMapKeyErrors(value: string): readonly string[] {
  const errors = byteLength(value) > 253 ? ['must be no more than 253 characters'] : []
  if (!matches(CONFIG_MAP_KEY, value))
    errors.push(
      regexError(
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
        CONFIG_MAP_KEY,
        'key.name',
        'KEY_NAME',
        'key-name',
      ),
    )
  if (value === '.' || value === '..') errors.push(`must not be '${value}'`)
  else if (value.startsWith('..')) errors.push("must not start with '..'")
  return errors
}

/** The name of an environment variable: since 1.34 every printable ASCII character but '='. */
export function envVarNameErrors(value: string): readonly string[] {
  if (value === '') return ['environment variable name must be non-empty']
  if (/^[ -<>-~]+$/.test(value)) return []
  return [
    regexError(
      "a valid environment variable name must consist only of printable ASCII characters other than '='",
      '^[ -<>-~]+$',
      'MY_NAME',
      'MY.NAME',
      'my-name',
    ),
  ]
}

/** The name of a header that a probe sends. */
export function httpHeaderNameErrors(value: string): readonly string[] {
  return /^[-A-Za-z0-9]+$/.test(value)
    ? []
    : [
        regexError(
          "a valid HTTP header must consist of alphanumeric characters or '-'",
          '[-A-Za-z0-9]+',
          'X-Header-Name',
        ),
      ]
}

/** `*.example.com`: a host with a wildcard. */
export function wildcardDomainErrors(value: string): readonly string[] {
  const pattern = `\\*\\.${DNS_SUBDOMAIN}`
  if (value.startsWith('*.') && matches(DNS_SUBDOMAIN, value.slice(2))) return []
  return [
    regexError(
      "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character",
      pattern,
      '*.example.com',
    ),
  ]
}

const URL_PATH = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+"

/** What may follow the domain in a domain-prefixed path. */
export function urlPathErrors(value: string): readonly string[] {
  return /^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/.test(value)
    ? []
    : [`Invalid path (regex used for validation is '${URL_PATH}')`]
}
