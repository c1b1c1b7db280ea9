/** The vocabulary between YAML's scanner and parser (as libyaml, which Go's YAML is a port of, names it). */
export interface Mark {
  readonly index: number
  /** Counted from 0. */
  readonly line: number
  readonly column: number
}

export type TokenKind =
  | 'stream-end'
  | 'directive'
  | 'document-start'
  | 'document-end'
  | 'block-sequence-start'
  | 'block-mapping-start'
  | 'block-end'
  | 'flow-sequence-start'
  | 'flow-sequence-end'
  | 'flow-mapping-start'
  | 'flow-mapping-end'
  | 'block-entry'
  | 'flow-entry'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar'

export interface Token {
  readonly kind: TokenKind
  readonly start: Mark
  readonly end: Mark
  /** Text of a scalar, name of an anchor, alias or tag. */
  readonly value: string
  /** Plain scalars are resolved to numbers, booleans and nulls; others stay strings. */
  readonly plain: boolean
}

/** `yaml: line 4: did not find expected key`: what Go's YAML says. */
export class YamlError extends Error {
  constructor(problem: string, line: number) {
    super(`yaml: ${line > 0 ? `line ${line}: ` : ''}${problem}`)
  }
}
