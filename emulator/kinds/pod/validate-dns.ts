import { type FieldError, field } from '../../api/field.ts'
import { dns1123SubdomainErrors } from '../../api/names.ts'
import type { HostAlias, PodSpec } from '../../generated/types.ts'
import { ipErrors } from '../validation/addresses.ts'
import { nameErrors } from '../validation/names.ts'

const MAX_NAMESERVERS = 3
const MAX_SEARCHES = 32
const MAX_SEARCH_CHARACTERS = 2048

/** A resolver of the Pod's own (upstream: pkg/apis/core/validation validatePodDNSConfig). */
export function dnsConfigErrors(path: string, { dnsPolicy, dnsConfig }: PodSpec): readonly FieldError[] {
  const { nameservers = [], searches = [], options = [] } = dnsConfig ?? {}
  const errors: FieldError[] = []
  if (dnsPolicy === 'None') {
    if (!dnsConfig) return [field.required(path, 'must provide `dnsConfig` when `dnsPolicy` is None')]
    if (nameservers.length === 0)
      return [
        field.required(`${path}.nameservers`, 'must provide at least one DNS nameserver when `dnsPolicy` is None'),
      ]
  }
  if (nameservers.length > MAX_NAMESERVERS) {
    const detail = `must not have more than ${MAX_NAMESERVERS} nameservers`
    errors.push(field.invalid(`${path}.nameservers`, nameservers, detail))
  }
  errors.push(...nameservers.flatMap((ip, index) => ipErrors(`${path}.nameservers[${index}]`, ip)))
  if (searches.length > MAX_SEARCHES)
    errors.push(field.invalid(`${path}.searches`, searches, `must not have more than ${MAX_SEARCHES} search paths`))
  if (searches.join(' ').length > MAX_SEARCH_CHARACTERS) {
    const detail = `must not have more than ${MAX_SEARCH_CHARACTERS} characters (including spaces) in the search list`
    errors.push(field.invalid(`${path}.searches`, searches, detail))
  }
  return [
    ...errors,
    ...searches.flatMap((search, index) => searchErrors(`${path}.searches[${index}]`, search)),
    ...options.flatMap(({ name }, index) =>
      name ? [] : [field.required(`${path}.options[${index}]`, 'must not be empty')],
    ),
  ]
}

/** Underscores are allowed in search paths (RelaxedDNSSearchValidation), and a dot alone. */
function searchErrors(path: string, search: string): readonly FieldError[] {
  const name = search.replace(/\.$/, '')
  if (search === '.' || dns1123SubdomainErrors(name.replaceAll('_', 'a')).length === 0) return []
  return nameErrors(path, name, dns1123SubdomainErrors)
}

/** Lines of /etc/hosts. */
export const hostAliasErrors = (path: string, aliases: readonly HostAlias[]): readonly FieldError[] =>
  aliases.flatMap(({ ip, hostnames = [] }, index) => [
    ...ipErrors(`${path}[${index}].ip`, ip),
    ...hostnames.flatMap((name, place) =>
      nameErrors(`${path}[${index}].hostnames[${place}]`, name, dns1123SubdomainErrors),
    ),
  ])
