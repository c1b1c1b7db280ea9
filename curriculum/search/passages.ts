/** A text cut at its headings into plain words, as search reads it. */
import { createProcessor } from '@mdx-js/mdx'
import GithubSlugger from 'github-slugger'
import remarkGfm from 'remark-gfm'

/** What stands under one heading; `heading` and `anchor` are empty for what stands before the first. */
export interface Passage {
  readonly heading: string
  /** The heading's id on the page. */
  readonly anchor: string
  readonly text: string
}

/** A node of a Markdown tree, with its components: what is read here of each. */
interface TextNode {
  readonly type: string
  readonly value?: string
  readonly children?: readonly TextNode[]
  readonly attributes?: readonly { readonly name?: string; readonly value?: unknown }[]
}

/** The passages of an MDX text, with or without frontmatter, in order; the first may be empty. Throws for what is no MDX. */
export function passagesOf(source: string): readonly Passage[] {
  const body = source.replace(/^---\n[\s\S]*?\n---\n/, '')
  const tree: TextNode = createProcessor({ format: 'mdx', remarkPlugins: [remarkGfm] }).parse(body)
  const slugger = new GithubSlugger()
  const passages: { heading: string; anchor: string; parts: string[] }[] = [{ heading: '', anchor: '', parts: [] }]
  for (const block of blocksOf(tree)) {
    const text = wordsOf(block)
    if (block.type === 'heading') passages.push({ heading: text, anchor: slugger.slug(text), parts: [] })
    else passages.at(-1)?.parts.push(text)
  }
  return passages.map(({ heading, anchor, parts }) => ({
    heading,
    anchor,
    text: parts.join(' ').replace(/\s+/g, ' ').trim(),
  }))
}

const CONTAINERS = new Set(['root', 'mdxJsxFlowElement', 'blockquote', 'list', 'listItem'])

/** Blocks in order, those within components, quotes and lists too, so that a heading in a box is found. */
function blocksOf(node: TextNode): readonly TextNode[] {
  if (!CONTAINERS.has(node.type)) return [node]
  const titles = sentencesOf(node).map((value) => ({ type: 'text', value }))
  return [...titles, ...(node.children ?? []).flatMap(blocksOf)]
}

/** Attributes of components that readers see as a sentence. */
const SENTENCES = new Set(['title', 'question', 'caption'])

const sentencesOf = ({ attributes = [] }: TextNode): readonly string[] =>
  attributes.flatMap(({ name = '', value }) => (SENTENCES.has(name) && typeof value === 'string' ? [value] : []))

const NO_WORDS = new Set(['mdxjsEsm', 'mdxFlowExpression', 'mdxTextExpression'])

/** The words of a block; cells of a table stand apart. */
function wordsOf({ type, value, children }: TextNode): string {
  if (NO_WORDS.has(type)) return ''
  if (children === undefined) return value ?? ' '
  return children.map(wordsOf).join(type === 'table' || type === 'tableRow' ? ' ' : '')
}
