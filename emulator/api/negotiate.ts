/** Which form of answer the client accepts (upstream: apiserver/pkg/endpoints/handlers/negotiation). */
import { notAcceptable } from './errors.ts'

/** How objects are to be sent. */
export type Representation = 'object' | 'table' | 'partial'

export interface MediaType {
  readonly type: string
  readonly parameters: ReadonlyMap<string, string>
}

/** As upstream lists them; protobuf is made of JSON where the connection ends. */
export const ACCEPTED = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf'] as const

/** Media types of an Accept header in the client's order of preference. */
export function parseAccept(header: string | undefined): readonly MediaType[] {
  const types = (header ?? '*/*').split(',').flatMap((part) => {
    const [type, ...parameters] = part.split(';').map((piece) => piece.trim())
    if (!type) return []
    const pairs = parameters.map((parameter) => {
      const [name = '', value = ''] = parameter.split('=')
      return [name.trim().toLowerCase(), value.trim()] as const
    })
    return [{ type: type.toLowerCase(), parameters: new Map(pairs) }]
  })
  const quality = (media: MediaType): number => Number(media.parameters.get('q') ?? 1)
  return types.sort((a, b) => quality(b) - quality(a))
}

export const isJson = (media: MediaType): boolean => ['application/json', 'application/*', '*/*'].includes(media.type)

/** Object, Table or PartialObjectMetadata, as the first acceptable media type says; throws 406. */
export function negotiate(header: string | undefined): { readonly as: Representation; readonly yaml: boolean } {
  for (const media of parseAccept(header)) {
    const yaml = media.type === 'application/yaml'
    if (!isJson(media) && !yaml) continue
    const as = media.parameters.get('as')
    if (as === undefined) return { as: 'object', yaml }
    if (media.parameters.get('g') !== 'meta.k8s.io' || media.parameters.get('v') !== 'v1') continue
    if (as === 'Table') return { as: 'table', yaml }
    if (as === 'PartialObjectMetadata' || as === 'PartialObjectMetadataList') return { as: 'partial', yaml }
  }
  throw notAcceptable(ACCEPTED)
}
