import type {
  CustomResourceColumnDefinition,
  CustomResourceDefinition,
  CustomResourceDefinitionVersion,
} from '../../generated/types.ts'
import type { Schema } from './schema.ts'

const GROUP = 'gateway.networking.k8s.io'
/** The release that the definitions follow. */
export const BUNDLE_VERSION = 'v1.6.1'

interface Definition {
  readonly kind: string
  readonly plural: string
  readonly shortNames?: readonly string[]
  readonly scope?: 'Cluster' | 'Namespaced'
  readonly labels?: { readonly [key: string]: string }
  readonly columns: readonly CustomResourceColumnDefinition[]
  readonly description: string
  readonly spec: Schema
  readonly status?: Schema
  /** Older versions of the same form that are served too. */
  readonly older?: readonly string[]
  /** The version that objects are stored in; default: v1. */
  readonly storage?: string
}

/** One CustomResourceDefinition as the release's standard channel has it. */
export function gatewayDefinition(definition: Definition): CustomResourceDefinition {
  const { kind, plural, shortNames, scope = 'Namespaced', labels, older = [], storage = 'v1' } = definition
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      annotations: {
        'api-approved.kubernetes.io': 'https://github.com/kubernetes-sigs/gateway-api/pull/4530',
        'gateway.networking.k8s.io/bundle-version': BUNDLE_VERSION,
        'gateway.networking.k8s.io/channel': 'standard',
      },
      ...(labels && { labels }),
      name: `${plural}.${GROUP}`,
    },
    spec: {
      group: GROUP,
      names: {
        categories: ['gateway-api'],
        kind,
        listKind: `${kind}List`,
        plural,
        ...(shortNames && { shortNames }),
        singular: kind.toLowerCase(),
      },
      scope,
      versions: ['v1', ...older].map((name) => versionOf(definition, name, name === storage)),
    },
  }
}

const TYPE_META = { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: { type: 'object' } } as const

function versionOf(definition: Definition, name: string, storage: boolean): CustomResourceDefinitionVersion {
  const { columns, description, spec, status } = definition
  return {
    additionalPrinterColumns: columns,
    name,
    schema: {
      openAPIV3Schema: {
        description,
        properties: { ...TYPE_META, spec, ...(status && { status }) },
        required: ['spec'],
        type: 'object',
      },
    },
    served: true,
    storage,
    subresources: status ? { status: {} } : {},
  }
}
