import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Behaviour, Topic } from './behaviour.ts'
import { topics } from './behaviours/index.ts'
import { type TestTitle, testTitles } from './test-titles.ts'

export interface NetworkPage {
  readonly text: string
  /** Behaviours without a test, and tests that are not there. */
  readonly problems: readonly string[]
}

/** docs/network.md from the list of behaviours and from the tests that they name. */
export function networkPage(root: string): NetworkPage {
  const files = new Map<string, readonly TestTitle[]>()
  const problems: string[] = []
  const titlesOf = (file: string): readonly TestTitle[] => {
    const known =
      files.get(file) ?? (existsSync(join(root, file)) ? testTitles(readFileSync(join(root, file), 'utf8')) : [])
    files.set(file, known)
    return known
  }
  const cell = (does: string, test: string): string => {
    const [file = '', title = ''] = test.split(' › ')
    const found = titlesOf(file).find((candidate) => candidate.title === title)
    if (found === undefined) problems.push(`${does}: there is no test "${title}" in ${file}`)
    return `${escaped(found?.full ?? title)} ([${file.split('/').at(-1)}](../${file}))`
  }
  const row = ({ does, tests }: Behaviour): string => {
    if (tests.length === 0) problems.push(`${does}: no test`)
    return `| ${escaped(does)} | ${tests.map((test) => cell(does, test)).join('<br>')} |`
  }
  const section = ({ title, behaviours }: Topic): readonly string[] => {
    if (behaviours.length === 0) problems.push(`${title}: no behaviours`)
    return [
      '',
      `## ${title}`,
      '',
      '| what it does | the tests that fail without it |',
      '| --- | --- |',
      ...behaviours.map(row),
    ]
  }
  const text = [
    '# What the network does',
    '',
    'Written by `scripts/network.ts` from `scripts/network/behaviours/` and the titles of the tests; do not edit.',
    ...topics.flatMap(section),
    '',
  ].join('\n')
  return { text, problems }
}

function escaped(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;')
}
