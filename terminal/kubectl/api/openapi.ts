/** The server's OpenAPI v3 schemas: documentation for `explain`, merge keys for `apply`. */
import type { ApiClient } from './client.ts'
import type { ResourceType } from './discovery.ts'

export interface Schema {
  readonly description?: string
  readonly type?: string
  readonly format?: string
  readonly enum?: readonly string[]
  readonly required?: readonly string[]
  readonly properties?: { readonly [name: string]: Schema }
  readonly items?: Schema
  readonly additionalProperties?: Schema | boolean
  readonly $ref?: string
  readonly allOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly 'x-kubernetes-patch-merge-key'?: string
  readonly 'x-kubernetes-patch-strategy'?: string
  readonly 'x-kubernetes-int-or-string'?: boolean
  readonly 'x-kubernetes-group-version-kind'?: readonly {
    readonly group: string
    readonly version: string
    readonly kind: string
  }[]
}

export interface SchemaDocument {
  /** The schema of the type itself. */
  readonly root: Schema
  /** What a `$ref` leads to, with the reference's own description kept. */
  resolve(schema: Schema): Schema
  /** Does the server take strategic merge patches of the type? Of custom resources it does not. */
  readonly strategic: boolean
  /** Short name of what a `$ref` leads to: `ServiceSpec`. */
  nameOf(schema: Schema): string | undefined
}

const STRATEGIC = 'application/strategic-merge-patch+json'

/** In what form a patch of the type is sent (upstream: kubectl/pkg/cmd/apply/patcher.go, gvkSupportsPatchOpenAPIV3). */
export const patchTypeOf = (document: SchemaDocument | undefined): string =>
  document && !document.strategic ? 'application/merge-patch+json' : STRATEGIC

interface Operation {
  readonly requestBody?: { readonly content?: { readonly [type: string]: unknown } }
  readonly 'x-kubernetes-group-version-kind'?: { readonly kind: string }
}

interface Document {
  readonly components?: { readonly schemas?: { readonly [name: string]: Schema } }
  readonly paths?: { readonly [path: string]: { readonly patch?: Operation } }
}

/** Undefined if the server publishes no schema for the type. Throws ApiError. */
export function schemaFor(api: ApiClient, type: ResourceType): SchemaDocument | undefined {
  const path = type.group ? `apis/${type.group}/${type.version}` : `api/${type.version}`
  const { components, paths = {} } = api.get<Document>(`/openapi/v3/${path}`)
  const schemas = components?.schemas ?? {}
  const root = Object.values(schemas).find((schema) =>
    schema['x-kubernetes-group-version-kind']?.some(
      (gvk) => gvk.group === type.group && gvk.version === type.version && gvk.kind === type.kind,
    ),
  )
  if (!root) return undefined
  const reference = (schema: Schema) => (schema.$ref ?? schema.allOf?.[0]?.$ref)?.replace('#/components/schemas/', '')
  return {
    root,
    strategic: Object.values(paths).some(
      ({ patch }) =>
        patch?.['x-kubernetes-group-version-kind']?.kind === type.kind &&
        STRATEGIC in (patch.requestBody?.content ?? {}),
    ),
    nameOf: (schema) => reference(schema)?.split('.').pop(),
    resolve(schema) {
      const name = reference(schema)
      const target = name === undefined ? undefined : schemas[name]
      if (!target) return schema
      const { $ref: _, allOf: __, ...own } = schema
      return {
        ...target,
        ...own,
        ...(own.description ? {} : target.description ? { description: target.description } : {}),
      }
    },
  }
}
