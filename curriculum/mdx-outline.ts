/** What a text is made of, collected while it is compiled. */
import type { Element, Root } from 'hast'
import { toString as textOf } from 'hast-util-to-string'
import type { MdxJsxFlowElementHast, MdxJsxTextElementHast } from 'mdast-util-mdx-jsx'
import type {} from 'mdast-util-to-hast'
import { visit } from 'unist-util-visit'
import type { MdxUse } from './mdx-components.ts'

export interface Heading {
  readonly depth: number
  readonly id: string
  readonly text: string
}

/** A fenced code block as written: its language, what stands behind it (`run title=x`), its text. */
export interface CodeBlock {
  readonly language: string
  readonly meta: string
  readonly text: string
}

/** A `<Goal id>` and the line it stands on, from 1. */
export interface GoalBox {
  readonly id: string
  readonly line: number | undefined
}

/** What a text is made of, in order; both languages of a lesson must agree on blocks and components. */
export interface Outline {
  readonly headings: readonly Heading[]
  readonly blocks: readonly CodeBlock[]
  /** Code within sentences and tables, each with the number of blocks that stand before it. */
  readonly codes: readonly { readonly text: string; readonly after: number }[]
  readonly components: readonly string[]
  readonly goals: readonly GoalBox[]
  /** Every component with its attributes, as `components` in order. */
  readonly uses: readonly MdxUse[]
  /** JavaScript between braces, imports, exports. */
  readonly expressions: readonly { readonly source: string; readonly line: number | undefined }[]
  /** Lines of `headings` and `blocks`. */
  readonly lines: { readonly headings: readonly number[]; readonly blocks: readonly number[] }
}

type Mutable<T> = { -readonly [part in keyof T]: T[part] extends readonly (infer Item)[] ? Item[] : never }
export type Collected = Mutable<Omit<Outline, 'lines'>> & { readonly lines: Mutable<Outline['lines']> }

export const emptyOutline = (): Collected => ({
  headings: [],
  blocks: [],
  codes: [],
  components: [],
  goals: [],
  uses: [],
  expressions: [],
  lines: { headings: [], blocks: [] },
})

/** Walks a compiled tree once. */
export function collectOutline(tree: Root, into: Collected): void {
  visit(tree, (node, _, parent) => {
    const line = node.position?.start.line
    if (node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement') addUse(node, into)
    if (isExpression(node)) into.expressions.push({ source: node.value, line })
    if (node.type !== 'element') return
    if (node.tagName === 'code' && !(parent?.type === 'element' && parent.tagName === 'pre'))
      into.codes.push({ text: textOf(node), after: into.blocks.length })
    const depth = /^h([2-4])$/.exec(node.tagName)?.[1]
    if (depth !== undefined) {
      into.headings.push({ depth: Number(depth), id: String(node.properties.id ?? ''), text: textOf(node) })
      into.lines.headings.push(line ?? 1)
    }
    const code = node.tagName === 'pre' ? node.children[0] : undefined
    if (code?.type !== 'element' || code.tagName !== 'code') return
    into.blocks.push(codeBlock(code))
    into.lines.blocks.push(line ?? 1)
  })
}

const EXPRESSIONS = ['mdxFlowExpression', 'mdxTextExpression', 'mdxjsEsm']

/** A comment in braces is none, nor is what the frontmatter becomes. */
const isExpression = (node: { readonly type: string }): node is { readonly type: string; readonly value: string } =>
  EXPRESSIONS.includes(node.type) && 'value' in node && !/^\s*(\/\*[\s\S]*\*\/\s*)?$/.test(String(node.value))

function addUse(node: MdxJsxFlowElementHast | MdxJsxTextElementHast, into: Collected): void {
  const name = node.name ?? ''
  const line = node.position?.start.line
  const attributes = node.attributes.map((attribute) => {
    if (attribute.type === 'mdxJsxExpressionAttribute') return ['{…}', { code: attribute.value }] as const
    const { value } = attribute
    if (value === null || value === undefined) return [attribute.name, true] as const
    return [attribute.name, typeof value === 'string' ? value : { code: value.value }] as const
  })
  into.components.push(name)
  into.uses.push({ name, line, attributes })
  if (name !== 'Goal') return
  const id = attributes.find(([key]) => key === 'id')?.[1]
  into.goals.push({ id: typeof id === 'string' ? id : '', line })
}

function codeBlock(code: Element): CodeBlock {
  const classes = Array.isArray(code.properties.className) ? code.properties.className : []
  const language = classes.map(String).find((name) => name.startsWith('language-'))
  return { language: language?.slice('language-'.length) ?? '', meta: code.data?.meta ?? '', text: textOf(code) }
}
