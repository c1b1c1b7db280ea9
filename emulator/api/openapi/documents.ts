/** `/openapi/v2` and `/openapi/v3`. Built when asked for: the documents are large, and clusters many. */
import type { KindDefinition } from '../kind.ts'
import type { GroupVersion, Registry } from '../registry.ts'
import { GIT_VERSION } from '../version.ts'
import { pathsOf } from './paths.ts'
import { definitions, type OpenApiVersion } from './schemas.ts'

const INFO = { title: 'Kubernetes', version: GIT_VERSION } as const

/** Answers a path below `/openapi`; undefined for one that is not served. */
export function openApi(registry: Registry, path: string): unknown {
  const name = path.replace(/^\/openapi\//, '').replace(/\/$/, '')
  if (name === 'v2') return document2(registry)
  if (name === 'v3') return index3(registry)
  if (!name.startsWith('v3/')) return undefined
  const found = registry.groupVersions.find((one) => `v3/${pathOf(one)}` === name)
  return found && document3(found)
}

const pathOf = ({ group, version }: GroupVersion): string =>
  group === '' ? `api/${version}` : `apis/${group}/${version}`

function index3(registry: Registry): unknown {
  const paths = registry.groupVersions.map((one) => {
    const path = pathOf(one)
    return [path, { serverRelativeURL: `/openapi/v3/${path}?hash=${hash(one.kinds)}` }] as const
  })
  return { paths: Object.fromEntries(paths) }
}

/** Changes when the kinds of the group do: a document depends on nothing else, except for our own version. */
function hash(kinds: readonly KindDefinition[]): string {
  let value = 0xcbf29ce484222325n
  for (const character of [
    GIT_VERSION,
    ...kinds.map(({ kind, schema, custom }) => `${kind}:${schema}:${custom?.revision ?? ''}`),
  ].join())
    value = BigInt.asUintN(64, (value ^ BigInt(character.charCodeAt(0))) * 0x100000001b3n)
  return value.toString(16).toUpperCase().padStart(16, '0').repeat(2)
}

const pathsFor = (kinds: readonly KindDefinition[], version: OpenApiVersion): unknown =>
  Object.assign({}, ...kinds.map((kind) => pathsOf(kind, version)))

const document3 = ({ kinds }: GroupVersion): unknown => ({
  openapi: '3.0.0',
  info: INFO,
  paths: pathsFor(kinds, 3),
  components: { schemas: definitions(kinds, 3) },
})

const document2 = ({ kinds }: Registry): unknown => ({
  swagger: '2.0',
  info: INFO,
  paths: pathsFor(kinds, 2),
  definitions: definitions(kinds, 2),
})
