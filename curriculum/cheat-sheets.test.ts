/** Every command of every cheat sheet works, every manifest is accepted, and both languages say the same. */
import { describe, expect, it } from 'vitest'
import { virtualTime } from '../terminal/time.ts'
import {
  cheatSheetSlugs,
  cheatSheetsOf,
  cheatSheetWorkspace,
  type LoadedCheatSheet,
  loadCheatSheet,
} from './cheat-sheets.ts'
import type { CodeBlock } from './mdx-outline.ts'
import { matches, sitDown } from './testing/typist.ts'
import { prepareCluster } from './workspaces.ts'

/** What a sheet says in code alone: comments are in the reader's language. */
const withoutComments = ({ text, ...block }: CodeBlock) => ({ ...block, text: text.replace(/^#.*\n| +# .*$/gm, '') })

/** Code in a sentence or a table that is a whole command; `kubectl expose` alone only names one. */
const COMMAND = /^((kubectl|k) \S+|curl|dig|nslookup|ssh|nc|wget|systemctl|crictl) \S/

async function sheet(slug: string, locale: 'ko' | 'en'): Promise<LoadedCheatSheet> {
  const loaded = await loadCheatSheet(slug, locale)
  if (loaded === undefined) throw new Error(`no cheat sheet ${slug}`)
  return loaded
}

function sitBefore(loaded: LoadedCheatSheet) {
  const spec = cheatSheetWorkspace(loaded)
  const cluster = prepareCluster(spec, { seed: 'sheet', startTime: Date.UTC(2026, 0, 1) })
  const editor = async ({ text }: { readonly text: string }) => ({ saved: false, text })
  const terminal = sitDown({ cluster, time: virtualTime(cluster), machine: spec.machine, user: spec.user, editor })
  return { cluster, terminal, files: Object.keys(spec.files) }
}

/** Lines to type in order, with what each must print where the sheet tells it. */
function lines({ blocks, codes }: LoadedCheatSheet): readonly { readonly line: string; readonly claim?: string }[] {
  const between = (after: number) =>
    codes.flatMap((code) => (code.after === after && COMMAND.test(code.text) ? [{ line: code.text }] : []))
  return blocks.flatMap((block, i) => {
    const next = blocks[i + 1]
    const typed = block.language === 'bash' ? withoutComments(block).text.trim().split('\n') : []
    const told = next?.language === 'console' ? next.text : undefined
    return [
      ...(i === 0 ? between(0) : []),
      ...typed.map((line, j) => ({ line, ...(told !== undefined && j === typed.length - 1 && { claim: told }) })),
      ...between(i + 1),
    ]
  })
}

describe.each(cheatSheetSlugs())('cheat sheet %s', (slug) => {
  it('has the same headings, code and components in both languages', async () => {
    const [ko, en] = await Promise.all([sheet(slug, 'ko'), sheet(slug, 'en')])
    expect(ko.headings.map(({ depth }) => depth)).toEqual(en.headings.map(({ depth }) => depth))
    expect(ko.blocks.map(withoutComments)).toEqual(en.blocks.map(withoutComments))
    const commands = (loaded: LoadedCheatSheet) => lines(loaded).map(({ line }) => line)
    expect(commands(ko)).toEqual(commands(en))
    expect(commands(en).length).toBeGreaterThan(3)
    expect(ko.components).toEqual(en.components)
  })

  it('shows commands that work, and prints that come', async () => {
    const loaded = await sheet(slug, 'en')
    const { cluster, terminal } = sitBefore(loaded)
    const wrong: string[] = []
    for (const { line, claim } of lines(loaded)) {
      const printed = await terminal.type(line)
      const status = await terminal.type('echo $?')
      cluster.settle(10)
      if (claim === undefined ? status.trim() !== '0' : !matches(claim, printed))
        wrong.push(`$ ${line}\n${printed}\n--- exit code ${status}`)
    }
    terminal.dispose()
    expect(wrong).toEqual([])
  })

  it('shows manifests that the API server accepts', async () => {
    const { terminal, files } = sitBefore(await sheet(slug, 'en'))
    for (const file of files.filter((name) => name.endsWith('.yaml'))) {
      await terminal.type(`kubectl apply --dry-run=server -f ${file}`)
      expect(`${file}: ${(await terminal.type('echo $?')).trim()}`).toBe(`${file}: 0`)
    }
    terminal.dispose()
  })
})

describe('the list of cheat sheets', () => {
  it.each([
    [
      'a sheet that is not there',
      '- { slug: a, lessons: [one] }\n- { slug: b, lessons: [one] }',
      /yaml:2: there is no folder .*b/,
    ],
    [
      'a sheet named twice',
      '- { slug: a, lessons: [one] }\n- { slug: a, lessons: [one] }',
      /yaml:2: the sheet a is already/,
    ],
    ['a sheet that is left out', '[]', /yaml:1: the list lacks the sheet a/],
    ['a lesson that is not there', '- slug: a\n  lessons: [one, two]', /yaml:2: there is no lesson two/],
  ])('refuses %s, with the line', (_, source, message) => {
    expect(() => cheatSheetsOf(source, ['a'], ['one'])).toThrow(message)
  })
})
