/** Compiles MDX to code for `getMDXComponent`, with highlighted fences and heading ids. Runs at build time and on the server only. */
import path from 'node:path'
import rehypeShiki from '@shikijs/rehype/core'
import type { Element, Root } from 'hast'
import { toString as textOf } from 'hast-util-to-string'
import type { MdxJsxFlowElementHast, MdxJsxTextElementHast } from 'mdast-util-mdx-jsx'
import type {} from 'mdast-util-to-hast'
import { bundleMDX } from 'mdx-bundler'
import rehypeSlug from 'rehype-slug'
import remarkGfm from 'remark-gfm'
import { createHighlighterCore, type ShikiTransformer } from 'shiki/core'
import { createOnigurumaEngine } from 'shiki/engine/oniguruma'
import { visit } from 'unist-util-visit'
import { z } from 'zod'
import { ContentError } from './content-error.ts'
import { lineOf } from './yaml-source.ts'

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

/** Where a text leads: the address of a link, or of what `<ExerciseLink>` and `<QuizLink>` name. */
export interface TextLink {
  readonly href: string
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
  readonly links: readonly TextLink[]
}

export interface CompiledMdx<T> extends Outline {
  readonly code: string
  readonly frontmatter: T
}

const createHighlighter = () =>
  createHighlighterCore({
    engine: createOnigurumaEngine(import('shiki/wasm')),
    themes: [
      import('shiki/themes/github-light-high-contrast.mjs'),
      import('shiki/themes/github-dark-high-contrast.mjs'),
    ],
    langs: [import('shiki/langs/yaml.mjs'), import('shiki/langs/bash.mjs'), import('shiki/langs/json.mjs')],
    langAlias: { console: 'text' },
  })

const HIGHLIGHTER = Symbol.for('slipway.highlighter')
type Highlighter = ReturnType<typeof createHighlighter>

/** One highlighter a process: its grammar tables take a moment to load, and modules load twice beside Next's bundle. */
function highlighter(): Highlighter {
  const shared = globalThis as { [HIGHLIGHTER]?: Highlighter }
  shared[HIGHLIGHTER] ??= createHighlighter()
  return shared[HIGHLIGHTER]
}

/**
 * Compiles one file. `file` is the name errors give, relative to the project; lines count from the top of the file,
 * frontmatter included. Throws ContentError.
 */
export async function compileMdx<T>(source: string, file: string, frontmatter: z.ZodType<T>): Promise<CompiledMdx<T>> {
  const outline: Collected = { headings: [], blocks: [], codes: [], components: [], goals: [], links: [] }
  const shiki = await highlighter()
  let result: Awaited<ReturnType<typeof bundleMDX>>
  try {
    result = await bundleMDX({
      source,
      cwd: path.join(/* turbopackIgnore: true */ process.cwd(), path.dirname(file)),
      mdxOptions(options) {
        options.remarkPlugins = [...(options.remarkPlugins ?? []), remarkGfm]
        options.rehypePlugins = [
          ...(options.rehypePlugins ?? []),
          rehypeSlug,
          () => (tree: Root) => collectOutline(tree, outline),
          [
            rehypeShiki,
            shiki,
            {
              themes: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
              defaultColor: false,
              transformers: [describeFence],
            },
          ],
        ]
        return options
      },
      esbuildOptions(options) {
        options.define = { ...options.define, 'process.env.NODE_ENV': '"production"' }
        options.logLevel = 'silent'
        return options
      },
    })
  } catch (error) {
    throw mdxError(error, file)
  }
  const parsed = frontmatter.safeParse(result.frontmatter)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const at = (issue?.path ?? []).map((part) => (typeof part === 'symbol' ? String(part) : part))
    const yaml = source.split(/^---$/m)[1] ?? ''
    throw new ContentError(file, lineOf(yaml, at), `frontmatter ${at.join('.')}: ${issue?.message ?? 'is not valid'}`)
  }
  return { code: result.code, frontmatter: parsed.data, ...outline }
}

/** For texts without frontmatter. */
export const noFrontmatter = z.strictObject({})

/** Puts what the page's code block needs on `<pre>`: language, title, whether it runs, and the text to copy. */
const describeFence: ShikiTransformer = {
  pre(node) {
    const meta = this.options.meta?.__raw ?? ''
    const title = /title=("([^"]*)"|\S+)/.exec(meta)
    node.properties['data-language'] = this.options.lang
    node.properties['data-source'] = this.source
    if (/(^|\s)run(\s|$)/.test(meta)) node.properties['data-run'] = 'true'
    if (title) node.properties['data-title'] = title[2] ?? title[1]
  },
}

type Collected = { -readonly [part in keyof Outline]: Outline[part][number][] }

function collectOutline(tree: Root, into: Collected): void {
  visit(tree, (node, _, parent) => {
    if (node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement') {
      into.components.push(node.name ?? '')
      if (node.name === 'Goal') into.goals.push(goalBox(node))
      const place = LINKING.get(node.name ?? '')
      if (place !== undefined)
        into.links.push({ href: `${place}${attributeOf(node, 'slug')}`, line: node.position?.start.line })
    }
    if (node.type !== 'element') return
    if (node.tagName === 'a')
      into.links.push({ href: String(node.properties.href ?? ''), line: node.position?.start.line })
    if (node.tagName === 'code' && !(parent?.type === 'element' && parent.tagName === 'pre'))
      into.codes.push({ text: textOf(node), after: into.blocks.length })
    const depth = /^h([2-4])$/.exec(node.tagName)?.[1]
    if (depth !== undefined)
      into.headings.push({ depth: Number(depth), id: String(node.properties.id ?? ''), text: textOf(node) })
    const code = node.tagName === 'pre' ? node.children[0] : undefined
    if (code?.type === 'element' && code.tagName === 'code') into.blocks.push(codeBlock(code))
  })
}

type JsxElement = MdxJsxFlowElementHast | MdxJsxTextElementHast

/** Components that are links, and the pages they lead to. */
const LINKING: ReadonlyMap<string, string> = new Map([
  ['ExerciseLink', '/exercises/'],
  ['QuizLink', '/quizzes/'],
])

const goalBox = (node: JsxElement): GoalBox => ({ id: attributeOf(node, 'id'), line: node.position?.start.line })

/** An attribute's text; empty if it is not there or is an expression. */
function attributeOf({ attributes }: JsxElement, name: string): string {
  const given = attributes.find((attribute) => attribute.type === 'mdxJsxAttribute' && attribute.name === name)
  return typeof given?.value === 'string' ? given.value : ''
}

function codeBlock(code: Element): CodeBlock {
  const classes = Array.isArray(code.properties.className) ? code.properties.className : []
  const language = classes.map(String).find((name) => name.startsWith('language-'))
  return { language: language?.slice('language-'.length) ?? '', meta: code.data?.meta ?? '', text: textOf(code) }
}

/** mdx-bundler compiles under a random entry name: its message gets the real path, its line is true. */
function mdxError(error: unknown, file: string): unknown {
  const first = (error as { errors?: readonly { text: string; location?: { line: number } | null }[] }).errors?.[0]
  if (first === undefined) return error
  return new ContentError(file, first.location?.line, first.text.replace(/^\[plugin: [^\]]*\] /, ''))
}
