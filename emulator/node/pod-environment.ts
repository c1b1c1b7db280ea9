import { decodeBase64 } from '../api/base64.ts'
import type { ObjectClient } from '../api/client.ts'
import { nameOf, namespaceOf } from '../controllers/metadata.ts'
import type { Container, EnvFromSource, EnvVar, Node, Pod } from '../generated/types.ts'
import { configMap as configMapKind } from '../kinds/config-map.ts'
import { secret as secretKind } from '../kinds/secret.ts'
import { fieldValue, resourceValue } from './downward.ts'
import { expandVariables } from './expand-variables.ts'
import type { EnvironmentEntry, ServiceLinks } from './service-environment.ts'

/** A container cannot be configured: the kubelet reports CreateContainerConfigError with this text. */
export class ConfigError extends Error {}

export interface ContainerCommand {
  readonly env: readonly EnvironmentEntry[]
  readonly command: readonly string[] | undefined
  readonly args: readonly string[] | undefined
}

/** A container's environment and command line at its start (upstream: kubelet_pods.go makeEnvironmentVariables). */
export function containerCommand(
  pod: Pod,
  container: Container,
  node: Node | undefined,
  objects: ObjectClient,
  serviceLinks: ServiceLinks,
): ContainerCommand {
  const links = serviceLinks(namespaceOf(pod), pod.spec?.enableServiceLinks ?? true)
  const own = new Map<string, string>()
  for (const source of container.envFrom ?? [])
    for (const [name, value] of fromSource(source, pod, objects)) own.set(name, value)
  const lookup = (name: string) => own.get(name) ?? links.byName.get(name)
  for (const entry of container.env ?? []) {
    const value = envValue(entry, pod, container, node, objects, lookup)
    if (value !== undefined) own.set(entry.name, value)
  }
  const expand = (text: string) => expandVariables(text, lookup)
  // Containers without variables of their own share one list.
  const env = own.size === 0 ? links.entries : [...own, ...links.entries.filter(([name]) => !own.has(name))]
  return { env, command: container.command?.map(expand), args: container.args?.map(expand) }
}

function fromSource(source: EnvFromSource, pod: Pod, objects: ObjectClient): readonly EnvironmentEntry[] {
  const prefix = source.prefix ?? ''
  const reference = source.configMapRef ?? source.secretRef
  if (!reference) return []
  const data = source.configMapRef
    ? configMapData(reference.name ?? '', pod, objects)
    : secretData(reference.name ?? '', pod, objects)
  if (data) return [...data].map(([key, value]) => [prefix + key, value] as const)
  if (reference.optional) return []
  throw new ConfigError(`${source.configMapRef ? 'configmap' : 'secret'} ${JSON.stringify(reference.name)} not found`)
}

function envValue(
  { value, valueFrom }: EnvVar,
  pod: Pod,
  container: Container,
  node: Node | undefined,
  objects: ObjectClient,
  lookup: (name: string) => string | undefined,
): string | undefined {
  if (valueFrom?.fieldRef) return fieldValue(valueFrom.fieldRef, pod, node)
  if (valueFrom?.resourceFieldRef) return resourceValue(valueFrom.resourceFieldRef, pod, container, node)
  if (valueFrom?.configMapKeyRef) {
    const { name = '', key, optional } = valueFrom.configMapKeyRef
    return keyOf('configmap', 'ConfigMap', name, key, optional, pod, configMapData(name, pod, objects))
  }
  if (valueFrom?.secretKeyRef) {
    const { name = '', key, optional } = valueFrom.secretKeyRef
    return keyOf('secret', 'Secret', name, key, optional, pod, secretData(name, pod, objects))
  }
  return expandVariables(value ?? '', lookup)
}

function keyOf(
  resource: string,
  kind: string,
  name: string,
  key: string,
  optional: boolean | undefined,
  pod: Pod,
  data: ReadonlyMap<string, string> | undefined,
): string | undefined {
  const value = data?.get(key)
  if (value !== undefined || optional) return value
  if (!data) throw new ConfigError(`${resource} ${JSON.stringify(name)} not found`)
  throw new ConfigError(`couldn't find key ${key} in ${kind} ${namespaceOf(pod)}/${name}`)
}

export function configMapData(name: string, pod: Pod, objects: ObjectClient): ReadonlyMap<string, string> | undefined {
  const found = objects.get(configMapKind, namespaceOf(pod), name)
  if (!found) return undefined
  const binary = Object.entries(found.binaryData ?? {}).map(([key, text]) => [key, decodeBase64(text) ?? text] as const)
  return new Map([...Object.entries(found.data ?? {}), ...binary])
}

export function secretData(name: string, pod: Pod, objects: ObjectClient): ReadonlyMap<string, string> | undefined {
  const found = objects.get(secretKind, namespaceOf(pod), name)
  return (
    found && new Map(Object.entries(found.data ?? {}).map(([key, text]) => [key, decodeBase64(text) ?? text] as const))
  )
}

/** `web_default(uid)`: how the kubelet names a Pod in its messages (format.Pod). */
export function podText(pod: Pod): string {
  return `${nameOf(pod)}_${namespaceOf(pod)}(${pod.metadata?.uid ?? ''})`
}
