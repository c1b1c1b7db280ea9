/** The syntax tree of kubectl's own JSONPath dialect (upstream: client-go/util/jsonpath/node.go). */
export type PathNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | { readonly kind: 'list'; readonly nodes: readonly PathNode[] }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'recursive' }
  | {
      readonly kind: 'slice'
      readonly start?: number
      readonly end?: number
      readonly derivedEnd: boolean
      readonly step?: number
    }
  | { readonly kind: 'union'; readonly members: readonly PathNode[] }
  | { readonly kind: 'filter'; readonly left: PathNode; readonly operator: string; readonly right: PathNode }
  | { readonly kind: 'identifier'; readonly name: string }

/** A mistake in a path, or in applying it; the message is kubectl's. */
export class JsonPathError extends Error {}
