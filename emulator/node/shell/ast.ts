/** A shell program as data: plain JSON, so that a snapshot can hold functions. */
export type Node =
  | { readonly kind: 'list'; readonly items: readonly { readonly node: Node; readonly background: boolean }[] }
  | {
      readonly kind: 'and-or'
      readonly first: Node
      readonly rest: readonly { readonly operator: '&&' | '||'; readonly node: Node }[]
    }
  | { readonly kind: 'pipeline'; readonly stages: readonly Node[]; readonly negated: boolean }
  | SimpleCommand
  | {
      readonly kind: 'if'
      readonly clauses: readonly { readonly condition: Node; readonly body: Node }[]
      readonly otherwise: Node | undefined
      readonly redirects: readonly Redirect[]
    }
  | {
      readonly kind: 'while'
      readonly until: boolean
      readonly condition: Node
      readonly body: Node
      readonly redirects: readonly Redirect[]
    }
  | {
      readonly kind: 'for'
      readonly name: string
      /** Absent: the positional parameters. */
      readonly words: readonly Word[] | undefined
      readonly body: Node
      readonly redirects: readonly Redirect[]
    }
  | {
      readonly kind: 'case'
      readonly word: Word
      readonly clauses: readonly { readonly patterns: readonly Word[]; readonly body: Node }[]
      readonly redirects: readonly Redirect[]
    }
  | { readonly kind: 'group'; readonly subshell: boolean; readonly body: Node; readonly redirects: readonly Redirect[] }
  | { readonly kind: 'function'; readonly name: string; readonly body: Node }

export interface SimpleCommand {
  readonly kind: 'simple'
  readonly assignments: readonly { readonly name: string; readonly value: Word }[]
  readonly words: readonly Word[]
  readonly redirects: readonly Redirect[]
}

export interface Redirect {
  /** 1 stdout, 2 stderr, 0 stdin; `both` for `&>`. */
  readonly descriptor: 0 | 1 | 2 | 'both'
  readonly operator: '>' | '>>' | '<' | '>&' | '<<'
  /** A file, a descriptor's number after `>&`, or a here-document's text. */
  readonly target: Word
}

/** Parts of a word that stand together. */
export type Word = readonly WordPart[]

export type WordPart =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  | {
      readonly kind: 'variable'
      readonly name: string
      readonly quoted: boolean
      /** `${name-word}` and its kin; `#` alone is the length. */
      readonly operator?: string
      readonly word?: Word
    }
  | { readonly kind: 'command'; readonly body: Node; readonly quoted: boolean }
  | { readonly kind: 'arithmetic'; readonly expression: Word; readonly quoted: boolean }
