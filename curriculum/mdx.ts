/** Compiles MDX to code for `getMDXComponent`, with highlighted fences and heading ids. Runs at build time and on the server only. */
import path from 'node:path'
import rehypeShiki from '@shikijs/rehype/core'
import type { Root } from 'hast'
import { bundleMDX } from 'mdx-bundler'
import rehypeSlug from 'rehype-slug'
import remarkGfm from 'remark-gfm'
import { createHighlighterCore, type ShikiTransformer } from 'shiki/core'
import { createOnigurumaEngine } from 'shiki/engine/oniguruma'
import { z } from 'zod'
import { ContentError } from './content-error.ts'
import { checkUse } from './mdx-components.ts'
import { collectOutline, emptyOutline, type Outline } from './mdx-outline.ts'
import { shellWords } from './shell-words.ts'
import { lineOf, mistakeIn } from './yaml-source.ts'

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
  const outline = emptyOutline()
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
              transformers: [describeFence, shellWords],
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
    const { at, sentence } = mistakeIn(parsed.error.issues)
    const yaml = source.split(/^---$/m)[1] ?? ''
    throw new ContentError(file, lineOf(yaml, at), `frontmatter ${at.join('.')}: ${sentence}`)
  }
  checkOutline(outline, file)
  return { ...outline, code: result.code, frontmatter: parsed.data }
}

/** Texts are data: no code between braces, and only components that there are. */
function checkOutline({ expressions: [found], uses }: Outline, file: string): void {
  if (found !== undefined)
    throw new ContentError(file, found.line, `"${found.source.trim().slice(0, 60)}" is code; write braces in backticks`)
  for (const use of uses) checkUse(use, file)
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

/** mdx-bundler compiles under a random entry name: its message gets the real path, its line is true. */
function mdxError(error: unknown, file: string): unknown {
  const first = (error as { errors?: readonly { text: string; location?: { line: number } | null }[] }).errors?.[0]
  if (first === undefined) return error
  const text = first.text.replace(/^\[plugin: [^\]]*\] /, '')
  // What MDX itself cannot read has its place in the text: `9:1: Expected a closing tag for <Goal> (7:1-7:18)`.
  const [, from, sentence, opened] = /\n\s*(\d+):\d+: (.*?)(?: \((\d+):\d+-\d+:\d+\))?$/.exec(text) ?? []
  if (sentence === undefined) return new ContentError(file, first.location?.line ?? 1, text)
  return new ContentError(file, Number(opened ?? from), sentence)
}
