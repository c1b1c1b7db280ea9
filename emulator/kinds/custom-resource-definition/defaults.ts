import type { CustomResourceConversion, CustomResourceDefinition } from '../../generated/types.ts'

/** Names that follow from the kind, and no conversion (upstream: apiextensions/v1/defaults.go). */
export function defaultCustomResourceDefinition(object: CustomResourceDefinition): CustomResourceDefinition {
  const { preserveUnknownFields, ...spec } = object.spec
  const { names, conversion } = spec
  // Server-side apply may leave an empty structure where it took everything away.
  const given = conversion?.strategy || conversion?.webhook ? conversion : undefined
  return {
    ...object,
    spec: {
      ...spec,
      // One without versions is refused, but everything before that may rely on the list.
      versions: spec.versions ?? [],
      ...(preserveUnknownFields === true && { preserveUnknownFields }),
      conversion: withPort(given ?? { strategy: 'None' }),
      names: {
        ...names,
        ...(!names.singular && names.kind && { singular: names.kind.toLowerCase() }),
        ...(!names.listKind && names.kind && { listKind: `${names.kind}List` }),
      },
    },
  }
}

function withPort(conversion: CustomResourceConversion): CustomResourceConversion {
  const service = conversion.webhook?.clientConfig?.service
  if (!conversion.webhook || !service || service.port !== undefined) return conversion
  const clientConfig = { ...conversion.webhook.clientConfig, service: { ...service, port: 443 } }
  return { ...conversion, webhook: { ...conversion.webhook, clientConfig } }
}
