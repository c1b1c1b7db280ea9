/** The kinds that CustomResourceDefinitions bring: one record for each version served. */
import { type KindDefinition, resourceName } from '../api/kind.ts'
import type { Store } from '../api/store.ts'
import { withDefaults } from '../api/structural/defaults.ts'
import { objectFields } from '../api/structural/ownership.ts'
import type { Schema } from '../api/structural/schema.ts'
import type { KubeObject } from '../api/types.ts'
import type { CustomResourceDefinition, CustomResourceDefinitionVersion } from '../generated/types.ts'
import { customColumns } from './custom-resource/columns.ts'
import { decodeCustom } from './custom-resource/decode.ts'
import { finalizerWarnings } from './custom-resource/finalizers.ts'
import { openApiOf } from './custom-resource/open-api.ts'
import { scaleOf } from './custom-resource/scale.ts'
import { selectableFieldsOf } from './custom-resource/selectable-fields.ts'
import { customStrategy } from './custom-resource/strategy.ts'
import { validateCustom } from './custom-resource/validate.ts'
import { byVersionPriority } from './custom-resource-definition/version-order.ts'
import { customResourceDefinition } from './custom-resource-definition.ts'
import { describeGeneric } from './describe/generic.ts'

// allowed: results of a pure function, frozen and the same for every cluster
const byDefinition = new WeakMap<CustomResourceDefinition, readonly KindDefinition[]>()
// allowed: results of a pure function, frozen and the same for every cluster
const byDefinitions = new WeakMap<readonly KubeObject[], readonly KindDefinition[]>()

/** All kinds that the store's definitions bring; the same list for the same definitions. */
export function customKinds(store: Store): readonly KindDefinition[] {
  const definitions = store.list(resourceName(customResourceDefinition)) as readonly CustomResourceDefinition[]
  const known = byDefinitions.get(definitions)
  if (known) return known
  const kinds = definitions.flatMap(kindsOf).sort(byGroup)
  byDefinitions.set(definitions, kinds)
  return kinds
}

/** Groups by name, versions by their priority; kinds of one version keep the order of their definitions' names. */
const byGroup = (a: KindDefinition, b: KindDefinition): number =>
  a.group < b.group ? -1 : a.group > b.group ? 1 : byVersionPriority(a.version, b.version)

function kindsOf(definition: CustomResourceDefinition): readonly KindDefinition[] {
  const known = byDefinition.get(definition)
  if (known) return known
  const established = definition.status?.conditions?.some(
    ({ type, status }) => type === 'Established' && status === 'True',
  )
  const served = established ? definition.spec.versions.filter((version) => version.served) : []
  const kinds = served.map((version) => kindOf(definition, version))
  byDefinition.set(definition, kinds)
  return kinds
}

function kindOf(definition: CustomResourceDefinition, version: CustomResourceDefinitionVersion): KindDefinition {
  const { group, scope, versions } = definition.spec
  const names = definition.status?.acceptedNames ?? definition.spec.names
  const schema: Schema = version.schema?.openAPIV3Schema ?? {
    type: 'object',
    'x-kubernetes-preserve-unknown-fields': true,
  }
  const keepsAll = definition.spec.preserveUnknownFields === true
  const stored = versions.find(({ storage }) => storage)?.name ?? version.name
  const hasStatus = version.subresources?.status !== undefined
  const scale = version.subresources?.scale && scaleOf(version.subresources.scale)
  const fields = once(() => objectFields(schema))
  return Object.freeze<KindDefinition>({
    group,
    version: version.name,
    kind: names.kind,
    listKind: names.listKind ?? `${names.kind}List`,
    plural: names.plural,
    singular: names.singular ?? names.kind.toLowerCase(),
    ...(names.shortNames?.length && { shortNames: names.shortNames }),
    ...(names.categories?.length && { categories: names.categories }),
    scope: scope === 'Cluster' ? 'Cluster' : 'Namespaced',
    ...(hasStatus && { subresources: ['status'] }),
    schema: definitionName(group, version.name, names.kind),
    fields,
    custom: {
      decode: (value) => decodeCustom(schema, value, keepsAll),
      serve: (object) => inVersion(withDefaults(schema, object) as KubeObject, `${group}/${version.name}`),
      store: (object) => inVersion(object, `${group}/${stored}`),
      openApi: (form) => openApiOf(schema, form),
      terminating: definition.metadata?.deletionTimestamp !== undefined,
      revision: `${definition.metadata?.uid ?? ''}/${definition.metadata?.generation ?? 0}`,
    },
    default: (object) => withDefaults(schema, object) as KubeObject,
    validate: (object, old) => validateCustom(schema, version.subresources?.scale, object, old),
    ...(version.deprecated && { deprecation: deprecationOf(definition, version) }),
    warnings: finalizerWarnings,
    strategy: customStrategy(hasStatus),
    columns: customColumns(version.additionalPrinterColumns),
    selectableFields: selectableFieldsOf(version),
    describe: (object, context) => describeGeneric(names.kind, object, context),
    ...(scale && { scale }),
  })
}

function deprecationOf(definition: CustomResourceDefinition, version: CustomResourceDefinitionVersion): string {
  const { group, names } = definition.spec
  return version.deprecationWarning ?? `${group}/${version.name} ${names.kind} is deprecated`
}

/** `com.example.stable.v1.CronTab`: OpenAPI's name of a custom kind. */
const definitionName = (group: string, version: string, kind: string): string =>
  `${group.split('.').reverse().join('.')}.${version}.${kind}`

const inVersion = (object: KubeObject, apiVersion: string): KubeObject =>
  object.apiVersion === apiVersion ? object : { ...object, apiVersion }

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}
